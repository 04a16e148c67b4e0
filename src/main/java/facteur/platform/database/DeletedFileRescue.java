package facteur.platform.database;

import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database whose file was deleted while it was open: its content goes into another file before it is closed, since it is
/// lost after that. One that was moved is still there, and needs no rescue. For one thread, the last that writes.
final class DeletedFileRescue {
    private static final Logger LOG = LoggerFactory.getLogger(DeletedFileRescue.class);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private final Path file;
    private final Path rescued;

    /// @param file of the database, as it was opened
    DeletedFileRescue(Path file) {
        this.file = file;
        this.rescued = file.resolveSibling(file.getFileName() + ".rescued");
    }

    /// Does nothing where nothing was deleted.
    void run(Statements writer) {
        if (Files.exists(file) || !isDeleted()) {
            return;
        }
        try {
            copy(writer);
            LOG.error("{} was deleted; its content is now in {}. Rename that to {}, and start again",
                    file, rescued.getFileName(), file.getFileName());
        } catch (SQLException | IOException failure) {
            LOG.error("{} was deleted, and its content can't be saved: {}", file, failure.getMessage());
        }
    }

    private void copy(Statements writer) throws SQLException, IOException {
        var unfinished = rescued.resolveSibling(rescued.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PrivateFolder.FILE_MODE);
        writer.update("vacuum into ?", unfinished.toString());
        PrivateFolder.sync(unfinished, StandardOpenOption.WRITE);
        Files.move(unfinished, rescued, StandardCopyOption.ATOMIC_MOVE);
        // SQLite would apply this log to the rescued file, to which it doesn't belong.
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
        new PrivateFolder(file.resolveSibling("")).sync();
    }

    /// According to the list of files that this process has open.
    private boolean isDeleted() {
        try (var open = Files.newDirectoryStream(OPEN_FILES)) {
            // The folder may be reached by a link.
            var deleted = file.resolveSibling("").toRealPath().resolve(file.getFileName()) + " (deleted)";
            for (var each : open) {
                if (leadsTo(deleted, each)) {
                    return true;
                }
            }
            return false;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean leadsTo(String name, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(name);
        } catch (IOException closed) {
            return false;
        }
    }
}
