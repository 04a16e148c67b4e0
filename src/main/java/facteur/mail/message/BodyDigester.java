package facteur.mail.message;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Makes the digest of a body while it arrives, in pieces of any size, in one pass.
///
/// Lines that hold a boundary, or say what it is, are told by how they begin. They go to a digest of their own, each with its place; all
/// others to the digest of the words. Both together stand for every octet. A line of text that begins with two hyphens counts as a
/// boundary, too, which only makes the words say a little less.
///
/// For one thread.
public final class BodyDigester {
    /// As far as a line must be seen: `Content-Type: multipart/`.
    private static final int SEEN_BYTES = 24;
    private static final byte[] CONTENT_TYPE = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 't', 'y', 'p', 'e', ':'};
    private static final byte[] MULTIPART = {'m', 'u', 'l', 't', 'i', 'p', 'a', 'r', 't', '/'};
    private static final byte[] BOUNDARY = {'b', 'o', 'u', 'n', 'd', 'a', 'r', 'y'};

    private final MessageDigest words = sha256();
    private final MessageDigest boundaries = sha256();
    /// The start of a line, as long as it doesn't say yet what it is.
    private final byte[] begun = new byte[SEEN_BYTES];
    private int begunBytes;
    private boolean isLineStart = true;
    /// Of the line that goes on.
    private MessageDigest digest = words;
    private long position;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every Java platform has SHA-256", impossible);
        }
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
    public BodyDigest finish() {
        if (begunBytes > 0) {
            begin(isBoundary(begun, 0, begunBytes), 0);
            digest.update(begun, 0, begunBytes);
        }
        var said = words.digest();
        var all = sha256();
        all.update(said);
        all.update(boundaries.digest());
        return new BodyDigest(HexFormat.of().formatHex(all.digest()), HexFormat.of().formatHex(said));
    }

    private void take(byte[] octets, int from, int to) {
        var start = from; // Neighbouring lines of words go to their digest together: from here on none has.
        var at = from;
        while (at < to) {
            if (isLineStart) {
                var head = Math.min(to, at + SEEN_BYTES);
                var end = Octets.lineEnd(octets, at, head);
                if (end == to && head - at < SEEN_BYTES) {
                    break; // There is too little of it yet.
                }
                var isBoundary = isBoundary(octets, at, end);
                if (isBoundary || digest == boundaries) {
                    digest.update(octets, start, at - start);
                    start = at;
                }
                begin(isBoundary, at - from);
            }
            at = lineEnd(octets, at, to);
        }
        digest.update(octets, start, at - start);
        position += at - from;
        begunBytes = to - at;
        System.arraycopy(octets, at, begun, 0, begunBytes);
    }

    private void begin(boolean isBoundary, int offset) {
        isLineStart = false;
        digest = isBoundary ? boundaries : words;
        if (isBoundary) {
            boundaries.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position + offset));
        }
    }

    /// Behind the line feed, or where there is no more.
    private int lineEnd(byte[] octets, int from, int to) {
        for (var at = Octets.lineEnd(octets, from, to); at < to; at = Octets.lineEnd(octets, at + 1, to)) {
            if (octets[at] == '\n') {
                isLineStart = true;
                return at + 1;
            }
        }
        return to;
    }

    private static boolean isBoundary(byte[] octets, int from, int to) {
        if (from == to) {
            return false;
        }
        return switch (octets[from]) {
            case '-' -> from + 1 < to && octets[from + 1] == '-';
            case ' ', '\t' -> startsWith(BOUNDARY, octets, behindBlanks(octets, from, to), to);
            case 'C', 'c' -> startsWith(CONTENT_TYPE, octets, from, to)
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
