package facteur.journal;

import facteur.platform.log.LetterAddresses;

/// Takes note of events, and of how long steps take. Thread-safe; never blocks for long, never throws.
@FunctionalInterface
public interface Journal {
    void record(MailEvent event);

    /// An event of a letter in which others may speak of more people than the event names.
    ///
    /// @param persons the letter's; never written
    default void record(MailEvent event, LetterAddresses persons) {
        record(event);
    }

    /// A step is done, whatever came of it. Measured only, never written.
    default void took(Step step, Stopwatch since) {}

    /// An attempt at an upstream is over, likewise; waiting for a connection is part of it.
    default void tried(String upstream, Stopwatch since) {}
}
