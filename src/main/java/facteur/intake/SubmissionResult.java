package facteur.intake;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Reply;

/// What became of a submission. Immutable.
public sealed interface SubmissionResult {
    /// The reply to the app.
    Reply reply();

    /// The letter is on disk.
    record Queued(QueueId id) implements SubmissionResult {
        @Override
        public Reply reply() {
            return QueuedReply.of(id);
        }
    }

    /// The letter is on disk already: its app hands it over again. Nothing more is stored.
    ///
    /// @param first that the app was told before
    record Duplicate(QueueId first) implements SubmissionResult {
        @Override
        public Reply reply() {
            return QueuedReply.of(first);
        }
    }

    /// Nothing of the letter is stored.
    ///
    /// @param reply 451 or 452 when the same letter may be accepted later; 5xx when it never will
    record Refused(Reply reply) implements SubmissionResult {}
}
