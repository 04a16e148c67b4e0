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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts letters on the disk that are not in the spool yet, or says why it can't. Thread-safe.
final class NewLetters {
    /// What is in rows is written twice before the room of the first copy is used again.
    private static final int IN_LOG_AND_FILE = 2;

    private final StateFolder folder;
    private final FreeSpace space;
    private final Committer committer;
    private final LetterRows letters;
    private final LetterKeyRows keys;
    private final Bodies bodies;
    private final Journal journal;

    /// @param space on the disk of the folder
    NewLetters(
            StateFolder folder,
            FreeSpace space,
            Committer committer,
            LetterRows letters,
            LetterKeyRows keys,
            Bodies bodies,
            Journal journal) {
        this.folder = folder;
        this.space = space;
        this.committer = committer;
        this.letters = letters;
        this.keys = keys;
        this.bodies = bodies;
        this.journal = journal;
    }

    /// Puts a letter that is being accepted into the queue.
    interface Enqueue {
        void run(Statements statements, Letter letter) throws SQLException;
    }

    /// What is stored if a letter is.
    ///
    /// @param letters of ours, with their bodies in memory
    record Reports(List<Letter> letters, Enqueue enqueue) {
        void insert(Statements statements, LetterRows rows) throws SQLException {
            for (var letter : letters) {
                rows.insert(statements, letter);
                enqueue.run(statements, letter);
            }
        }

        long sizeBytes() {
            return letters.stream().mapToLong(letter -> letter.message().sizeBytes()).sum();
        }
    }

    /// Stores a letter that is leased from its first moment.
    ///
    /// @param row of the queue, as `enqueue` inserts it
    /// @return the letter with its body where it is now
    /// @throws KnownLetterException when another has its name
    Letter storeLeased(Letter letter, Optional<LetterKey> key, List<Object> row, Enqueue enqueue, Reports reports) throws SpoolException {
        if (!(letter.message().body() instanceof MemoryBody body) || !reports.letters().isEmpty() || !committer.hasLog()) {
            return store(List.of(letter), key, enqueue, reports).getFirst();
        }
        var since = Stopwatch.start();
        space.acquire(IN_LOG_AND_FILE * letter.message().sizeBytes());
        var draft = new LogDraft(logged(letter, body, key, row));
        var written = committer.commitNew(rows(List.of(letter), key, enqueue, reports), concern(List.of(letter), key), draft,
                new Written.Stored(List.of(letter)));
        journal.took(Step.COMMIT, since);
        return stored(written).getFirst();
    }

    /// One in the log may have its id, or its name.
    private static LogConcern concern(List<Letter> letters, Optional<LetterKey> key) {
        return log -> letters.stream().anyMatch(letter -> log.has(letter.id().text())) || key.isPresent() && log.hasName(key.get().hash());
    }

    private static LoggedLetter logged(Letter letter, MemoryBody body, Optional<LetterKey> key, List<Object> row) {
        return new LoggedLetter(
                letter.id().text(),
                LetterRows.names(letter),
                LetterRows.addresses(letter),
                List.of(letter.id().text(), letter.message().header().octets(), body.octets(), body.sizeBytes()),
                row,
                key.map(name -> LetterKeyRows.row(name, letter)).orElse(List.of()));
    }

    /// Stores letters with the same body, all or none.
    ///
    /// @param letters at least one; the parts of one letter
    /// @param key that it is known by
    /// @param reports on it
    /// @return the letters with their bodies where they are now
    /// @throws KnownLetterException when another has its name
    List<Letter> store(List<Letter> letters, Optional<LetterKey> key, Enqueue enqueue, Reports reports) throws SpoolException {
        var since = Stopwatch.start();
        var stored = switch (letters.getFirst().message().body()) {
            case MemoryBody inMemory -> {
                var sizeBytes = letters.stream().mapToLong(letter -> letter.message().sizeBytes()).sum();
                space.acquire(IN_LOG_AND_FILE * (sizeBytes + reports.sizeBytes()));
                yield stored(committer.commitNew(rows(letters, key, enqueue, reports), concern(letters, key)));
            }
            case FileBody arrived -> keepFile(letters, arrived, key, enqueue, reports);
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

    /// What a transaction has done. It doesn't fail for a known letter, as others share it.
    private sealed interface Written {
        record Stored(List<Letter> letters) implements Written {}

        record Known(KnownLetter letter) implements Written {}
    }

    private static List<Letter> stored(Written written) throws KnownLetterException {
        return switch (written) {
            case Written.Stored(var letters) -> letters;
            case Written.Known(var letter) -> throw new KnownLetterException(letter);
        };
    }

    private Database.Work<Written> rows(List<Letter> letters, Optional<LetterKey> key, Enqueue enqueue, Reports reports) {
        return statements -> {
            var known = key.isPresent() ? keys.take(statements, key.get(), letters) : Optional.<KnownLetter>empty();
            if (known.isPresent()) {
                return new Written.Known(known.get());
            }
            for (var letter : letters) {
                this.letters.insert(statements, letter);
                enqueue.run(statements, letter);
            }
            reports.insert(statements, this.letters);
            return new Written.Stored(letters);
        };
    }

    private List<Letter> keepFile(
            List<Letter> letters, FileBody arrived, Optional<LetterKey> key, Enqueue enqueue, Reports reports) throws SpoolException {
        var stored = moveIn(letters, arrived);
        try {
            space.acquire(headerBytes(letters) + IN_LOG_AND_FILE * reports.sizeBytes());
            var moved = new ArrayList<Letter>();
            for (var i = 0; i < letters.size(); i++) {
                var letter = letters.get(i);
                moved.add(letter.withMessage(new Message(letter.message().header(), stored.get(i))));
            }
            var committed = stored(committer.commitLarge(rows(moved, key, enqueue, reports), concern(moved, key)));
            stored.forEach(bodies::committed);
            return committed;
        } catch (KnownLetterException known) {
            giveBack(stored, arrived);
            throw known;
        } catch (SpoolException failure) {
            // A failed fsync doesn't say whether the rows will be there after a restart; the sweep will see.
            if (!committer.isBroken()) {
                stored.forEach(bodies::drop);
            }
            throw failure;
        }
    }

    /// It may be stored after all, when the other letter has come to nothing.
    private void giveBack(List<FileBody> stored, FileBody arrived) {
        stored.stream().skip(1).forEach(bodies::drop);
        try {
            Files.move(stored.getFirst().file(), arrived.file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException gone) {
            bodies.drop(stored.getFirst());
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
