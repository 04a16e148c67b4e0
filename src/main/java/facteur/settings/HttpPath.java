package facteur.settings;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the company's service answers for an office and for a client. An id is one segment of the path: all its
/// characters but the unreserved ones are percent-encoded (RFC 3986 §2.3).
///
/// An id with `.` or `..` in it, alone or between slashes, has no path. The standard takes `%2E%2E` for `..`, and many a
/// server decodes `%2F` before it walks the path: the answer could be that of another office.
///
/// Stateless.
final class HttpPath {
    private static final Pattern WALKS = Pattern.compile("(.*[/\\\\])?\\.\\.?([/\\\\].*)?", Pattern.DOTALL);
    private static final String UNRESERVED = "-._~";

    private HttpPath() {}

    static Optional<String> of(OfficeId office) {
        return segment(office.text()).map(segment -> "/offices/" + segment);
    }

    static Optional<String> of(OfficeId office, RelationId relation) {
        return of(office).flatMap(path -> segment(relation.text()).map(segment -> path + "/relations/" + segment));
    }

    /// @return empty when the text is empty, walks, or has half a surrogate pair
    private static Optional<String> segment(String text) {
        if (text.isEmpty() || WALKS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(encoded(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text))));
        } catch (CharacterCodingException unpaired) {
            return Optional.empty();
        }
    }

    private static String encoded(ByteBuffer octets) {
        var segment = new StringBuilder();
        while (octets.hasRemaining()) {
            var octet = octets.get() & 0xFF;
            if (isUnreserved(octet)) {
                segment.append((char) octet);
            } else {
                segment.append("%%%02X".formatted(octet));
            }
        }
        return segment.toString();
    }

    private static boolean isUnreserved(int octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || UNRESERVED.indexOf(octet) >= 0;
    }
}
