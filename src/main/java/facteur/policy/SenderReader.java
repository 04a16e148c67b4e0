package facteur.policy;

import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.message.Mailbox;
import facteur.settings.OfficeSettings;
import java.util.List;
import java.util.Optional;

/// Reads from a header which employee sent the letter (RFC 5322 §3.6.2).
public final class SenderReader {
    private SenderReader() {}

    /// The mailbox in From when there is exactly one; when From is ambiguous, that in Sender if it is a listed user of
    /// the office; otherwise nobody.
    public static Optional<Mailbox> read(Header header, OfficeSettings office) {
        var from = header.all("From");
        var mailboxes = from.size() == 1 ? mailboxes(from.getFirst()) : List.<Mailbox>of();
        return mailboxes.size() == 1 ? Optional.of(mailboxes.getFirst()) : listedSender(header, office);
    }

    private static Optional<Mailbox> listedSender(Header header, OfficeSettings office) {
        var fields = header.all("Sender");
        return fields.size() == 1
                ? Mailbox.parse(fields.getFirst().value()).flatMap(mailbox -> office.user(mailbox.address()))
                : Optional.empty();
    }

    private static List<Mailbox> mailboxes(HeaderField field) {
        return Mailbox.parseList(field.value()).orElse(List.of());
    }
}
