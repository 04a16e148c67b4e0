package facteur.platform.database;

/// What kind of trouble a failed statement or commit means.
public enum Fault {
    /// The disk, or the room the database was given, is full. Passes when there is room again.
    FULL,
    /// The database may only be read for now, and nothing was written. Passes when it may be written again.
    READ_ONLY,
    /// The file can't be read or written, or isn't what was written: not to be trusted before an operator has checked it.
    BROKEN,
    /// The database can't be used now: another process holds it, PostgreSQL can't be reached, is a standby, or its pool is
    /// empty, or this process is short of file descriptors. Passes by itself.
    UNAVAILABLE,
    /// Anything else, such as a broken constraint. It says nothing of other statements.
    OTHER
}
