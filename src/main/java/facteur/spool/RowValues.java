package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The values of a row as octets, and back: each is a text, a whole number or octets.
final class RowValues {
    private static final int TEXT = 1;
    private static final int NUMBER = 2;
    private static final int OCTETS = 3;

    private RowValues() {}

    static void write(RecordWriter out, List<Object> values) {
        out.shortNumber(values.size());
        for (var value : values) {
            switch (value) {
                case String text -> out.octet(TEXT).text(text);
                case Number number -> out.octet(NUMBER).longNumber(number.longValue());
                case byte[] octets -> out.octet(OCTETS).octets(octets);
                default -> throw new IllegalArgumentException("not a value of a row: " + value.getClass());
            }
        }
    }

    /// @throws IOException when it isn't what was written
    static List<Object> read(DataInputStream in) throws IOException {
        var values = new ArrayList<Object>();
        for (var left = in.readUnsignedShort(); left > 0; left--) {
            values.add(value(in));
        }
        return values;
    }

    private static Object value(DataInputStream in) throws IOException {
        var kind = in.readByte();
        return switch (kind) {
            case TEXT -> new String(octets(in), UTF_8);
            case NUMBER -> in.readLong();
            case OCTETS -> octets(in);
            default -> throw new IOException("not a value of a row: " + kind);
        };
    }

    private static byte[] octets(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("not a length: " + length);
        }
        return in.readNBytes(length);
    }
}
