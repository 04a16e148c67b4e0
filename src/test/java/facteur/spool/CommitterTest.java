package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CommitterTest {
    private static final String INSERT =
            "insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule, settings_version, reverse_path, "
                    + "original_reverse_path, body_type, header_encoding, size_bytes) values (?, 0, '', '', '', '', '', '', '', '', '<>', '<>', '7BIT', 'ASCII', 0)";

    @TempDir
    private Path state;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Database database;
    private Committer committer;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedDatabase.open(state);
        committer = Committer.start(database, CommitterDisk.of(database), new OutageJournal(event -> {}, System::nanoTime, () -> 0));
    }

    @AfterEach
    void close() {
        threads.close();
        committer.close();
        database.close();
    }

    /// Runs all of them in one batch.
    private List<Future<Integer>> together(List<Database.Work<Integer>> works) throws Exception {
        var began = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var first = threads.submit(() -> committer.commit(statements -> {
            began.countDown();
            try {
                go.await();
            } catch (InterruptedException stopped) {
                throw new SQLException(stopped);
            }
            return 0;
        }));
        began.await();
        var futures = new ArrayList<Future<Integer>>();
        for (var work : works) {
            var before = committer.backlog();
            futures.add(threads.submit(() -> committer.commit(work)));
            while (committer.backlog() == before) {
                Thread.onSpinWait();
            }
        }
        go.countDown();
        first.get();
        return futures;
    }

    private static Database.Work<Integer> insert(String id) {
        return statements -> statements.update(INSERT, id);
    }

    private int letters() throws SQLException {
        return database.reading(statements -> statements.first("select count(*) from letter", row -> row.getInt(1)))
                .orElseThrow();
    }

    @Test
    void letsABadOneFailAlone() throws Exception {
        var results = together(List.of(
                insert("a"),
                insert("a"),
                statements -> {
                    statements.update(INSERT, "half done");
                    throw new IllegalStateException("a bug");
                },
                insert("b")));
        assertThat(results.get(0).get()).isEqualTo(1);
        assertThatThrownBy(() -> results.get(1).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SpoolException.class);
        assertThatThrownBy(() -> results.get(2).get()).hasCauseInstanceOf(SpoolException.class);
        assertThat(results.get(3).get()).isEqualTo(1);
        assertThat(letters()).isEqualTo(2);
        committer.refuseWhenBroken();
    }

    @Test
    void failsAllWithoutTryingAgainWhenTheDiskFails() throws Exception {
        var results = together(List.of(insert("a"), statements -> {
            throw new SQLException("fsync", "", 10 | 4 << 8);
        }));
        for (var result : results) {
            assertThatThrownBy(result::get).hasCauseInstanceOf(SpoolException.class);
        }
        assertThat(letters()).isZero();
        assertThatThrownBy(() -> committer.commitNew(insert("b"))).isInstanceOf(SpoolException.class);
    }

    private static Database.Work<Integer> full(int times, Database.Work<Integer> work) {
        var left = new AtomicInteger(times);
        return statements -> {
            if (left.getAndDecrement() > 0) {
                throw new SQLException("database or disk is full", "", 13);
            }
            return work.run(statements);
        };
    }

    /// Counts how often the reserve is given up; it can be once.
    private static final class FullDisk implements CommitterDisk {
        private int given;

        @Override
        public Optional<String> displaced() {
            return Optional.empty();
        }

        @Override
        public boolean isNearlyFull() {
            return true;
        }

        @Override
        public boolean giveUpReserve() {
            given++;
            return given == 1;
        }
    }

    @Test
    void givesTheReserveToWhatTheSpoolHas() throws Exception {
        var disk = new FullDisk();
        try (var onFullDisk = Committer.start(database, disk, new OutageJournal(event -> {}, System::nanoTime, () -> 0))) {
            // The log alone may do.
            assertThat(onFullDisk.commit(full(1, insert("a")))).isEqualTo(1);
            assertThat(disk.given).isZero();
            assertThat(onFullDisk.commit(full(2, insert("b")))).isEqualTo(1);
            assertThat(disk.given).isEqualTo(1);
            assertThatThrownBy(() -> onFullDisk.commit(full(2, insert("c")))).isInstanceOf(SpoolException.class);
            onFullDisk.refuseWhenBroken();
        }
        assertThat(letters()).isEqualTo(2);
    }

    @Test
    void givesNewLettersNothingOfTheReserve() {
        var disk = new FullDisk();
        try (var onFullDisk = Committer.start(database, disk, new OutageJournal(event -> {}, System::nanoTime, () -> 0))) {
            assertThatThrownBy(() -> onFullDisk.commitNew(full(1, insert("a")))).isInstanceOf(SpoolException.class);
        }
        assertThat(disk.given).isZero();
    }

    /// The index of its log can't grow.
    @Test
    void goesOnAfterAFullDiskThatSqliteTellsAsAnError() throws Exception {
        assertThatThrownBy(() -> committer.commitNew(statements -> {
            throw new SQLException("disk I/O error", "", 10 | 19 << 8);
        }))
                .isInstanceOf(SpoolException.class);
        assertThat(committer.commitNew(insert("a"))).isEqualTo(1);
    }

    /// What SQLite says when it can open no file more.
    @Test
    void goesOnAfterAWantOfDescriptors() throws Exception {
        assertThatThrownBy(() -> committer.commitNew(statements -> {
            throw new SQLException("unable to open database file", "", 14);
        }))
                .isInstanceOfSatisfying(SpoolException.class, e -> assertThat(e.remedy()).isEqualTo(SpoolException.Remedy.PATIENCE));
        assertThat(committer.commitNew(insert("a"))).isEqualTo(1);
    }

    @Test
    void survivesAnErrorButTakesNothingNew() throws Exception {
        var results = together(List.of(statements -> {
            throw new StackOverflowError();
        }));
        assertThatThrownBy(() -> results.getFirst().get()).hasCauseInstanceOf(SpoolException.class);
        assertThat(committer.commit(insert("a"))).isEqualTo(1);
        assertThatThrownBy(() -> committer.commitNew(insert("b"))).isInstanceOf(SpoolException.class);
    }

    @Test
    void sharesACommitAmongNoMoreThanTheLimit() throws Exception {
        var works = new ArrayList<Database.Work<Integer>>();
        for (var i = 0; i <= Committer.BATCH_LIMIT; i++) {
            works.add(insert("letter " + i));
        }
        for (var result : together(works)) {
            result.get();
        }
        assertThat(committer.commits()).isEqualTo(3);
        assertThat(letters()).isEqualTo(Committer.BATCH_LIMIT + 1);
    }
}
