package facteur.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;

/// A Content-Type field as far as the structure of a letter hangs on it (RFC 2045 §5).
///
/// @param main `text`, in lower case, as is `sub`
/// @param boundary empty when there is none that every reader would read alike
record ContentType(String main, String sub, Optional<String> boundary) {
    static final ContentType TEXT = new ContentType("text", "plain", Optional.empty());
    static final ContentType LETTER = new ContentType("message", "rfc822", Optional.empty());

    /// RFC 2046 §5.1.1 says 70. Some programs write longer ones, and all readers take them.
    private static final int BOUNDARY_CHARACTERS = 250;

    /// @param text unfolded
    static ContentType parse(String text) {
        var value = new StructuredValue(text);
        var slash = value.first().indexOf('/');
        var main = slash < 0 ? value.first() : value.first().substring(0, slash);
        var sub = slash < 0 ? "" : value.first().substring(slash + 1);
        return new ContentType(word(main), word(sub), value.isClosed() ? boundary(value) : Optional.empty());
    }

    boolean is(String mainType, String subType) {
        return main.equals(mainType) && sub.equals(subType);
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> boundary(StructuredValue value) {
        var found = new LinkedHashSet<String>();
        for (var parameter : value.parameters()) {
            var equals = parameter.indexOf('=');
            var name = word(equals < 0 ? parameter : parameter.substring(0, equals));
            if (name.equals("boundary")) {
                found.add(unquoted(parameter.substring(equals + 1).strip()));
            } else if (name.startsWith("boundary*")) {
                // In pieces or in a charset (RFC 2231): not every reader reads that.
                found.add("");
            }
        }
        return found.size() == 1 ? Optional.of(found.getFirst()).filter(ContentType::isUsable) : Optional.empty();
    }

    private static String unquoted(String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return text.contains(" ") ? "" : text;
        }
        return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private static boolean isUsable(String boundary) {
        return !boundary.isEmpty()
                && boundary.length() <= BOUNDARY_CHARACTERS
                && !boundary.endsWith(" ")
                && !boundary.contains("\"")
                && boundary.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    byte[] boundaryOctets() {
        return boundary.orElseThrow().getBytes(StandardCharsets.US_ASCII);
    }
}
