package facteur.spool;

/// What an operator does to letters in the queue.
public enum QueueAct {
    /// Nobody tries a letter that is on hold.
    HOLD,
    /// Ends that: it is due now.
    RELEASE,
    /// It is due now, whatever the schedule says.
    RETRY,
    /// Ends it, without a word to anybody.
    REMOVE
}
