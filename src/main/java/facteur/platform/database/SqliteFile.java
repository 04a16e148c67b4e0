package facteur.platform.database;

import static facteur.platform.disk.PrivateFolder.FILE_MODE;
import static facteur.platform.disk.PrivateFolder.FOLDER_MODE;

import facteur.platform.disk.FilePlace;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The file `facteur.db`, and how it is opened. Immutable.
record SqliteFile(Path path) {
    static final int PAGE_BYTES = 4096;
    private static final int BUSY_MILLIS = 10_000;
    private static final int LOG_LIMIT_BYTES = 64 << 20;

    static SqliteFile in(Path state) {
        return new SqliteFile(state.toAbsolutePath().resolve("facteur.db"));
    }

    /// Makes it when it is new, empty and with mode 0600, and finds the driver its library.
    void prepare() throws SQLException {
        try {
            if (!DriverLibrary.isPacked()) {
                var libraries = path.resolveSibling("native");
                Files.createDirectories(libraries, FOLDER_MODE);
                DriverLibrary.unpackInto(libraries);
            }
            Files.createFile(path, FILE_MODE);
        } catch (FileAlreadyExistsException old) {
            // An existing database: its mode is the operator's.
        } catch (IOException failure) {
            throw new SQLException("cannot create " + path + ": " + Reason.of(failure), failure);
        }
    }

    /// For an operator's command, which has nothing to do without it.
    ///
    /// @throws SQLException when it isn't there, or can't be seen by this user: what to do
    void requireThere() throws SQLException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            throw new SQLException("there is no database in " + path.getParent() + " yet: the relay makes it at its first start", missing);
        } catch (AccessDeniedException denied) {
            throw new SQLException(Reason.of(denied) + ": do this as that user, or as root", denied);
        } catch (IOException failure) {
            throw new SQLException("cannot read " + path + ": " + Reason.of(failure), failure);
        }
    }

    /// Finds the driver its library, for an operator's command, which makes nothing.
    void prepareBeside() {
        var libraries = path.resolveSibling("native");
        if (!DriverLibrary.isPacked() && Files.isWritable(libraries)) {
            // Elsewhere the driver finds a place itself: a folder of root's here would keep the daemon out.
            DriverLibrary.unpackInto(libraries);
        }
    }

    /// Itself, the write-ahead log and the log's index, which exist while any process has it open.
    ///
    /// @throws SQLException when none has
    List<FilePlace> places() throws SQLException {
        try {
            return List.of(
                    FilePlace.ofFilled(path),
                    FilePlace.of(path.resolveSibling("facteur.db-wal")),
                    FilePlace.of(path.resolveSibling("facteur.db-shm")));
        } catch (IOException failure) {
            throw new SQLException("cannot use " + path + ": " + Reason.of(failure), failure);
        }
    }

    /// What opens connections to it.
    SQLiteDataSource source() {
        var config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setWalAutocheckpoint(0);
        config.setJournalSizeLimit(LOG_LIMIT_BYTES);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        // The driver would ask for them after each insert, by a statement that it prepares each time.
        config.setGetGeneratedKeys(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }
}
