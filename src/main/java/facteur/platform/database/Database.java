package facteur.platform.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One database, brought to the newest schema when it is opened. A commit is on disk when it returns.
///
/// Thread-safe; work that is lent a connection runs on the caller's thread.
public sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
    /// What is done with a connection.
    @FunctionalInterface
    interface Work<T> {
        T run(Statements statements) throws SQLException;
    }

    /// Opens the SQLite file of a state folder.
    ///
    /// @throws SQLException when it can't be opened, is no database of ours, or was written by a newer facteur
    static Database open(Path state) throws SQLException {
        return SqliteDatabase.open(state);
    }

    /// Opens the same for an operator's command, beside a daemon or without one. Makes nothing, migrates nothing.
    ///
    /// @throws SQLException when it isn't there, can't be opened, or is of another version than this one
    static Database openBeside(Path state) throws SQLException {
        return SqliteDatabase.openBeside(state);
    }

    Dialect dialect();

    /// Has this run before whatever is read or written, on the caller's thread: it brings the tables up to date with what is written
    /// elsewhere first. It must not fail.
    void precede(Runnable update);

    /// How many transactions may be written at the same time, long ones apart.
    int writers();

    /// Runs the work in a transaction of its own. It is on disk when this returns; nothing of it stays when this throws,
    /// unless the connection was lost during the commit: then the result is unknown.
    <T> T inTransaction(Work<T> work) throws SQLException;

    /// The same for work that takes long, such as writing megabytes: where more than one may write, it leaves the others
    /// their connections.
    <T> T inLongTransaction(Work<T> work) throws SQLException;

    /// Runs the work on a connection that only reads, when one of a few is free.
    <T> T reading(Work<T> work) throws SQLException;

    /// The same with the tables as they are, without what [#precede] says.
    <T> T readingAsTheyAre(Work<T> work) throws SQLException;

    /// The same on a connection of its own, for one caller at a time, which so waits for no other reader.
    <T> T readingAlone(Work<T> work) throws SQLException;

    /// Why a commit may not be on disk when it returns; empty when it is.
    Optional<String> doubt() throws SQLException;

    /// What of its files is no longer where it was opened, as a sentence; empty while all is in place. What is committed then
    /// goes into files that no later start finds.
    Optional<String> displaced();

    /// Tidies up what commits left behind, when that has come to `pages`; does little otherwise.
    ///
    /// @throws SQLException above all when an fsync failed
    void checkpoint(long pages) throws SQLException;

    /// How much its file may grow yet by what is committed already, as of the last [#checkpoint].
    long owedBytes();

    /// Writes what is committed by now into another file, as one snapshot, while others continue. It is not on disk when this
    /// returns.
    ///
    /// @param file empty, or not there
    /// @throws SQLException also of a database on a server, which has means of its own
    void copyTo(Path file) throws SQLException;

    /// What is damaged in its file; empty when nothing is, or a server is responsible for it.
    List<String> damage() throws SQLException;

    /// To be called when nothing works with it any more.
    @Override
    void close();
}
