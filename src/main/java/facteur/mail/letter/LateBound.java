package facteur.mail.letter;

import facteur.mail.message.Mailbox;
import java.util.List;

/// Whom the address in Reply-To stands for, where that is one of the relay's own: a reply is relayed to those who answer when it
/// arrives.
///
/// @param people who answered when the letter left
/// @param company of the office, for replies that arrive when the office is gone
public record LateBound(List<Mailbox> people, Mailbox company) {
    public LateBound {
        people = List.copyOf(people);
    }
}
