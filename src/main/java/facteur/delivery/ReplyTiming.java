package facteur.delivery;

import facteur.platform.config.Section;
import java.time.Duration;

/// When an app gets the reply to its letter: `accept`. Either way the letter is on disk first.
public sealed interface ReplyTiming {
    /// As soon as it is.
    record Spool() implements ReplyTiming {}

    /// After the first attempt, whose refusal becomes the app's.
    ///
    /// @param timeout how long the app waits; less than it would by itself. RFC 5321 §4.5.3.2.6 has ten minutes
    ///     for that, but .NET's SmtpClient gives up after 100 s, and those of Ruby, PHP's streams (Symfony) and Simple Java Mail
    ///     after 60 s: an app that has given up sends the letter again
    record PassThrough(Duration timeout) implements ReplyTiming {}

    /// What `accept` may say.
    enum Kind {
        SPOOL,
        PASS_THROUGH
    }

    /// Below the 60 s of the most impatient of the usual clients.
    Duration STANDARD = Duration.ofSeconds(50);

    /// Reads `accept` and `pass-through-timeout` of the section `delivery`.
    static ReplyTiming from(Section section) {
        var timeout = section.duration(
                "pass-through-timeout", STANDARD, Duration.ofMillis(1), Duration.ofMinutes(9));
        return switch (section.choice("accept", Kind.SPOOL)) {
            case SPOOL -> new Spool();
            case PASS_THROUGH -> new PassThrough(timeout);
        };
    }
}
