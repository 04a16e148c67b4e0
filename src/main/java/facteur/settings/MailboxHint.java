package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import java.util.Optional;
import java.util.regex.Pattern;

/// What to write instead of a text that is no mailbox, where that can be guessed.
final class MailboxHint {
    /// A name with a comma, without quotes.
    private static final Pattern NAMED = Pattern.compile("\\s*([^\"<>@]*,[^\"<>@]*?)\\s*<([^<>]*)>\\s*");

    private MailboxHint() {}

    /// To be put behind the message; empty when there is nothing to say.
    static String of(String text) {
        var quoted = quoted(text);
        if (quoted.isPresent()) {
            return "; a name with a comma stands in quotes: " + quoted.get();
        }
        return separated(text).map(right -> "; several stand between commas: " + right).orElseGet(() -> Address.remark(text));
    }

    /// What would be right.
    static Optional<String> meant(String text) {
        return quoted(text).or(() -> separated(text));
    }

    private static Optional<String> quoted(String text) {
        var named = NAMED.matcher(text);
        return named.matches()
                ? Optional.of('"' + named.group(1) + "\" <" + named.group(2) + ">").filter(quoted -> Mailbox.parse(quoted).isPresent())
                : Optional.empty();
    }

    private static Optional<String> separated(String text) {
        return Optional.of(text.replace(';', ',')).filter(right -> !right.equals(text) && Mailbox.parseAddresses(right).isPresent());
    }

    /// The same for an entry of a YAML file, which a comma may have cut in two.
    static String ofEntry(String text) {
        return text.contains("@") || text.contains("<")
                ? of(text)
                : "; it has no address. Within [ ] or { }, an entry with a comma stands in quotes";
    }
}
