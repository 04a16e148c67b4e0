package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import java.util.Optional;

/// Of a letter that has left: what is needed to find out who answers it. Immutable.
///
/// @param replyTo for people; of a letter whose replies are bound late, those whom its Reply-To stood for
/// @param binding whether its Reply-To is an address of the relay's
/// @param company of the office when it left, where replies are bound late; empty if that was forgotten since
public record SentLetter(QueueId id, Provenance provenance, String replyTo, Binding binding, Optional<Mailbox> company) {
    /// When it is decided who answers.
    public enum Binding {
        /// It was when the letter left.
        EARLY,
        /// It is when an answer comes.
        LATE
    }
}
