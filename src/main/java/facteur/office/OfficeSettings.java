package facteur.office;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of one office.
///
/// @param version changes when the settings do
/// @param company name and general address
/// @param users the office's employees; empty = not listed, any address may be a sender
/// @param replies what Reply-To of its letters says, where their context doesn't say otherwise
public record OfficeSettings(
        OfficeId id,
        String version,
        Mailbox company,
        Optional<OfficeFrom> from,
        ReplyTo replyTo,
        Map<ContextName, ContextSettings> contexts,
        List<Mailbox> users,
        Sandbox sandbox,
        WhenUnverified whenUnverified,
        Replies replies,
        OfficeReturns returns) {
    public OfficeSettings {
        contexts = Map.copyOf(contexts);
        users = List.copyOf(users);
    }

    /// With nothing of its own about what comes back.
    public OfficeSettings(
            OfficeId id,
            String version,
            Mailbox company,
            Optional<OfficeFrom> from,
            ReplyTo replyTo,
            Map<ContextName, ContextSettings> contexts,
            List<Mailbox> users,
            Sandbox sandbox,
            WhenUnverified whenUnverified) {
        this(
                id, version, company, from, replyTo, contexts, users, sandbox, whenUnverified, Replies.DIRECT,
                OfficeReturns.STANDARD);
    }

    public OfficeSettings withVersion(String other) {
        return new OfficeSettings(id, other, company, from, replyTo, contexts, users, sandbox, whenUnverified, replies, returns);
    }

    public Optional<ContextSettings> context(ContextName name) {
        return Optional.ofNullable(contexts.get(name));
    }

    public Optional<Mailbox> user(Address address) {
        return users.stream().filter(user -> user.address().isSameMailbox(address)).findFirst();
    }
}
