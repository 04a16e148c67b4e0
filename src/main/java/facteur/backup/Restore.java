package facteur.backup;

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

/// Puts a backup into a state folder that no daemon works in. Everything is unpacked beside the state and looked at; only
/// when all of it is sound does it take its place, the database last.
///
/// One thread.
public final class Restore {
    /// What becomes of the letters of the queue.
    public enum Waiting {
        /// They are due as they were.
        DUE,
        /// They are put on hold, for somebody to look which of them were relayed since.
        HELD
    }

    /// What the configuration keeps the queue in.
    public enum Queue {
        IN_STATE,
        ON_SERVER
    }

    /// @param madeAt when the backup was: letters that were relayed since are in the queue again
    /// @param letters in the queue
    /// @param aside where the state of before is; empty when there was none
    public record Restored(Instant madeAt, long letters, Optional<Path> aside) {}

    /// What has to be done before the state folder is touched, once the archive is open.
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

    /// @throws SpoolException when a daemon works in the folder, or it can't be used
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
            throw new BackupException(Cause.IN_THE_WAY, place + " holds a state already: " + found.getFirst().getFileName());
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

    /// What another user makes in there would keep the daemon out, down to the lock. A folder that is root's and holds
    /// nothing of a daemon's yet is a mounted volume: whoever may write there may begin.
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
                    throw new BackupException(Cause.UNFIT, archive + " holds no queue, and spool.url names no other place for it");
                }
            }
            case ON_SERVER -> {
                if (manifest.holds(EntryName.DATABASE)) {
                    throw new BackupException(Cause.UNFIT, archive + " holds a queue, but spool.url says that it is on a server");
                }
            }
        }
    }

    /// What is in the folder of a state, be it whole or not.
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

    /// @return how many letters there are
    private long check(Path unpacked, Waiting waiting) throws BackupException, IOException, SQLException {
        var file = unpacked.resolve(EntryName.DATABASE);
        long letters;
        // Brings an older one to this version.
        try (var database = Database.open(unpacked)) {
            var damage = database.damage();
            if (!damage.isEmpty()) {
                throw new BackupException(Cause.UNFIT, archive + ": the database is damaged: " + String.join("; ", damage));
            }
            var copy = new SpoolCopy(database);
            for (var body = copy.bodyAfter(""); body.isPresent(); body = copy.bodyAfter(body.get().id().text())) {
                requireBody(unpacked, body.get());
            }
            letters = copy.letters();
            switch (waiting) {
                case DUE -> {}
                case HELD -> copy.holdAll(HOLD_REASON);
            }
        }
        // Closed by its last user, it has no log beside it.
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
            // As one of another size.
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

    /// A daemon that starts in between finds no database: it would make a new one. The lock keeps it out.
    private static void takePlace(Path unpacked, Path place) throws IOException {
        try (var all = Files.list(unpacked)) {
            for (var each : all.filter(file -> !file.endsWith(EntryName.DATABASE)).toList()) {
                var target = place.resolve(each.getFileName());
                if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    // Without a file in it, else it would have been in the way, and moved.
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
