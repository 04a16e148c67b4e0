package facteur.spool;

import facteur.mail.letter.QueueId;
import java.time.Instant;

/// An earlier letter that has the name of a new one.
///
/// @param id that its app was told, or will be
/// @param acceptedAt when it came
public record KnownLetter(QueueId id, Instant acceptedAt, Match match) {
    /// How the new one compares with it.
    public enum Match {
        /// It is the same letter, and was relayed, or waits for that.
        SAME,
        /// It is the same letter, and in its first attempt: its app may be waiting for the outcome.
        IN_FIRST_ATTEMPT,
        /// It has other recipients, or says something else.
        OTHER
    }
}
