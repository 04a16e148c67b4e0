package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import java.util.regex.Pattern;

/// What to write instead of a text that is no mailbox, where that can be guessed.
final class MailboxHint {
    /// A name with a comma, without quotes.
    private static final Pattern NAMED = Pattern.compile("\\s*([^\"<>@]*,[^\"<>@]*?)\\s*<([^<>]*)>\\s*");

    private MailboxHint() {}

    /// To be put behind the message; empty when there is nothing to say.
    static String of(String text) {
        var named = NAMED.matcher(text);
        if (named.matches()) {
            var quoted = '"' + named.group(1) + "\" <" + named.group(2) + ">";
            if (Mailbox.parse(quoted).isPresent()) {
                return "; a name with a comma stands in quotes: " + quoted;
            }
        }
        if (text.contains(";") && Mailbox.parseAddresses(text.replace(';', ',')).isPresent()) {
            return "; several stand between commas: " + text.replace(';', ',');
        }
        return Address.remark(text);
    }

    /// The same for an entry of a YAML file, which a comma may have cut in two.
    static String ofEntry(String text) {
        return text.contains("@") || text.contains("<")
                ? of(text)
                : "; it has no address. Within [ ] or { }, an entry with a comma stands in quotes";
    }
}
