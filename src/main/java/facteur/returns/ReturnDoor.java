package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import java.util.Optional;

/// What a listener for returns asks: who gets mail there, and what becomes of it. Thread-safe; blocks for the database.
public interface ReturnDoor {
    /// Why an address gets no mail now; empty when it may.
    Optional<Reply> refusal(Address recipient);

    /// Takes a letter: what it comes to is on disk when this returns [SubmissionResult.Queued]. A letter that isn't taken leaves
    /// nothing behind.
    SubmissionResult accept(ArrivedReturn arrived);
}
