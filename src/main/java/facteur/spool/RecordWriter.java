package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// Puts values behind each other, as [java.io.DataInputStream] reads them; without the lock and the copies of its counterpart, since
/// each letter is written by it. One thread.
final class RecordWriter {
    private ByteBuffer octets;

    /// @param sizeBytes about as much as there will be
    RecordWriter(int sizeBytes) {
        octets = ByteBuffer.allocate(sizeBytes);
    }

    RecordWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    RecordWriter shortNumber(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    RecordWriter number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    RecordWriter longNumber(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /// Behind its length.
    RecordWriter text(String text) {
        return octets(text.getBytes(UTF_8));
    }

    /// Behind their number.
    RecordWriter octets(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    byte[] toOctets() {
        var all = new byte[octets.position()];
        octets.get(0, all);
        return all;
    }

    private ByteBuffer room(int more) {
        if (octets.remaining() < more) {
            octets = ByteBuffer.allocate(Math.max(2 * octets.capacity(), octets.position() + more)).put(octets.flip());
        }
        return octets;
    }
}
