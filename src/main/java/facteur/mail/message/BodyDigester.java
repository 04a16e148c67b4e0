package facteur.mail.message;

import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Makes a digest of what a body says while it arrives, in pieces of any size: the same for the same letter, though a library made it
/// twice. Boundaries and Content-IDs are new each time, so lines that hold one, or say what it is, count only as being there. They are told
/// by how they begin; a line of text that begins with two hyphens is taken for one.
///
/// Two checksums and the length: processors make them ten times as fast as SHA-256, and who could make two bodies with one digest would only
/// deceive the app that sends both.
///
/// For one thread.
public final class BodyDigester {
    /// As far as a line must be seen: `Content-Type: multipart/`.
    private static final int SEEN_BYTES = 24;
    private static final byte[] CONTENT_TYPE = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 't', 'y', 'p', 'e', ':'};
    private static final byte[] MULTIPART = {'m', 'u', 'l', 't', 'i', 'p', 'a', 'r', 't', '/'};
    private static final byte[] CONTENT_ID = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'i', 'd', ':'};
    private static final byte[] BOUNDARY = {'b', 'o', 'u', 'n', 'd', 'a', 'r', 'y'};

    /// Stands for a line that is new each time.
    private static final byte[] SKIPPED = {'-'};

    private enum State {
        LINE_START,
        WORDS,
        SKIPPED
    }

    private final CRC32 crc32 = new CRC32();
    private final CRC32C crc32c = new CRC32C();
    private long length;
    /// The start of a line, as long as it doesn't say yet what it is.
    private final byte[] begun = new byte[SEEN_BYTES];
    private int begunBytes;
    private State state = State.LINE_START;

    /// Of a body that is here.
    public static String digest(MemoryBody body) {
        var digester = new BodyDigester();
        digester.update(body.octets(), 0, body.octets().length);
        return digester.finish();
    }

    public void update(byte[] octets, int from, int to) {
        var at = from;
        while (begunBytes > 0 && at < to) {
            var more = Math.min(SEEN_BYTES - begunBytes, to - at);
            System.arraycopy(octets, at, begun, begunBytes, more);
            at += more;
            var seen = begunBytes + more;
            begunBytes = 0;
            take(begun, 0, seen);
        }
        if (at < to) {
            take(octets, at, to);
        }
    }

    /// Ends the body. To be called once.
    ///
    /// @return in hexadecimal digits
    public String finish() {
        if (begunBytes > 0) {
            var isSkipped = isNewEachTime(begun, 0, begunBytes);
            digest(isSkipped ? SKIPPED : begun, 0, isSkipped ? SKIPPED.length : begunBytes);
        }
        var hex = HexFormat.of();
        return hex.toHexDigits((int) crc32.getValue()) + hex.toHexDigits((int) crc32c.getValue()) + hex.toHexDigits(length);
    }

    private void digest(byte[] octets, int from, int to) {
        crc32.update(octets, from, to - from);
        crc32c.update(octets, from, to - from);
        length += to - from;
    }

    private void take(byte[] octets, int from, int to) {
        var start = from; // Neighbouring lines go to the digest together: from here on none has.
        var at = from;
        while (at < to) {
            if (state == State.LINE_START && !mayBeNewEachTime(octets[at])) {
                state = State.WORDS;
            } else if (state == State.LINE_START) {
                var head = Math.min(to, at + SEEN_BYTES);
                var end = Octets.lineEnd(octets, at, head);
                if (end == to && head - at < SEEN_BYTES) {
                    break; // There is too little of it yet.
                }
                if (isNewEachTime(octets, at, end)) {
                    digest(octets, start, at);
                    digest(SKIPPED, 0, SKIPPED.length);
                    state = State.SKIPPED;
                } else {
                    state = State.WORDS;
                }
            }
            var isSkipped = state == State.SKIPPED;
            at = lineEnd(octets, at, to);
            start = isSkipped ? at : start;
        }
        digest(octets, start, at);
        begunBytes = to - at;
        System.arraycopy(octets, at, begun, 0, begunBytes);
    }

    /// Behind the line feed, or where there is no more.
    private int lineEnd(byte[] octets, int from, int to) {
        var at = Octets.lineFeed(octets, from, to);
        if (at == to) {
            return to;
        }
        state = State.LINE_START;
        return at + 1;
    }

    /// By its first octet. Few lines of a text may.
    private static boolean mayBeNewEachTime(byte first) {
        return switch (first) {
            case '-', ' ', '\t', 'C', 'c' -> true;
            default -> false;
        };
    }

    /// @param to where the line ends, or as far as it is seen
    private static boolean isNewEachTime(byte[] octets, int from, int to) {
        if (from == to) {
            return false;
        }
        return switch (octets[from]) {
            case '-' -> from + 1 < to && octets[from + 1] == '-';
            case ' ', '\t' -> startsWith(BOUNDARY, octets, behindBlanks(octets, from, to), to);
            case 'C', 'c' -> startsWith(CONTENT_ID, octets, from, to)
                    || startsWith(CONTENT_TYPE, octets, from, to)
                            && startsWith(MULTIPART, octets, behindBlanks(octets, from + CONTENT_TYPE.length, to), to);
            default -> false;
        };
    }

    private static int behindBlanks(byte[] octets, int from, int to) {
        var at = from;
        while (at < to && (octets[at] == ' ' || octets[at] == '\t')) {
            at++;
        }
        return at;
    }

    /// @param start in lower case
    private static boolean startsWith(byte[] start, byte[] octets, int from, int to) {
        if (to - from < start.length) {
            return false;
        }
        for (var i = 0; i < start.length; i++) {
            var octet = octets[from + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
