package facteur.spool;

import facteur.database.Database;
import facteur.database.Statements;
import facteur.message.FileBody;
import facteur.message.MemoryBody;
import facteur.message.Message;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/// Puts letters on the disk that are not in the spool yet, or says why it can't. Thread-safe.
final class NewLetters {
    private final StateFolder folder;
    private final long floorBytes;
    private final Committer committer;
    private final LetterRows letters;
    private final Bodies bodies;

    /// @param floorBytes of free disk space, below which no letter is accepted
    NewLetters(StateFolder folder, long floorBytes, Committer committer, LetterRows letters, Bodies bodies) {
        this.folder = folder;
        this.floorBytes = floorBytes;
        this.committer = committer;
        this.letters = letters;
        this.bodies = bodies;
    }

    /// Puts a letter that is being accepted into the queue.
    interface Enqueue {
        void run(Statements statements, QueueId id) throws SQLException;
    }

    /// @return the letter with its body where it is now
    Letter keep(Letter letter, Enqueue enqueue) throws SpoolException {
        return switch (letter.message().body()) {
            case MemoryBody inMemory -> {
                requireSpace(letter.message().sizeBytes());
                yield committer.commitNew(rows(letter, enqueue));
            }
            case FileBody arrived -> keepFile(letter, arrived, enqueue);
        };
    }

    private Database.Work<Letter> rows(Letter letter, Enqueue enqueue) {
        return statements -> {
            letters.insert(statements, letter);
            enqueue.run(statements, letter.id());
            return letter;
        };
    }

    private Letter keepFile(Letter letter, FileBody arrived, Enqueue enqueue) throws SpoolException {
        var kept = moveIn(letter, arrived);
        try {
            requireSpace(letter.message().header().sizeBytes());
            return committer.commitLarge(rows(letter.withMessage(new Message(letter.message().header(), kept)), enqueue));
        } catch (SpoolException failure) {
            // A failed fsync doesn't tell whether the row will be there after a restart; the sweep will see.
            if (!committer.isBroken()) {
                bodies.drop(kept);
            }
            throw failure;
        }
    }

    private FileBody moveIn(Letter letter, FileBody arrived) throws SpoolException {
        try {
            requireSpace(letter.message().header().sizeBytes());
            committer.refuseWhenBroken();
            return bodies.take(letter.id(), arrived);
        } catch (SpoolException failure) {
            StateFolder.discard(arrived.file());
            throw failure;
        } catch (IOException failure) {
            StateFolder.discard(arrived.file());
            var harmless = failure instanceof NoSuchFileException || failure instanceof FileAlreadyExistsException;
            if (!harmless && !isFull(failure)) {
                committer.breakDown(failure);
            }
            throw new SpoolException("the body is not on disk: " + failure, failure);
        }
    }

    private static boolean isFull(IOException failure) {
        var reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason != null && (reason.contains("No space left") || reason.contains("quota exceeded"));
    }

    void requireSpace(long sizeBytes) throws SpoolException {
        try {
            if (folder.freeBytes() - sizeBytes < floorBytes) {
                throw new SpoolException("less than " + floorBytes + " octets of disk space left");
            }
        } catch (IOException failure) {
            throw new SpoolException("free disk space is unknown: " + failure, failure);
        }
    }
}
