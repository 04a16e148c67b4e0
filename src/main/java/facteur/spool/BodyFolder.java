package facteur.spool;

import static facteur.platform.disk.PrivateFolder.FOLDER_MODE;
import static facteur.platform.disk.PrivateFolder.sync;

import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import facteur.platform.database.Statements;
import facteur.platform.disk.FilePlace;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// Large bodies as files of the state folder. They are on disk before the row that names them, and are deleted after it; what a
/// crash leaves between is found at the next start ([Orphans]).
final class BodyFolder implements Bodies {
    private static final Set<PosixFilePermission> SEALED = Set.of(PosixFilePermission.OWNER_READ);

    private final StateFolder state;
    private final Path spool;
    /// Those folders of `spool/` that are known to be on disk; 1,024 at most.
    private final Set<Path> known = new HashSet<>();

    private final FilePlace place;

    /// @throws IOException when the folder isn't there
    BodyFolder(StateFolder state) throws IOException {
        this.state = state;
        spool = state.path().resolve("spool");
        place = FilePlace.of(spool);
    }

    @Override
    public Optional<String> displaced() {
        return place.trouble();
    }

    Path path() {
        return spool;
    }

    Path file(QueueId id) {
        return StateFolder.bodyFile(spool, id);
    }

    /// Moves an arrived body into the spool. When this returns, file and name are on disk; when it throws, the spool
    /// doesn't have it.
    ///
    /// @throws FileAlreadyExistsException when a letter of that id has a body
    @Override
    public FileBody accept(QueueId id, FileBody arrived) throws IOException {
        var target = file(id);
        var folder = target.resolveSibling("");
        sync(arrived.file(), StandardOpenOption.WRITE);
        makeFolder(folder);
        move(arrived.file(), target);
        try {
            sync(folder, StandardOpenOption.READ);
            sync(arrived.file().resolveSibling(""), StandardOpenOption.READ);
        } catch (IOException failure) {
            StateFolder.discard(target);
            throw failure;
        }
        return new FileBody(target, arrived.sizeBytes());
    }

    /// An atomic move replaces what it finds, so it looks first; no one else moves meanwhile.
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

    @Override
    public void insert(Statements statements, QueueId id, FileBody body) {
        // It is there already.
    }

    @Override
    public FileBody read(Statements statements, QueueId id, long sizeBytes) throws SQLException {
        var file = file(id);
        try {
            if (Files.size(file) == sizeBytes) {
                return new FileBody(file, sizeBytes);
            }
            throw new IllegalArgumentException("its body file is not as long as it was");
        } catch (NoSuchFileException missing) {
            if (displaced().isPresent()) {
                throw new SQLException(displaced().get(), missing);
            }
            throw new IllegalArgumentException("its body file can't be read: " + Reason.of(missing), missing);
        } catch (IOException failure) {
            throw new UncheckedIOException("its body file can't be read now: " + Reason.of(failure), failure);
        }
    }

    @Override
    public void committed(FileBody body) {
        seal(body.file());
    }

    /// Makes it read-only, which says that its letter was committed. Nothing waits for that to be on disk: after a power
    /// cut it may say too little, never too much.
    void seal(QueueId id) {
        seal(file(id));
    }

    private static void seal(Path file) {
        try {
            Files.setPosixFilePermissions(file, SEALED);
        } catch (IOException without) {
            // Then it says too little.
        }
    }

    boolean isSealed(QueueId id) throws IOException {
        return Files.getPosixFilePermissions(file(id)).equals(SEALED);
    }

    @Override
    public void release(FileBody body) {
        // The next attempt reads the same file.
    }

    @Override
    public void drop(FileBody body) {
        StateFolder.discard(body.file());
    }

    @Override
    public void sweep(Register register, Instant now, BiConsumer<QueueId, Path> teller) throws SpoolException, IOException {
        requireFolder(register);
        var orphans = Orphans.find(this, register);
        state.clearIncoming();
        orphans.clear(now, teller);
    }

    /// A disk that isn't mounted, or a folder that was moved: each of these letters would be held for want of its body.
    private void requireFolder(Register register) throws SpoolException, IOException {
        if (!state.isSpoolNew()) {
            return;
        }
        var letter = register.anyInFile();
        if (letter.isPresent()) {
            Files.deleteIfExists(spool);
            throw new SpoolException("there is no folder " + spool + ", which has the bodies of letters in the queue, such as " + letter.get()
                    + ". Nothing was changed. Put it back, or mount it; or, to give these bodies up, make an empty folder of that name;"
                    + " then start again");
        }
    }

    @Override
    public void purge(Instant before) throws IOException {
        Orphans.purge(spool, before);
    }

    /// What is done with each body.
    interface Look {
        void at(QueueId id) throws SpoolException, IOException;
    }

    void each(Look look) throws SpoolException, IOException {
        try (var folders = Files.newDirectoryStream(spool, Files::isDirectory)) {
            for (var folder : folders) {
                each(folder, look);
            }
        }
    }

    private void each(Path folder, Look look) throws SpoolException, IOException {
        try (var files = Files.newDirectoryStream(folder, "*" + StateFolder.SUFFIX)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var id = QueueId.parse(name.substring(0, name.length() - StateFolder.SUFFIX.length()));
                if (id.isPresent() && file.equals(file(id.get()))) {
                    look.at(id.get());
                }
            }
        }
    }

    long count() throws SpoolException, IOException {
        var count = new AtomicLong();
        each(_ -> count.incrementAndGet());
        return count.get();
    }
}
