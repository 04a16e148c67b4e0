package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Where large bodies are while their letters are in the queue. Thread-safe.
sealed interface Bodies permits BodyFolder, BodyRows {
    static Bodies of(StateFolder folder, Dialect dialect) throws SpoolException {
        if (!dialect.hasOneWriter()) {
            return new BodyRows(folder);
        }
        try {
            return new BodyFolder(folder);
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + folder.path() + ": " + Reason.of(failure), failure);
        }
    }

    /// Takes over a body that has arrived, before its letter is written. When this throws, the file may be left.
    ///
    /// @return where an attempt from memory finds it
    FileBody accept(QueueId id, FileBody arrived) throws IOException;

    /// Part of the transaction that writes its letter, after the content.
    void insert(Statements statements, QueueId id, FileBody body) throws SQLException;

    /// @throws IllegalArgumentException when it is not what was written
    /// @throws java.io.UncheckedIOException when that can't be found out now
    FileBody read(Statements statements, QueueId id, long sizeBytes) throws SQLException;

    /// This value is not read any more; the letter stays.
    void release(FileBody body);

    /// The same of a letter, with a large body or without.
    default void release(Letter letter) {
        if (letter.message().body() instanceof FileBody large) {
            release(large);
        }
    }

    /// The letter has ended, or was never written.
    void drop(FileBody body);

    /// What of the place where they lie is missing, as a sentence; empty while it is there.
    default Optional<String> displaced() {
        return Optional.empty();
    }

    /// The letter of this body is committed.
    default void committed(FileBody body) {}

    /// Clears up what an earlier run left half done. Before anybody writes.
    ///
    /// @param listener gets each body of no letter, and where it is now
    /// @throws SpoolException when the database is not the one of these bodies; nothing was changed then
    void sweep(Register register, Instant now, BiConsumer<QueueId, Path> listener) throws SpoolException, IOException;

    /// Deletes what a sweep set aside before then.
    default void purge(Instant before) throws IOException {}

    /// What the database knows of the letter that a body is named for.
    enum Known {
        /// It is in the queue; or ought to be, when its content is lost.
        WAITS,
        ENDED,
        UNKNOWN
    }

    /// The letters of the database, ended ones too.
    interface Register {
        Known of(QueueId id) throws SpoolException;

        /// The last one that was made; empty when there is none.
        Optional<QueueId> newest() throws SpoolException;

        /// One in the queue whose body lies in a file; empty when there is none. Reads all that is in the queue.
        Optional<QueueId> anyInFile() throws SpoolException;
    }
}
