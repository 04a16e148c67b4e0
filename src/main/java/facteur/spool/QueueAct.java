package facteur.spool;

import facteur.platform.config.Word;

/// What an operator does to letters in the queue.
public enum QueueAct {
    /// A letter on hold isn't tried.
    HOLD,
    /// Ends that: it is due now.
    RELEASE,
    /// It is due now, ahead of the schedule.
    RETRY,
    /// Ends it, without a word to anybody.
    REMOVE;

    /// As the command says it: `hold`.
    public String word() {
        return Word.of(this);
    }
}
