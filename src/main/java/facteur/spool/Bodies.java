package facteur.spool;

import facteur.database.Statements;
import facteur.message.FileBody;
import java.io.IOException;
import java.sql.SQLException;

/// Where large bodies are while their letters are in the queue. Thread-safe.
sealed interface Bodies permits BodyFolder, BodyRows {
    /// Takes over a body that has arrived, before its letter is written. When this throws, the file may be left.
    ///
    /// @return where an attempt from memory finds it
    FileBody take(QueueId id, FileBody arrived) throws IOException;

    /// Part of the transaction that writes its letter, after the content.
    void insert(Statements statements, QueueId id, FileBody body) throws SQLException;

    /// @throws IllegalArgumentException when it is not what was written
    FileBody read(Statements statements, QueueId id, long sizeBytes) throws SQLException;

    /// Nobody reads this value any more; the letter goes on.
    void letGo(FileBody body);

    /// The same of a letter, be its body large or not.
    default void letGo(Letter letter) {
        if (letter.message().body() instanceof FileBody large) {
            letGo(large);
        }
    }

    /// The letter has ended, or was never written.
    void drop(FileBody body);

    /// Clears up what an earlier run left half done. Before anybody writes.
    void sweep(Named named) throws SpoolException, IOException;

    /// Decides whether a body still belongs to a letter.
    interface Named {
        boolean test(QueueId id) throws SpoolException;
    }
}
