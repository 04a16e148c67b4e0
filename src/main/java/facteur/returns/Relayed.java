package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.mail.returnpath.ReturnAddress;

/// What becomes of a letter from a person, or of an automatic answer: it is relayed to those who answer for the letter that it
/// came back to. Thread-safe; blocks for the database.
public interface Relayed {
    /// Takes it: it is on disk when this returns [SubmissionResult.Queued].
    ///
    /// @param to the address that it came to, which is known to be ours and of a letter that is remembered
    SubmissionResult relay(ReturnAddress to, ArrivedReturn arrived);
}
