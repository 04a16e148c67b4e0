package facteur.settings;

import facteur.mail.message.Decoded;
import facteur.mail.message.HeaderField;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a name in the settings can be what a letter says in a field: mail libraries fold, encode and trim, and what comes
/// out of that is compared.
final class Sendable {
    private static final Pattern BLANKS = Pattern.compile("[\\p{Zs}\t]{2}");
    private static final Pattern EDGE = Pattern.compile("^\\p{Zs}|\\p{Zs}$");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\uFFFD]");

    private Sendable() {}

    /// Why no letter, or not every library's letter, will name it.
    ///
    /// @param text without control characters
    static Optional<String> trouble(String text) {
        if (!HeaderField.of("X-Context", text).decoded().equals(new Decoded.Text(text))) {
            return Optional.of("mail programs take it for an encoded word (RFC 2047) and read something else");
        }
        if (BLANKS.matcher(text).find()) {
            return Optional.of("blanks side by side don't survive the folding of every mail library");
        }
        if (EDGE.matcher(text).find()) {
            return Optional.of("blanks at an end don't survive every mail library");
        }
        return INVISIBLE.matcher(text).find() ? Optional.of("it has characters that can't be seen or typed") : Optional.empty();
    }
}
