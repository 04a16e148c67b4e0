package facteur.spool;

import static facteur.spool.Letters.NOON;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.platform.commitlog.CommitLog;
import facteur.platform.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A SQLite spool whose log of letters stays as it is until the test says that time passes; and what is left of it when the process is
/// killed.
final class LoggedSpool implements AutoCloseable {
    final RecordingJournal journal = new RecordingJournal();
    private final Path state;
    private final AtomicLong nanos = new AtomicLong();
    private final OpenSpool open;

    private LoggedSpool(Path state) throws SpoolException, SQLException {
        this.state = state;
        var folder = StateFolder.open(state);
        var database = MigratedDatabase.open(state);
        try {
            var spool = SqlSpool.open(folder, database, 0, () -> NOON, nanos::get, journal, Duration.ofMinutes(1));
            open = new OpenSpool(folder, database, spool);
        } catch (SpoolException | RuntimeException failure) {
            database.close();
            folder.close();
            throw failure;
        }
    }

    static LoggedSpool open(Path state) throws SpoolException, SQLException {
        return new LoggedSpool(state);
    }

    /// How many records the file has that are in no table.
    int records() throws IOException, SQLException {
        try (var beside = Database.openBeside(state)) {
            var row = beside.reading(LetterLogRow::read);
            return CommitLog.read(state.resolve(LetterLog.NAME), row.round(), row.applied()).contents().size();
        }
    }

    Path state() {
        return state;
    }

    SqlSpool spool() {
        return open.spool();
    }

    Database database() {
        return open.database();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /// So that everything that is due is done: the tables are up to date behind any commit.
    void update() throws SpoolException {
        var _ = spool().committer().commit(_ -> true);
    }

    /// What a process killed now leaves, in another folder.
    void copyTo(Path killed) throws IOException {
        Files.createDirectories(killed);
        for (var name : new String[] {"facteur.db", "facteur.db-wal", LetterLog.NAME, SettlementFile.NAME}) {
            if (Files.exists(state.resolve(name))) {
                Files.copy(state.resolve(name), killed.resolve(name));
            }
        }
    }

    /// The first value of a select, with the tables as they are.
    Optional<String> behind(String select, Object... values) throws SQLException {
        try (var beside = Database.openBeside(state)) {
            return beside.reading(statements -> statements.first(select, row -> String.valueOf(row.getObject(1)), values));
        }
    }

    @Override
    public void close() {
        open.close();
    }
}
