package facteur.policy;

import facteur.domain.DomainState;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import java.util.Optional;

/// All that the rules look at: two equal contexts get the same decision.
///
/// @param card of the client that the letter is about; [RelationCard#EMPTY] when the office doesn't know the client
/// @param context empty = the letter names none
/// @param sender who the letter says wrote it, when it says so clearly ([SenderReader])
/// @param fromDomain state of the domain of the asked From ([Policy#fromAsked]); empty when the office hasn't added the
/// domain, or asks for no From of its own
/// @param encoding in ASCII, an address that only UTF-8 can express counts as absent
public record SendingContext(
        OfficeSettings office,
        RelationCard card,
        Optional<ContextName> context,
        Optional<Mailbox> sender,
        Optional<DomainState> fromDomain,
        HeaderEncoding encoding) {
    /// The same letter where only US-ASCII can be written.
    public SendingContext inAscii() {
        return new SendingContext(office, card, context, sender, fromDomain, HeaderEncoding.ASCII);
    }

    /// Whether the letter names a context that its office doesn't configure.
    boolean isContextUnknown() {
        return context.isPresent() && office.context(context.get()).isEmpty();
    }
}
