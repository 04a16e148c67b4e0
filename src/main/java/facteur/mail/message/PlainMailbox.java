package facteur.mail.message;

import facteur.mail.smtp.Address;
import java.util.Optional;

/// The form in which most programs write From: `Jan Janssens <jan@dupont.example>`, a name of atoms or none, then an address in
/// brackets without quotes or blanks. Told in one look, without tokens; what is read is what [MailboxParser] reads. Stateless.
final class PlainMailbox {
    private PlainMailbox() {}

    /// @return empty when the text has another form, or none
    static Optional<Mailbox> parse(String text) {
        var open = text.indexOf('<');
        var close = text.length() - 1;
        if (open < 0 || text.charAt(close) != '>' || text.contains("=?") || !isName(text, open) || !isAddress(text, open + 1, close)) {
            return Optional.empty();
        }
        var name = open == 0 ? "" : text.substring(0, open - 1);
        return Address.parse(text.substring(open + 1, close)).map(address -> new Mailbox(name, address));
    }

    /// Nothing, or atoms with one blank behind each.
    private static boolean isName(String text, int to) {
        var afterBlank = true;
        for (var i = 0; i < to; i++) {
            var c = text.charAt(i);
            if (c == ' ' ? afterBlank : !MailboxLexer.isAtomText(c)) {
                return false;
            }
            afterBlank = c == ' ';
        }
        return afterBlank;
    }

    private static boolean isAddress(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if (!MailboxLexer.isAtomText(c) && c != '.' && c != '@') {
                return false;
            }
        }
        return true;
    }
}
