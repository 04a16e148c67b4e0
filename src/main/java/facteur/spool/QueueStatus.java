package facteur.spool;

import facteur.platform.config.Word;
import java.util.Locale;

/// In which of its states a letter in the queue is: [QueueState] without what goes with it.
public enum QueueStatus {
    ACTIVE,
    DEFERRED,
    HOLD;

    /// As the table `queue` and the operator say it: `deferred`.
    public String word() {
        return Word.of(this);
    }

    /// @throws IllegalArgumentException when it is no such word
    static QueueStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
