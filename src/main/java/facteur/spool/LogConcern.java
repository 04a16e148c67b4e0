package facteur.spool;

/// Whether a piece of work is about letters that are in the [LetterLog] still: then the tables have to be brought up to date before it
/// runs. Asked by the committer's thread.
@FunctionalInterface
interface LogConcern {
    /// It may be about any letter.
    LogConcern ANY = _ -> true;

    /// It is about letters in the tables that wait, or were claimed there: those in the log do neither.
    LogConcern WAITING = _ -> false;

    boolean isIn(LetterLog log);
}
