package facteur.backup;

import facteur.access.AccessCleaner;
import facteur.backup.BackupException.Cause;
import facteur.platform.database.Database;
import facteur.platform.disk.PrivateFolder;
import facteur.platform.privileges.FileOwner;
import facteur.spool.SpoolCopy;
import facteur.spool.SpoolException;
import facteur.spool.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Restores a backup into a state folder that no daemon uses. Everything is unpacked next to the state and checked; only if
/// all of it is sound is it moved into place, the database last.
///
/// One thread.
public final class Restore {
    /// What happens to the letters of the queue.
    public enum Waiting {
        /// They are due as they were.
        DUE,
        /// They are put on hold, so that an operator can review which were relayed since.
        HELD
    }

    /// Where the queue is, by the configuration.
    public enum Queue {
        IN_STATE,
        ON_SERVER
    }

    /// @param madeAt when the backup was: letters that were relayed since are in the queue again
    /// @param letters in the queue
    /// @param aside where the previous state is; empty when there was none
    public record Restored(Instant madeAt, long letters, Optional<Path> aside) {}

    /// Called when the archive is open, before the state folder is touched.
    @FunctionalInterface
    public interface Before {
        void touching(Path state) throws IOException;
    }

    static final String HOLD_REASON = "restored from a backup";

    private static final String UNPACKED = "restore.new";
    private static final String ASIDE = "before-restore-";

    private final Path archive;
    private final Queue queue;
    private final InstantSource time;
    private final Before before;

    public Restore(Path archive, Queue queue, InstantSource time) {
        this(archive, queue, time, _ -> {});
    }

    /// @param before may give up the right to read the archive, which is open by then
    public Restore(Path archive, Queue queue, InstantSource time, Before before) {
        this.archive = archive;
        this.queue = queue;
        this.time = time;
        this.before = before;
    }

    /// @throws SpoolException when a daemon uses the folder, or it can't be used
    public Restored into(Path state, Existing existing, Waiting waiting)
            throws BackupException, SpoolException, IOException, SQLException {
        try (var reader = ArchiveReader.open(archive)) {
            requireFit(reader.manifest());
            before.touching(state);
            requireOwn(state);
            try (var folder = StateFolder.open(state)) {
                return into(folder.path(), reader, existing, waiting);
            }
        }
    }

    private Restored into(Path place, ArchiveReader reader, Existing existing, Waiting waiting)
            throws BackupException, IOException, SQLException {
        var found = found(place);
        if (existing == Existing.REFUSE && !found.isEmpty()) {
            throw new BackupException(Cause.IN_THE_WAY, place + " already contains a state: " + found.getFirst().getFileName());
        }
        var unpacked = place.resolve(UNPACKED);
        Folders.delete(unpacked);
        try {
            Files.createDirectory(unpacked, PrivateFolder.FOLDER_MODE);
            reader.unpack(unpacked);
            var letters = reader.manifest().holds(EntryName.DATABASE) ? check(unpacked, waiting) : 0;
            Folders.sync(unpacked);
            var aside = setAside(place, found);
            takePlace(unpacked, place);
            return new Restored(reader.manifest().madeAt(), letters, aside);
        } finally {
            Folders.delete(unpacked);
        }
    }

    /// Files of another user, the lock included, would keep the daemon out. A folder of root's that no daemon has used is a
    /// mounted volume: anyone with write access may begin.
    private static void requireOwn(Path state) throws BackupException {
        var owner = FileOwner.ofState(state);
        if (owner.isPresent() && !owner.get().isProcess() && !(owner.get().isRoot() && !Files.exists(state.resolve("lock")))) {
            throw new BackupException(Cause.NOT_OURS, state + " belongs to " + owner.get().name() + ": restore as that user");
        }
    }

    private void requireFit(Manifest manifest) throws BackupException {
        switch (queue) {
            case IN_STATE -> {
                if (!manifest.holds(EntryName.DATABASE)) {
                    throw new BackupException(Cause.UNFIT, archive + " contains no queue, and spool.url names no other place for it");
                }
            }
            case ON_SERVER -> {
                if (manifest.holds(EntryName.DATABASE)) {
                    throw new BackupException(Cause.UNFIT, archive + " contains a queue, but spool.url says that it is on a server");
                }
            }
        }
    }

    /// Parts of a state that are in the folder.
    private static List<Path> found(Path place) throws IOException {
        try (var all = Files.list(place)) {
            var names = all.filter(each -> EntryName.isState(each.getFileName().toString())).sorted().toList();
            var holding = new ArrayList<Path>();
            for (var name : names) {
                if (Folders.holdsFiles(name)) {
                    holding.add(name);
                }
            }
            return holding;
        }
    }

    /// @return the number of letters
    private long check(Path unpacked, Waiting waiting) throws BackupException, IOException, SQLException {
        var file = unpacked.resolve(EntryName.DATABASE);
        long letters;
        // Migrates an older one.
        try (var database = Database.open(unpacked)) {
            var damage = database.damage();
            if (!damage.isEmpty()) {
                throw new BackupException(Cause.UNFIT, archive + ": the database is corrupt: " + String.join("; ", damage));
            }
            var copy = new SpoolCopy(database);
            for (var body = copy.bodyAfter(""); body.isPresent(); body = copy.bodyAfter(body.get().id().text())) {
                requireBody(unpacked, body.get());
            }
            letters = copy.letters();
            // Whichever version made the file.
            var _ = AccessCleaner.endAll(database);
            switch (waiting) {
                case DUE -> {}
                case HELD -> copy.holdAll(HOLD_REASON);
            }
        }
        // A closed database has no write-ahead log.
        if (Files.exists(file.resolveSibling(EntryName.DATABASE + "-wal"))) {
            throw new BackupException(Cause.UNFIT, archive + ": the database can't be closed");
        }
        Folders.delete(unpacked.resolve("native"));
        PrivateFolder.sync(file, StandardOpenOption.WRITE);
        return letters;
    }

    private void requireBody(Path unpacked, SpoolCopy.BodyFile body) throws BackupException, IOException {
        try {
            if (Files.size(unpacked.resolve(body.name())) == body.sizeBytes()) {
                return;
            }
        } catch (NoSuchFileException missing) {
            // The same as a wrong size.
        }
        throw new BackupException(Cause.UNFIT, archive + ": the body of letter " + body.id() + " is missing, or of another size");
    }

    private Optional<Path> setAside(Path place, List<Path> found) throws IOException {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var stamp = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(time.instant());
        var aside = Files.createDirectory(place.resolve(ASIDE + stamp), PrivateFolder.FOLDER_MODE);
        for (var each : found) {
            Files.move(each, aside.resolve(each.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        Folders.sync(aside);
        new PrivateFolder(place).sync();
        return Optional.of(aside);
    }

    /// A daemon that started in between would create a new database. The lock keeps it out.
    private static void takePlace(Path unpacked, Path place) throws IOException {
        try (var all = Files.list(unpacked)) {
            for (var each : all.filter(file -> !file.endsWith(EntryName.DATABASE)).toList()) {
                var target = place.resolve(each.getFileName());
                if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    // It contains no file, else it would have been moved aside.
                    Folders.delete(target);
                }
                Files.move(each, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        new PrivateFolder(place).sync();
        var database = unpacked.resolve(EntryName.DATABASE);
        if (Files.exists(database)) {
            Files.move(database, place.resolve(EntryName.DATABASE), StandardCopyOption.ATOMIC_MOVE);
            new PrivateFolder(place).sync();
        }
    }
}
