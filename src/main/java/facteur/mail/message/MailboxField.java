package facteur.mail.message;

import facteur.mail.smtp.HeaderEncoding;
import java.util.ArrayList;
import java.util.List;

/// Writes a field of mailboxes, such as From and Reply-To (RFC 5322 §3.6.2): names as atoms, quoted or encoded as they
/// need, lines folded before 76 characters: what RFC 2047 §2 allows where encoded words are (RFC 5322 §2.1.1: 78).
///
/// UTF-8 is written only where there is no other form, in an address whose local part is beyond US-ASCII: each hop that such
/// a letter comes to has to know SMTPUTF8.
public final class MailboxField {
    private static final int LINE_LIMIT = 76;

    private MailboxField() {}

    /// @param mailboxes at least one
    public static HeaderField of(String name, List<Mailbox> mailboxes) {
        var words = new ArrayList<String>();
        for (var mailbox : mailboxes) {
            if (!words.isEmpty()) {
                words.set(words.size() - 1, words.getLast() + ",");
            }
            words.addAll(words(mailbox, LINE_LIMIT - name.length() - 2));
        }
        return HeaderField.of(name, fold(name.length() + 1, words));
    }

    private static List<String> words(Mailbox mailbox, int room) {
        var address = mailbox.address().wire();
        if (mailbox.name().isEmpty()) {
            return List.of(address);
        }
        var words = new ArrayList<>(nameWords(mailbox.name(), room));
        words.add("<" + address + ">");
        return words;
    }

    /// @param room for one word, in characters: behind the field's name no line can be folded
    private static List<String> nameWords(String name, int room) {
        // A name that imitates an encoded word would be decoded by its readers: encode it in turn.
        if (name.contains("=?") || !HeaderEncoding.ASCII.holds(name)) {
            return EncodedWord.encode(name);
        }
        var words = isAtoms(name) ? List.of(name.split(" ")) : List.of("\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        for (var word : words) {
            if (word.length() > room) {
                return EncodedWord.encode(name);
            }
        }
        return words;
    }

    /// Atoms of RFC 5322 §3.2.3 with one blank between each.
    static boolean isAtoms(String name) {
        var afterBlank = true;
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c == ' ' ? afterBlank : !isAtomText(c)) {
                return false;
            }
            afterBlank = c == ' ';
        }
        return !afterBlank;
    }

    private static boolean isAtomText(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "!#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0;
    }

    private static String fold(int indent, List<String> words) {
        var value = new StringBuilder();
        var column = indent;
        for (var word : words) {
            if (!value.isEmpty()) {
                var folds = column + 1 + word.length() > LINE_LIMIT;
                value.append(folds ? "\r\n " : " ");
                column = folds ? 0 : column;
            }
            value.append(word);
            column += 1 + word.length();
        }
        return value.toString();
    }
}
