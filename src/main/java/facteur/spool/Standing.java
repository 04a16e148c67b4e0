package facteur.spool;

import java.util.Locale;

/// In which of its states a letter in the queue is: [QueueState] without what goes with it.
public enum Standing {
    ACTIVE,
    DEFERRED,
    HOLD;

    /// As the table `queue` and the operator say it: `deferred`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException when it is no such word
    static Standing of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
