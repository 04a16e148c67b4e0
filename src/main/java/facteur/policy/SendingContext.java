package facteur.policy;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import java.util.Optional;

/// All that the rules look at.
///
/// @param card of the client that the letter is about; [RelationCard#EMPTY] when that is nobody the office knows
/// @param context empty = the letter names none
/// @param sender who the letter says wrote it, when it says so clearly ([SenderReader])
/// @param encoding in ASCII, an address that has no other form than UTF-8 is as if it weren't there
public record SendingContext(
        OfficeSettings office,
        RelationCard card,
        Optional<ContextName> context,
        Optional<Mailbox> sender,
        HeaderEncoding encoding) {}
