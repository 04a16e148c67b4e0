package facteur.spool;

import static facteur.platform.disk.PrivateFolder.FILE_MODE;
import static facteur.platform.disk.PrivateFolder.FOLDER_MODE;

import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.disk.PrivateFolder;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder with the state of one daemon, and the only way for large bodies to the disk.
///
/// ```
/// lock                          held while a daemon runs
/// node                          names this folder among nodes that share a database
/// unsettled                     what became of letters, while the database can't be written
/// keys/<domain>/<selector>.pem  what letters are signed with
/// reserve                       room for the hour when the disk is full
/// admin                         how that daemon is steered
/// facteur.db, -wal, -shm        the database
/// letters.log                   letters on their way into it
/// native/                       the database driver's library, while it runs
/// incoming/                     bodies that are still arriving; emptied at start
/// spool/<xx>/<queue id>.body    bodies of letters in the queue; xx = the id's last two characters
/// spool/orphaned/               bodies of no letter, that a start found
/// ```
/// Files have mode 0600, folders 0700; bodies of letters have 0400. Thread-safe.
public final class StateFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    static final String SUFFIX = ".body";

    private final Path state;
    private final Path incoming;
    private final Path spool;
    private final FileChannel lockFile;
    private final boolean isSpoolNew;

    private StateFolder(Path state, FileChannel lockFile) throws IOException {
        this.state = state;
        this.lockFile = lockFile;
        incoming = state.resolve("incoming");
        spool = state.resolve("spool");
        Files.createDirectories(incoming, FOLDER_MODE);
        isSpoolNew = !Files.isDirectory(spool);
        Files.createDirectories(spool, FOLDER_MODE);
    }

    /// Creates the folder when there is none, and locks it. To be opened before the database in it.
    ///
    /// @throws SpoolException when another daemon has it, or it can't be written
    public static StateFolder open(Path folder) throws SpoolException {
        var state = folder.toAbsolutePath();
        try {
            Files.createDirectories(state, FOLDER_MODE);
            var file = FileChannel.open(
                    state.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE_MODE);
            try {
                if (tryLock(file) == null) {
                    throw new SpoolException(folder + " is in use by another facteur");
                }
                // Before anything is written.
                if (new Reserve(state).giveUpOnFullDisk()) {
                    LOG.error("the disk of {} is full: the reserve is freed, so that the queue can drain", state);
                }
                clear(state.resolve("native"));
                return new StateFolder(state, file);
            } catch (SpoolException | IOException failure) {
                file.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + folder + ": " + Reason.of(failure), failure);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    public Path path() {
        return state;
    }

    /// For files that are of no use after this process: a start empties it.
    public Path incoming() {
        return incoming;
    }

    /// Whether there was no folder for bodies before this was opened.
    boolean isSpoolNew() {
        return isSpoolNew;
    }

    /// Opens the database of the letters whose bodies lie here. A file that isn't there is made, for a new folder.
    ///
    /// @throws SpoolException when there are letters here, and no database
    /// @throws SQLException when it can't be opened
    public Database open(DatabaseSettings settings) throws SpoolException, SQLException {
        switch (settings) {
            case DatabaseSettings.InState _ -> requireDatabase();
            case DatabaseSettings.OnServer _ -> {} // It holds the bodies, too.
        }
        return settings.open();
    }

    /// A new database would make orphans of the bodies, and SQLite forgets a log that has no database.
    private void requireDatabase() throws SpoolException {
        try {
            if (isEmpty(state.resolve("facteur.db"))) {
                if (Files.exists(state.resolve("facteur.db.rescued"))) {
                    throw new SpoolException("there is no database " + state.resolve("facteur.db") + ", but there is facteur.db.rescued,"
                            + " which holds its letters: rename it to facteur.db, then start again");
                }
                if (!isEmpty(state.resolve("facteur.db-wal"))) {
                    throw missing("facteur.db-wal, which holds letters", "move facteur.db-wal");
                }
                if (LetterLogReplay.hasLetters(state)) {
                    throw missing(LetterLog.NAME + ", which holds letters", "move " + LetterLog.NAME);
                }
                var bodies = new BodyFolder(this).count();
                if (bodies > 0) {
                    throw missing(spool + " with the bodies of " + bodies + " letters", "move " + spool);
                }
            }
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + state + ": " + Reason.of(failure), failure);
        }
    }

    private SpoolException missing(String there, String away) {
        return new SpoolException("there is no database " + state.resolve("facteur.db") + ", but there is " + there
                + ". Nothing was changed. Put facteur.db back, with facteur.db-wal if there is one, or restore a backup"
                + " (facteur restore --force); or, to give these letters up, " + away + " away; then start again");
    }

    private static boolean isEmpty(Path file) throws IOException {
        try {
            return Files.size(file) == 0;
        } catch (NoSuchFileException none) {
            return true;
        }
    }

    /// Puts a small file into the folder, in one step: it is never read half. It is on disk when this
    /// returns.
    ///
    /// @throws SpoolException when the folder can't be written
    public void publish(String name, String text) throws SpoolException {
        try {
            new PrivateFolder(state).publish(name, text);
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + state + ": " + Reason.of(failure), failure);
        }
    }

    /// Takes such a file away.
    public void withdraw(String name) {
        discard(state.resolve(name));
    }

    /// What distinguishes this folder from those of other nodes: made once.
    ///
    /// @throws SpoolException when it can't be read or written
    String node() throws SpoolException {
        var file = state.resolve("node");
        try {
            if (!Files.exists(file)) {
                publish("node", UUID.randomUUID().toString());
            }
            return UUID.fromString(Files.readString(file)).toString();
        } catch (IOException | IllegalArgumentException failure) {
            throw new SpoolException("cannot use " + file + ": " + Reason.of(failure), failure);
        }
    }

    /// A new, empty file in `incoming/`.
    Path newBodyFile() throws IOException {
        return Files.createTempFile(incoming, "", SUFFIX, FILE_MODE);
    }

    /// The same octets again, in `incoming/`.
    FileBody copy(FileBody body) throws IOException {
        var copy = newBodyFile();
        try (var out = Files.newOutputStream(copy)) {
            Files.copy(body.file(), out);
        } catch (IOException failure) {
            discard(copy);
            throw failure;
        }
        return new FileBody(copy, body.sizeBytes());
    }

    /// Where the large body of a letter is, whether or not it has one.
    Path bodyFile(QueueId id) {
        return bodyFile(spool, id);
    }

    static Path bodyFile(Path spool, QueueId id) {
        var text = id.text();
        return spool.resolve(text.substring(text.length() - 2)).resolve(text + SUFFIX);
    }

    /// Deletes a body that nothing names any more. One that can't be deleted is swept at the next start.
    static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // Said above.
        }
    }

    /// Deletes the large body of a letter that has ended, if it had one; beside the daemon whose folder it is.
    static void discard(Path state, QueueId id) {
        discard(bodyFile(state.toAbsolutePath().resolve("spool"), id));
    }

    /// How much may still be written; 0 when the disk doesn't say. One system call.
    long freeBytes() {
        // There is no FileStore in a root folder that is no mount point.
        return state.toFile().getUsableSpace();
    }

    /// Empties `incoming/`. Before anybody writes.
    void clearIncoming() throws IOException {
        clear(incoming);
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
                for (var file : files) {
                    discard(file);
                }
            }
        }
    }

    /// Releases the lock.
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException endsWithTheProcess) {
            // The system lets go of it then.
        }
    }
}
