package facteur.spool;

import static facteur.disk.PrivateFolder.FILE_MODE;
import static facteur.disk.PrivateFolder.FOLDER_MODE;
import static facteur.disk.PrivateFolder.sync;

import facteur.disk.PrivateFolder;
import facteur.message.FileBody;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The folder that one daemon keeps its state in, and the only way that large bodies reach the disk.
///
/// ```
/// lock                          held while a daemon runs
/// node                          names this folder among nodes that share a database
/// keys/<domain>/<selector>.pem  what letters are signed with
/// admin                         how that daemon is steered
/// facteur.db, -wal, -shm        the database
/// native/                       the database driver's library, while it runs
/// incoming/                     bodies that are still arriving; emptied at start
/// spool/<xx>/<queue id>.body    bodies of letters in the queue; xx = the id's last two characters
/// ```
/// Files have mode 0600, folders 0700. Thread-safe.
public final class StateFolder implements AutoCloseable {
    private static final String SUFFIX = ".body";

    private final Path state;
    private final Path incoming;
    private final Path spool;
    private final FileChannel lockFile;
    /// Those folders of `spool/` that are known to be on disk; 1,024 at most.
    private final Set<Path> known = new HashSet<>();

    private StateFolder(Path state, FileChannel lockFile) throws IOException {
        this.state = state;
        this.lockFile = lockFile;
        incoming = state.resolve("incoming");
        spool = state.resolve("spool");
        Files.createDirectories(incoming, FOLDER_MODE);
        Files.createDirectories(spool, FOLDER_MODE);
    }

    /// Makes the folder when there is none, and takes its lock. To be opened before the database in it.
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
                clear(state.resolve("native"));
                return new StateFolder(state, file);
            } catch (SpoolException | IOException failure) {
                file.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + folder + ": " + failure, failure);
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

    /// Puts a small file into the folder, in one step: nobody ever reads half of it. It is on disk when this
    /// returns.
    ///
    /// @throws SpoolException when the folder can't be written
    public void publish(String name, String text) throws SpoolException {
        try {
            new PrivateFolder(state).publish(name, text);
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + state + ": " + failure, failure);
        }
    }

    /// Takes such a file away.
    public void withdraw(String name) {
        discard(state.resolve(name));
    }

    /// What tells this folder from those of other nodes: made once, and kept.
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
            throw new SpoolException("cannot use " + file + ": " + failure, failure);
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

    private static Path bodyFile(Path spool, QueueId id) {
        var text = id.text();
        return spool.resolve(text.substring(text.length() - 2)).resolve(text + SUFFIX);
    }

    /// Moves an arrived body into the spool. When this returns, file and name are on disk; when it throws, the spool
    /// doesn't have it.
    ///
    /// @throws FileAlreadyExistsException when a letter of that id has a body
    FileBody keep(QueueId id, FileBody body) throws IOException {
        var target = bodyFile(id);
        var folder = target.resolveSibling("");
        sync(body.file(), StandardOpenOption.WRITE);
        makeFolder(folder);
        move(body.file(), target);
        try {
            sync(folder, StandardOpenOption.READ);
            sync(incoming, StandardOpenOption.READ);
        } catch (IOException failure) {
            discard(target);
            throw failure;
        }
        return new FileBody(target, body.sizeBytes());
    }

    /// An atomic move replaces what it finds, so it looks first; nobody else moves meanwhile.
    private void move(Path file, Path target) throws IOException {
        synchronized (known) {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void makeFolder(Path folder) throws IOException {
        synchronized (known) {
            if (!known.contains(folder)) {
                Files.createDirectories(folder, FOLDER_MODE);
                sync(spool, StandardOpenOption.READ);
                known.add(folder);
            }
        }
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

    /// How much may still be written; 0 when the disk can't tell. One system call.
    long freeBytes() {
        // A FileStore can't be had in a root folder that is no mount point.
        return state.toFile().getUsableSpace();
    }

    /// Empties `incoming/`. Before anybody writes.
    void clearIncoming() throws IOException {
        clear(incoming);
    }

    /// Empties `incoming/`, and deletes the bodies that no letter names. Before anybody writes.
    void sweep(Bodies.Named named) throws SpoolException, IOException {
        clearIncoming();
        try (var folders = Files.newDirectoryStream(spool, Files::isDirectory)) {
            for (var folder : folders) {
                sweep(folder, named);
            }
        }
    }

    private void sweep(Path folder, Bodies.Named named) throws SpoolException, IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var id = QueueId.parse(name.substring(0, name.length() - SUFFIX.length()));
                var isBody = id.isPresent() && file.equals(bodyFile(id.get()));
                if (isBody && !named.test(id.get())) {
                    discard(file);
                }
            }
        }
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

    /// Lets go of the lock.
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException endsWithTheProcess) {
            // The system lets go of it then.
        }
    }
}
