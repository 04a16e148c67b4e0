package facteur.platform.commitlog;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/// A record as it lies in a [CommitLog]:
///
/// ```
/// 4 octets  "FCL1"
/// 4         length of the content
/// 8         number of the record
/// 8         number of the first record that was written together with it
/// 8         round of the file, a number that can't be guessed: a content may hold what looks like a record
/// 4         CRC-32C of the 28 octets before and of the content
/// n         the content
/// ```
/// All numbers with the highest octet first.
///
/// Those that were written together were on the disk together, or none of them was needed.
final class LoggedRecord {
    static final int HEAD_BYTES = 36;
    private static final int MAGIC = 0x46434C31;
    private static final int SUMMED = 4;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 16).asReadOnlyBuffer();
    private static final int ROUND_AT = 24;
    private static final int SUM_AT = 32;

    private final long number;
    private final long first;
    private final byte[] content;

    private LoggedRecord(long number, long first, byte[] content) {
        this.number = number;
        this.first = first;
        this.content = content;
    }

    long number() {
        return number;
    }

    /// The number of the first of those that were written together with it.
    long first() {
        return first;
    }

    byte[] content() {
        return content;
    }

    static int sizeBytes(byte[] content) {
        return HEAD_BYTES + content.length;
    }

    static void write(ByteBuffer out, long round, long number, long first, byte[] content) {
        var start = out.position();
        out.putInt(MAGIC).putInt(content.length).putLong(number).putLong(first).putLong(round);
        out.putInt(sum(out.slice(start + SUMMED, SUM_AT - SUMMED), content)).put(content);
    }

    /// @return empty when no whole record of the round begins there
    static Optional<LoggedRecord> read(ByteBuffer in, int at, long round) {
        return roundAt(in, at).isPresent() && in.getLong(at + ROUND_AT) == round ? read(in, at) : Optional.empty();
    }

    /// Of what begins there like a record.
    static OptionalLong roundAt(ByteBuffer in, int at) {
        return in.limit() - at < HEAD_BYTES || in.getInt(at) != MAGIC ? OptionalLong.empty() : OptionalLong.of(in.getLong(at + ROUND_AT));
    }

    /// Where something begins like a record, from a place on. Most of a file is zeros.
    ///
    /// @return the limit when nothing does
    static int next(ByteBuffer in, int from) {
        var at = from;
        while (at < in.limit() && !isMagic(in, at)) {
            at = in.get(at) == 0 ? behindZeros(in, at) : at + 1;
        }
        return at;
    }

    private static int behindZeros(ByteBuffer in, int from) {
        for (var at = from; at < in.limit(); at += ZEROS.limit()) {
            var length = Math.min(ZEROS.limit(), in.limit() - at);
            var other = in.slice(at, length).mismatch(ZEROS.slice(0, length));
            if (other >= 0) {
                return at + other;
            }
        }
        return in.limit();
    }

    private static boolean isMagic(ByteBuffer in, int at) {
        return in.limit() - at >= Integer.BYTES && in.getInt(at) == MAGIC;
    }

    private static Optional<LoggedRecord> read(ByteBuffer in, int at) {
        var length = in.getInt(at + 4);
        if (length < 0 || length > in.limit() - at - HEAD_BYTES) {
            return Optional.empty();
        }
        var content = new byte[length];
        in.get(at + HEAD_BYTES, content);
        return in.getInt(at + SUM_AT) == sum(in.slice(at + SUMMED, SUM_AT - SUMMED), content)
                ? Optional.of(new LoggedRecord(in.getLong(at + 8), in.getLong(at + 16), content))
                : Optional.empty();
    }

    private static int sum(ByteBuffer head, byte[] content) {
        var sum = new CRC32C();
        sum.update(head);
        sum.update(content);
        return (int) sum.getValue();
    }
}
