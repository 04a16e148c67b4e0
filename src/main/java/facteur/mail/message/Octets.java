package facteur.mail.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at octets eight at a time: for line ends, since a letter is made of lines that are looked for on the way in and on the
/// way out, and for octets beyond US-ASCII.
public final class Octets {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long RETURNS = '\r' * ONES;
    private static final long LINE_FEEDS = '\n' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private Octets() {}

    /// Where the first carriage return or line feed is.
    ///
    /// @return `to` when there is none
    public static int lineEnd(byte[] octets, int from, int to) {
        var i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            var eight = (long) EIGHT.get(octets, i);
            if (hasControls(eight)) {
                var found = zeros(eight ^ RETURNS) | zeros(eight ^ LINE_FEEDS);
                if (found != 0) {
                    return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
                }
            }
        }
        while (i < to && octets[i] != '\r' && octets[i] != '\n') {
            i++;
        }
        return i;
    }

    /// Where the first line feed is.
    ///
    /// @return `to` when there is none
    public static int lineFeed(byte[] octets, int from, int to) {
        var i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            var found = zeros((long) EIGHT.get(octets, i) ^ LINE_FEEDS);
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < to && octets[i] != '\n') {
            i++;
        }
        return i;
    }

    /// Whether none is over 127.
    public static boolean isAscii(byte[] octets, int from, int to) {
        var i = from;
        for (; i <= to - 4 * Long.BYTES; i += 4 * Long.BYTES) {
            var first = (long) EIGHT.get(octets, i) | (long) EIGHT.get(octets, i + Long.BYTES);
            var second = (long) EIGHT.get(octets, i + 2 * Long.BYTES) | (long) EIGHT.get(octets, i + 3 * Long.BYTES);
            if (((first | second) & TOPS) != 0) {
                return false;
            }
        }
        while (i < to && octets[i] >= 0) {
            i++;
        }
        return i == to;
    }

    /// Whether one is below a blank, as line ends are and few others: one look tells that eight are neither.
    private static boolean hasControls(long eight) {
        return ((eight - BLANKS) & ~eight & TOPS) != 0;
    }

    /// The top bit of the lowest octet that is zero; higher ones may be wrong, lower ones are not.
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & TOPS;
    }
}
