package facteur.policy;

import facteur.mail.message.Mailbox;
import java.util.Optional;

/// The employee that a letter names as its author.
public sealed interface Sender {
    /// The letter is clear about it.
    record Known(Mailbox mailbox) implements Sender {}

    /// It isn't.
    ///
    /// @param unclear what it says instead; empty when it says nothing
    record Unknown(Optional<Unclear> unclear) implements Sender {}

    default Optional<Mailbox> known() {
        return switch (this) {
            case Known(var mailbox) -> Optional.of(mailbox);
            case Unknown _ -> Optional.empty();
        };
    }
}
