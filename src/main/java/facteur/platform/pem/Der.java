package facteur.platform.pem;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// As much of DER (X.690 §8.1) as it takes to put a key into another wrapping.
final class Der {
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;

    private Der() {}

    static byte[] element(int tag, byte[]... contents) {
        var content = new ByteArrayOutputStream();
        for (var part : contents) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < LONG_FORM) {
            out.write(length);
            return;
        }
        var octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(LONG_FORM | octets);
        for (var i = octets - 1; i >= 0; i--) {
            out.write(length >>> (8 * i));
        }
    }

    /// The content of the first element with this tag inside of a sequence.
    ///
    /// @throws IllegalArgumentException when it isn't DER
    static Optional<byte[]> find(int tag, byte[] sequence) {
        try {
            var outer = ByteBuffer.wrap(sequence);
            outer.get();
            var inner = ByteBuffer.wrap(content(outer));
            while (inner.hasRemaining()) {
                var found = inner.get() & 0xFF;
                var content = content(inner);
                if (found == tag) {
                    return Optional.of(content);
                }
            }
            return Optional.empty();
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("not DER", cut);
        }
    }

    private static byte[] content(ByteBuffer in) {
        var length = in.get() & 0xFF;
        if (length >= LONG_FORM) {
            var octets = length - LONG_FORM;
            length = 0;
            for (var i = 0; i < octets; i++) {
                length = length << 8 | in.get() & 0xFF;
            }
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("not DER");
        }
        var content = new byte[length];
        in.get(content);
        return content;
    }
}
