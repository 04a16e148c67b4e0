package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;

/// What a record of the [LetterLog] says. Immutable.
sealed interface LogRecord {
    /// A letter came.
    record Came(LoggedLetter letter) implements LogRecord {}

    /// This became of a letter that had come before.
    record Ended(Settlement settlement) implements LogRecord {}

    int CAME = 'L';
    int ENDED = 'E';

    static byte[] octets(LoggedLetter letter) {
        var out = new RecordWriter(letter.sizeBytes()).octet(CAME);
        letter.writeTo(out);
        return out.toOctets();
    }

    static byte[] octets(Settlement settlement) {
        return ((char) ENDED + SettlementLine.write(settlement)).getBytes(UTF_8);
    }

    /// @throws IOException when it is of another form, as of another version
    static LogRecord parse(byte[] octets) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(octets));
        return switch (in.readByte()) {
            case CAME -> new Came(LoggedLetter.read(in));
            case ENDED -> new Ended(settlement(new String(octets, 1, octets.length - 1, UTF_8)));
            default -> throw new IOException("a record of an unknown kind");
        };
    }

    private static Settlement settlement(String text) throws IOException {
        return Optional.of(text)
                .filter(line -> line.endsWith("\n"))
                .flatMap(line -> SettlementLine.parse(line.substring(0, line.length() - 1)))
                .orElseThrow(() -> new IOException("a record of an unknown form"));
    }
}
