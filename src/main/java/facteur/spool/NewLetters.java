package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.Step;
import facteur.journal.Stopwatch;
import facteur.mail.letter.Letter;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import facteur.platform.disk.Descriptors;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Puts letters on the disk that are not in the spool yet, or says why it can't. Thread-safe.
final class NewLetters {
    /// What is in rows is written twice before the room of the first copy is used again.
    private static final int IN_LOG_AND_FILE = 2;

    private final StateFolder folder;
    private final FreeSpace space;
    private final Committer committer;
    private final LetterRows letters;
    private final Bodies bodies;
    private final Journal journal;

    /// @param space on the disk of the folder
    NewLetters(
            StateFolder folder, FreeSpace space, Committer committer, LetterRows letters, Bodies bodies, Journal journal) {
        this.folder = folder;
        this.space = space;
        this.committer = committer;
        this.letters = letters;
        this.bodies = bodies;
        this.journal = journal;
    }

    /// Puts a letter that is being accepted into the queue.
    interface Enqueue {
        void run(Statements statements, Letter letter) throws SQLException;
    }

    /// @return the letter with its body where it is now
    Letter store(Letter letter, Enqueue enqueue) throws SpoolException {
        return store(List.of(letter), enqueue).getFirst();
    }

    /// Stores letters with the same body, all or none.
    ///
    /// @param letters at least one
    List<Letter> store(List<Letter> letters, Enqueue enqueue) throws SpoolException {
        var since = Stopwatch.start();
        var stored = switch (letters.getFirst().message().body()) {
            case MemoryBody inMemory -> {
                space.acquire(IN_LOG_AND_FILE * letters.stream().mapToLong(letter -> letter.message().sizeBytes()).sum());
                yield committer.commitNew(rows(letters, enqueue));
            }
            case FileBody arrived -> keepFile(letters, arrived, enqueue);
        };
        journal.took(Step.COMMIT, since);
        return stored;
    }

    /// Stores a letter that is at its end already, without its content, and what goes with it.
    ///
    /// @param sizeBytes of all that
    <T> T storeEnded(Letter letter, long sizeBytes, Database.Work<T> work) throws SpoolException {
        space.acquire(IN_LOG_AND_FILE * sizeBytes);
        return committer.commitNew(statements -> {
            letters.insertEnded(statements, letter);
            return work.run(statements);
        });
    }

    private Database.Work<List<Letter>> rows(List<Letter> letters, Enqueue enqueue) {
        return statements -> {
            for (var letter : letters) {
                this.letters.insert(statements, letter);
                enqueue.run(statements, letter);
            }
            return letters;
        };
    }

    private List<Letter> keepFile(List<Letter> letters, FileBody arrived, Enqueue enqueue) throws SpoolException {
        var stored = moveIn(letters, arrived);
        try {
            space.acquire(headerBytes(letters));
            var moved = new ArrayList<Letter>();
            for (var i = 0; i < letters.size(); i++) {
                var letter = letters.get(i);
                moved.add(letter.withMessage(new Message(letter.message().header(), stored.get(i))));
            }
            var committed = committer.commitLarge(rows(moved, enqueue));
            stored.forEach(bodies::committed);
            return committed;
        } catch (SpoolException failure) {
            // A failed fsync doesn't say whether the rows will be there after a restart; the sweep will see.
            if (!committer.isBroken()) {
                stored.forEach(bodies::drop);
            }
            throw failure;
        }
    }

    private static long headerBytes(List<Letter> letters) {
        return IN_LOG_AND_FILE * letters.stream().mapToLong(letter -> letter.message().header().sizeBytes()).sum();
    }

    /// The first letter gets the file that arrived, the others copies of it.
    private List<FileBody> moveIn(List<Letter> letters, FileBody arrived) throws SpoolException {
        var copies = new ArrayList<>(List.of(arrived));
        var stored = new ArrayList<FileBody>();
        try {
            space.acquire(headerBytes(letters) + (letters.size() - 1) * arrived.sizeBytes());
            committer.refuseWhenBroken();
            while (copies.size() < letters.size()) {
                copies.add(folder.copy(arrived));
            }
            for (var letter : letters) {
                stored.add(bodies.accept(letter.id(), copies.get(stored.size())));
            }
            return stored;
        } catch (SpoolException failure) {
            StateFolder.discard(arrived.file());
            throw failure;
        } catch (IOException failure) {
            copies.forEach(copy -> StateFolder.discard(copy.file()));
            stored.forEach(bodies::drop);
            var harmless = failure instanceof NoSuchFileException || failure instanceof FileAlreadyExistsException;
            if (!harmless && !passes(failure)) {
                committer.breakDown(failure);
            }
            throw new SpoolException("the body is not on disk: " + Reason.of(failure), failure);
        }
    }

    /// The kernel wrote nothing, and will when there is room again, the file system may be written, or a descriptor is free.
    private static boolean passes(IOException failure) {
        if (Descriptors.areMissing(failure)) {
            return true;
        }
        var reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason != null && Stream.of("No space left", "quota exceeded", "Read-only file system").anyMatch(reason::contains);
    }
}
