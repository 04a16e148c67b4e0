package facteur.message;

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
        var fields = new ArrayList<HeaderField>();
        var start = 0;
        for (var i = 0; i < block.length; i++) {
            var endsField = block[i] == '\n' && (i + 1 == block.length || !HeaderField.isBlank(block[i + 1]));
            if (endsField) {
                fields.add(HeaderField.of(Arrays.copyOfRange(block, start, i + 1)));
                start = i + 1;
            }
        }
        return new Header(fields);
    }

    public Optional<HeaderField> first(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst();
    }

    public List<HeaderField> all(String name) {
        return fields.stream().filter(field -> field.is(name)).toList();
    }

    public long sizeBytes() {
        return fields.stream().mapToLong(HeaderField::sizeBytes).sum();
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
