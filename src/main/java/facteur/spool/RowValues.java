package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The values of a row as octets, and back: each is a text, a whole number or octets.
final class RowValues {
    private static final int TEXT = 1;
    private static final int NUMBER = 2;
    private static final int OCTETS = 3;

    private RowValues() {}

    static void write(DataOutputStream out, List<Object> values) throws IOException {
        out.writeShort(values.size());
        for (var value : values) {
            switch (value) {
                case String text -> {
                    out.writeByte(TEXT);
                    write(out, text.getBytes(UTF_8));
                }
                case Number number -> {
                    out.writeByte(NUMBER);
                    out.writeLong(number.longValue());
                }
                case byte[] octets -> {
                    out.writeByte(OCTETS);
                    write(out, octets);
                }
                default -> throw new IllegalArgumentException("not a value of a row: " + value.getClass());
            }
        }
    }

    private static void write(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
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

    /// For values of several rows in a row.
    interface Writer {
        void writeTo(DataOutputStream out) throws IOException;
    }

    static byte[] octets(Writer writer) {
        var octets = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(octets)) {
            writer.writeTo(out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return octets.toByteArray();
    }
}
