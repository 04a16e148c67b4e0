package facteur.journal;

import facteur.platform.log.LetterAddresses;

/// Records events, and how long steps take. Thread-safe; never blocks for long, never throws.
@FunctionalInterface
public interface Journal {
    void record(MailEvent event);

    /// An event of a letter in which others may speak of more people than the event names.
    ///
    /// @param persons the letter's; never written
    default void record(MailEvent event, LetterAddresses persons) {
        record(event);
    }

    /// A step is done, successful or not. Measured only, never written.
    default void took(Step step, Stopwatch since) {}

    /// An attempt at an upstream is over; waiting for a connection is part of it. Measured only, too.
    default void tried(String upstream, Stopwatch since) {}
}
