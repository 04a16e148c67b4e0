package facteur.policy;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.Optional;

/// The result of the rules for one letter. Immutable.
public sealed interface Decision {
    /// @param replyTo one to five, each a mailbox of this office or of its sender
    /// @param fallback why From isn't the office's own address, though the office asks for it
    record Rewrite(Mailbox from, Rule fromRule, List<Mailbox> replyTo, Rule replyToRule, Optional<String> fallback)
            implements Decision {
        public Rewrite {
            replyTo = List.copyOf(replyTo);
        }
    }

    /// @param reply to the app
    record Refuse(Reply reply) implements Decision {}
}
