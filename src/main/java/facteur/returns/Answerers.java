package facteur.returns;

import facteur.mail.letter.Provenance;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.Optional;

/// Who answers a letter that has left.
public sealed interface Answerers {
    /// @param decision by which they were found; no rule when the office is gone, or when the letter itself says it
    /// @param company the office's own; empty when it isn't known
    record Known(List<Mailbox> people, Provenance.Decision decision, Optional<Mailbox> company) implements Answerers {
        public Known {
            people = List.copyOf(people);
        }
    }

    /// They aren't known, now or ever.
    ///
    /// @param reply to the host that brings an answer
    record Unknown(Reply reply) implements Answerers {}
}
