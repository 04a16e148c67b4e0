package facteur.backup;

import facteur.access.AccessCleaner;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import facteur.platform.disk.PrivateFolder;
import facteur.spool.LetterLogReplay;
import facteur.spool.SpoolCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a state folder into one file, whether or not a daemon uses it.
///
/// The database is copied first, as one snapshot. A body is written before the row that names it, and deleted after that row;
/// so each body that the copy names exists, unless its letter has ended since. Such a letter is removed from the copy. So the
/// file is consistent.
///
/// One thread.
public final class Backup {
    /// @param letters in the queue
    /// @param bodies in files
    /// @param lost letters of the queue whose body is missing: they can't be relayed either
    public record Made(long letters, long bodies, List<QueueId> lost) {
        public Made {
            lost = List.copyOf(lost);
        }
    }

    private final Path state;
    private final InstantSource time;
    private final List<QueueId> lost = new ArrayList<>();
    private long letters;
    private long bodies;

    public Backup(Path state, InstantSource time) {
        this.state = state.toAbsolutePath();
        this.time = time;
    }

    /// Writes it atomically: the name never shows half a file. It is on disk when this returns.
    ///
    /// @param database in the state folder; empty when it is elsewhere
    public Made write(Optional<Database> database, Path target, Existing existing)
            throws BackupException, IOException, SQLException {
        if (existing == Existing.REFUSE && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new BackupException(BackupException.Cause.IN_THE_WAY, target + " is there already");
        }
        var file = target.toAbsolutePath();
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        var copy = file.resolveSibling(file.getFileName() + ".copy");
        Folders.delete(copy);
        Files.deleteIfExists(unfinished);
        try (var archive = new ArchiveWriter(unfinished)) {
            var madeAt = time.instant();
            if (database.isPresent()) {
                addQueue(database.get(), Files.createDirectory(copy, PrivateFolder.FOLDER_MODE), archive);
            }
            addSmall(archive);
            archive.finish(madeAt);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            new PrivateFolder(file.resolveSibling("")).sync();
        } finally {
            Files.deleteIfExists(unfinished);
            Folders.delete(copy);
        }
        return new Made(letters, bodies, lost);
    }

    private void addQueue(Database database, Path folder, ArchiveWriter archive) throws IOException, SQLException {
        var file = Files.createFile(folder.resolve(EntryName.DATABASE), PrivateFolder.FILE_MODE);
        // What the daemon has accepted so far belongs to it.
        LetterLogReplay.beside(state, database);
        database.copyTo(file);
        try (var copied = Database.openBeside(folder)) {
            addBodies(new SpoolCopy(database), new SpoolCopy(copied), archive);
            var _ = AccessCleaner.endAll(copied);
            letters = new SpoolCopy(copied).letters();
        }
        add(EntryName.DATABASE, file, archive);
    }

    private void addBodies(SpoolCopy live, SpoolCopy copy, ArchiveWriter archive) throws IOException, SQLException {
        for (var body = copy.bodyAfter(""); body.isPresent(); body = copy.bodyAfter(body.get().id().text())) {
            try {
                add(body.get().name(), state.resolve(body.get().name()), archive);
                bodies++;
            } catch (NoSuchFileException gone) {
                var id = body.get().id();
                if (live.hasBodyFile(id)) {
                    lost.add(id);
                }
                copy.remove(id, time.instant());
            }
        }
    }

    /// The small files that exist now.
    private void addSmall(ArchiveWriter archive) throws IOException {
        addSmall(state, "", archive);
        for (var name : EntryName.FOLDERS) {
            if (Files.isDirectory(state.resolve(name))) {
                try (var folders = Files.newDirectoryStream(state.resolve(name), Files::isDirectory)) {
                    for (var folder : folders) {
                        addSmall(folder, name + "/" + folder.getFileName() + "/", archive);
                    }
                }
            }
        }
    }

    private static void addSmall(Path folder, String prefix, ArchiveWriter archive) throws IOException {
        DirectoryStream.Filter<Path> files = each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
                && EntryName.isSmall(prefix + each.getFileName());
        try (var found = Files.newDirectoryStream(folder, files)) {
            for (var file : found) {
                add(prefix + file.getFileName(), file, archive);
            }
        }
    }

    private static void add(String name, Path file, ArchiveWriter archive) throws IOException {
        try (var in = Files.newInputStream(file)) {
            archive.add(name, in);
        }
    }
}
