package facteur.delivery;

import facteur.config.Section;
import java.time.Duration;

/// When an app gets the reply to its letter. Either way the letter is on disk first.
public sealed interface Acceptance {
    /// When it is.
    record Spool() implements Acceptance {}

    /// After the first attempt, whose refusal becomes the app's.
    ///
    /// @param timeout how long the app is kept waiting; shorter than it would wait itself (RFC 5321 §4.5.3.2.6)
    record PassThrough(Duration timeout) implements Acceptance {}

    /// What `accept` may say.
    enum Kind {
        SPOOL,
        PASS_THROUGH
    }

    /// Reads `accept` and `pass-through-timeout` of the section `delivery`.
    static Acceptance from(Section section) {
        var timeout = section.duration(
                "pass-through-timeout", Duration.ofMinutes(2), Duration.ofMillis(1), Duration.ofMinutes(9));
        return switch (section.choice("accept", Kind.SPOOL)) {
            case SPOOL -> new Spool();
            case PASS_THROUGH -> new PassThrough(timeout);
        };
    }
}
