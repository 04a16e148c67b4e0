package facteur.spool;

/// What an operator does to letters in the queue.
public enum QueueAct {
    /// A letter on hold isn't tried.
    HOLD,
    /// Ends that: it is due now.
    RELEASE,
    /// It is due now, ahead of the schedule.
    RETRY,
    /// Ends it, without a word to anybody.
    REMOVE
}
