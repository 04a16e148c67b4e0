package facteur.policy;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.LenientMailbox;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.OfficeSettings;
import java.util.Optional;

/// Reads from a header which employee sent the letter (RFC 5322 §3.6.2).
public final class SenderReader {
    private static final String FROM = "From";

    private SenderReader() {}

    /// The mailbox of From when that is clear; otherwise the one of Sender, if the office lists it among its users; otherwise
    /// unknown.
    public static Sender read(Header header, OfficeSettings office) {
        return switch (from(header)) {
            case Sender.Known known -> known;
            case Sender.Unknown unknown -> listedSender(header, office).<Sender>map(Sender.Known::new).orElse(unknown);
        };
    }

    private static Sender from(Header header) {
        var fields = header.all(FROM);
        return switch (fields.size()) {
            case 0 -> new Sender.Unknown(Optional.empty());
            case 1 -> switch (meant(fields.getFirst())) {
                case LenientMailbox.Clear(var mailbox) -> new Sender.Known(mailbox);
                case LenientMailbox.Unclear(var why) -> unknown(why);
            };
            default -> unknown("several fields");
        };
    }

    private static Sender unknown(String why) {
        return new Sender.Unknown(Optional.of(new Unclear(FROM, why)));
    }

    private static Optional<Mailbox> listedSender(Header header, OfficeSettings office) {
        var fields = header.all("Sender");
        return fields.size() == 1 && meant(fields.getFirst()) instanceof LenientMailbox.Clear(var mailbox)
                ? office.user(mailbox.address())
                : Optional.empty();
    }

    /// Octets of an unknown charset may be guessed at in a name, never in an address.
    private static LenientMailbox meant(HeaderField field) {
        return switch (Mailbox.parseMeant(field.value())) {
            case LenientMailbox.Clear(var mailbox) when !HeaderEncoding.ASCII.holds(mailbox.address().toString()) && !field.isUtf8() ->
                new LenientMailbox.Unclear("octets that are no UTF-8 in the address");
            case LenientMailbox meant -> meant;
        };
    }
}
