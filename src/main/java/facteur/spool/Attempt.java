package facteur.spool;

import facteur.platform.config.Word;
import java.time.Instant;
import java.util.Locale;

/// What one attempt came to for one recipient, as it is stored for the message log.
///
/// @param number of the attempt, from 1, growing; one is missing where an attempt was cut short. An attempt that was the
///     upstream's fault has a number too, though the schedule does not count it
/// @param position of the recipient in the envelope, from 0
/// @param peer which host took the letter, and over what TLS: `smtp.example.net[192.0.2.1]:587, TLSv1.3 with cipher …`; empty
///     where none did
/// @param stage how far it came: `rcpt`
/// @param reply what the upstream, or the connection to it, said last
public record Attempt(
        int number, int position, Instant at, String upstream, String peer, String stage, Result result, String reply) {
    /// What it came to.
    public enum Result {
        RELAYED,
        TEMP_FAILED,
        PERM_FAILED,
        /// No reply to the final dot.
        IN_DOUBT;

        /// `temp-failed`.
        public String word() {
            return Word.of(this);
        }

        static Result of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
