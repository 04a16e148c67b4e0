package facteur.mail.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The top-level header of a letter: its fields in order, byte for byte. Immutable; safe to share between threads.
public record Header(List<HeaderField> fields) {
    public Header {
        fields = List.copyOf(fields);
    }

    /// Splits a header block into its fields.
    ///
    /// @param block complete lines only, each ended by CRLF, each a field's first line or a continuation, as
    ///     [MessageCollector] sorts them out
    /// @throws IllegalArgumentException when a line is neither
    public static Header parse(byte[] block) {
        return parse(block, block.length);
    }

    /// @param to where the block ends
    static Header parse(byte[] block, int to) {
        var fields = new ArrayList<HeaderField>();
        var start = 0;
        for (var i = Octets.lineFeed(block, 0, to); i < to; i = Octets.lineFeed(block, i + 1, to)) {
            var endsField = i + 1 == to || !HeaderField.isBlank(block[i + 1]);
            if (endsField) {
                fields.add(HeaderField.of(Arrays.copyOfRange(block, start, i + 1)));
                start = i + 1;
            }
        }
        return new Header(fields);
    }

    public Optional<HeaderField> first(String name) {
        for (var field : fields) {
            if (field.is(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    public List<HeaderField> all(String name) {
        var found = new ArrayList<HeaderField>();
        for (var field : fields) {
            if (field.is(name)) {
                found.add(field);
            }
        }
        return List.copyOf(found);
    }

    /// Whether no octet is over 127.
    public boolean isAscii() {
        for (var field : fields) {
            if (!Octets.isAscii(field.octets(), 0, field.sizeBytes())) {
                return false;
            }
        }
        return true;
    }

    public long sizeBytes() {
        var size = 0L;
        for (var field : fields) {
            size += field.sizeBytes();
        }
        return size;
    }

    /// Writes every field, without the empty line behind them.
    public void writeTo(OutputStream out) throws IOException {
        for (var field : fields) {
            field.writeTo(out);
        }
    }

    /// What [#writeTo] writes.
    public byte[] octets() {
        var out = new ByteArrayOutputStream((int) sizeBytes());
        try {
            writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
