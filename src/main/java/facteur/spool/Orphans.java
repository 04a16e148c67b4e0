package facteur.spool;

import static facteur.platform.disk.PrivateFolder.FOLDER_MODE;

import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Bodies that no letter names, as a start finds them.
///
/// A crash between the body and the commit of its letter leaves one, whose app never got a 250. It goes to `spool/orphaned/`
/// rather than away: only the database says that no letter needs it, and that may be the wrong one.
///
/// A body that is sealed ([BodyFolder#seal]) belonged to a committed letter. When such a one is newer than every letter of
/// the database, and unknown to it, the database is an older copy, or another. Then nothing may start, since letters that
/// got a 250 are missing, and would be missed for good.
///
/// For one thread, before anybody writes.
final class Orphans {
    private static final String FOLDER = "orphaned";
    /// How much later a letter may be committed than one that was made after it; and what a clock is put right by.
    private static final Duration OVERTAKING = Duration.ofMinutes(10);

    private final BodyFolder bodies;
    private final Bodies.Register register;
    private final List<QueueId> ended = new ArrayList<>();
    private final List<QueueId> orphaned = new ArrayList<>();
    private final List<QueueId> missed = new ArrayList<>();

    private Orphans(BodyFolder bodies, Bodies.Register register) {
        this.bodies = bodies;
        this.register = register;
    }

    /// Looks, and changes nothing but the seals of bodies whose letters wait.
    ///
    /// @throws SpoolException when the database is older than the bodies
    static Orphans find(BodyFolder bodies, Bodies.Register register) throws SpoolException, IOException {
        var orphans = new Orphans(bodies, register);
        var latest = register.newest().map(QueueIds::madeAt).orElse(Instant.MIN);
        bodies.each(id -> orphans.sort(id, QueueIds.madeAt(id).plus(OVERTAKING).isAfter(latest)));
        orphans.requireNoneMissed();
        return orphans;
    }

    private void sort(QueueId id, boolean isNewest) throws SpoolException, IOException {
        switch (register.of(id)) {
            case WAITS -> bodies.seal(id);
            case ENDED -> ended.add(id);
            case UNKNOWN -> {
                if (isNewest && bodies.isSealed(id)) {
                    missed.add(id);
                } else {
                    orphaned.add(id);
                }
            }
        }
    }

    private void requireNoneMissed() throws SpoolException {
        if (!missed.isEmpty()) {
            throw new SpoolException(bodies.path() + " holds bodies of " + missed.size() + " letters that got a 250, such as "
                    + missed.getFirst() + ", and facteur.db is older than they are and doesn't know them. Nothing was"
                    + " changed. Put the right facteur.db back; or, to give these letters up, move "
                    + bodies.path() + " away and make an empty folder in its place; then start again");
        }
    }

    /// Deletes the bodies of letters that have ended, and sets aside those of no letter.
    ///
    /// @param teller gets each that is set aside, and where it is
    void clear(Instant now, BiConsumer<QueueId, Path> teller) throws IOException {
        ended.forEach(id -> StateFolder.discard(bodies.file(id)));
        if (!orphaned.isEmpty()) {
            var folder = Files.createDirectories(bodies.path().resolve(FOLDER), FOLDER_MODE);
            for (var id : orphaned) {
                var file = bodies.file(id);
                var aside = folder.resolve(file.getFileName());
                // From now on it is kept as long as history.
                Files.setLastModifiedTime(file, FileTime.from(now));
                Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
                teller.accept(id, aside);
            }
            new PrivateFolder(folder).sync();
        }
    }

    /// Deletes what was set aside before then.
    static void purge(Path spool, Instant before) throws IOException {
        try (var files = Files.newDirectoryStream(spool.resolve(FOLDER), Files::isRegularFile)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    StateFolder.discard(file);
                }
            }
        } catch (NoSuchFileException none) {
            // Most have none.
        }
    }
}
