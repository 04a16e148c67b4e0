package facteur.mail.message;

import facteur.mail.smtp.Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mailbox of RFC 5322 §3.4: an address, and a name where one is known. Immutable.
///
/// @param name cleaned of control and invisible characters and of anything that looks like an address; empty when none
public record Mailbox(String name, Address address) {
    /// Words that are read back as they are.
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-][\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~. -]*");

    public Mailbox {
        name = DisplayName.clean(name);
    }

    public static Mailbox of(Address address) {
        return new Mailbox("", address);
    }

    /// Reads one mailbox in any legal form: bare, with a name, quoted, with comments, with encoded words.
    ///
    /// @return empty when the text is anything else: several mailboxes, a group, a broken address
    public static Optional<Mailbox> parse(String text) {
        return parseList(text).filter(list -> list.size() == 1).map(List::getFirst);
    }

    /// Reads a list of mailboxes, at least one.
    ///
    /// @return empty when any part of the text is something else; a group is (RFC 5322 §3.4)
    public static Optional<List<Mailbox>> parseList(String text) {
        var plain = PlainMailbox.parse(text);
        return plain.isPresent() ? plain.map(List::of) : new MailboxParser(text).parse();
    }

    /// Reads an address-list: mailboxes, and groups, whose members count as if they stood alone (RFC 5322 §3.4).
    ///
    /// @return empty when any part of the text is something else, or there is no mailbox in it
    public static Optional<List<Mailbox>> parseAddresses(String text) {
        return new MailboxParser(text).parseAddresses();
    }

    /// Reads the one mailbox that a From or Sender field means, however a script has written it.
    public static LenientMailbox parseMeant(String text) {
        return new LenientMailboxReader(text).read();
    }

    /// This mailbox if it has a name, otherwise with the given one.
    public Mailbox orNamed(String otherName) {
        return name.isEmpty() ? new Mailbox(otherName, address) : this;
    }

    /// A text of one line that [#parse] reads as this mailbox, also among others with commas between: `"Janssens, Jan"
    /// <jan@dupont.example>`. For settings, where no line is too long and no script needs encoding.
    public String written() {
        if (name.isEmpty()) {
            return address.toString();
        }
        return writtenName() + " <" + address + ">";
    }

    private String writtenName() {
        // A name that imitates an encoded word would be decoded: encode it in turn.
        if (name.contains("=?")) {
            return String.join(" ", EncodedWord.encode(name));
        }
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// For logs and people: `Jan Janssens <jan@dupont.example>`. What goes into a header is written by [MailboxField], into
    /// settings by [#written].
    @Override
    public String toString() {
        return name.isEmpty() ? address.toString() : name + " <" + address + ">";
    }
}
