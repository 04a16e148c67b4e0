package facteur.delivery;

import facteur.mail.smtp.Reply;
import java.util.Optional;

/// A new letter that is on disk, before anything else is done with it: time for the caller to journal that it was accepted,
/// ahead of what the journal is to say of its first attempt. To be delivered once.
public interface StoredLetter {
    /// Starts the first attempt, or leaves the letter to the queue. In pass-through it returns when that attempt is over or
    /// takes too long.
    ///
    /// @return the upstream's refusal, when the app waited for it: then the letter has ended, and only the app is told
    Optional<Reply> deliver();
}
