package facteur.mail.smtp;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A number of octets as commands write it: up to twenty digits (RFC 1870 §6, RFC 3030 §2).
final class OctetCount {
    private static final Pattern FORM = Pattern.compile("\\d{1,20}");

    private OctetCount() {}

    /// @return what a long can't hold is its largest value; empty when the text is no number
    static OptionalLong parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text));
    }
}
