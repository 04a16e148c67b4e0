package facteur.policy;

import facteur.mail.message.Mailbox;
import java.util.Optional;

/// Which employee a letter says it is from.
public sealed interface Sender {
    /// The letter says so clearly.
    record Known(Mailbox mailbox) implements Sender {}

    /// It doesn't.
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
