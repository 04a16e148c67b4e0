package facteur.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A multipart that is being read. Immutable.
final class Multipart {
    /// What a line is to a multipart (RFC 2046 §5.1.1).
    enum Line {
        DELIMITER,
        CLOSE_DELIMITER,
        /// It begins as its boundary does, and goes on: some readers take that for one.
        LOOKALIKE,
        OTHER
    }

    private final byte[] boundary;
    private final ContentType standard;

    /// @param type with a boundary
    Multipart(ContentType type) {
        boundary = type.boundaryOctets();
        standard = type.is("multipart", "digest") ? ContentType.LETTER : ContentType.TEXT;
    }

    /// What its parts are when they don't say (RFC 2046 §5.1.5).
    ContentType standard() {
        return standard;
    }

    /// @param from behind the two dashes
    /// @param to before the blanks that may end the line
    Line line(byte[] octets, int from, int to) {
        var end = from + boundary.length;
        if (end > to || !Arrays.equals(octets, from, end, boundary, 0, boundary.length)) {
            return Line.OTHER;
        }
        if (end == to) {
            return Line.DELIMITER;
        }
        return to == end + 2 && octets[end] == '-' && octets[end + 1] == '-' ? Line.CLOSE_DELIMITER : Line.LOOKALIKE;
    }

    /// Whether a line may belong to both.
    boolean isConfusableWith(ContentType type) {
        var mine = new String(boundary, StandardCharsets.US_ASCII);
        var other = type.boundary().orElseThrow();
        return mine.equals(other) || mine.equals(other + "--") || other.equals(mine + "--");
    }
}
