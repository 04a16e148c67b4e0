package facteur.policy;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.Optional;

/// What the rules make of a letter. Immutable.
public sealed interface Decision {
    /// @param replyTo one to five, each a mailbox of this office or of its sender
    /// @param fallback why the office's own address isn't From, though the office wants it
    record Rewrite(Mailbox from, Rule fromRule, List<Mailbox> replyTo, Rule replyToRule, Optional<String> fallback)
            implements Decision {
        public Rewrite {
            replyTo = List.copyOf(replyTo);
        }
    }

    /// @param reply what the app is told
    record Refuse(Reply reply) implements Decision {}
}
