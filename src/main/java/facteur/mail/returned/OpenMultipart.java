package facteur.mail.returned;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A multipart that is being read. Where the boundary that its header names isn't there, the first line that looks like one,
/// with a field of a part's header behind it, says which it is. One thread.
final class OpenMultipart {
    /// What a line is to it.
    enum Line {
        DELIMITER,
        CLOSE_DELIMITER,
        OTHER
    }

    /// No reader has a longer one (RFC 2046 §5.1.1: 70).
    private static final int BOUNDARY_BYTES = 1000;

    private final PartType standard;
    private byte[] boundary;
    private byte[] candidate = {};
    private boolean hasParts;

    OpenMultipart(PartType type) {
        standard = type.standard();
        boundary = type.boundary().getBytes(StandardCharsets.ISO_8859_1);
    }

    PartType standard() {
        return standard;
    }

    /// @param length without the blanks that may end the line
    Line line(byte[] octets, int length) {
        if (boundary.length == 0 || length < boundary.length + 2 || !Arrays.equals(octets, 2, 2 + boundary.length, boundary, 0, boundary.length)) {
            return Line.OTHER;
        }
        var isClosed = length == boundary.length + 4 && octets[length - 1] == '-' && octets[length - 2] == '-';
        if (!isClosed && length > boundary.length + 2) {
            return Line.OTHER;
        }
        hasParts = true;
        return isClosed ? Line.CLOSE_DELIMITER : Line.DELIMITER;
    }

    /// Before its first part: whether the line is the first of a part's header, with a boundary unknown till now above it.
    boolean learns(byte[] octets, int length) {
        if (hasParts) {
            return false;
        }
        if (candidate.length > 0 && PartFields.begins(octets, length)) {
            boundary = candidate;
            hasParts = true;
            return true;
        }
        candidate = isDashed(octets, length) && length <= BOUNDARY_BYTES ? Arrays.copyOfRange(octets, 2, length) : new byte[0];
        return false;
    }

    /// Whether it begins as boundaries do, and goes on.
    static boolean isDashed(byte[] octets, int length) {
        return length > 2 && octets[0] == '-' && octets[1] == '-';
    }
}
