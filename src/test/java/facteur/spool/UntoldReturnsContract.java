package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When what came back is to be told, and by whom.
abstract class UntoldReturnsContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    @TempDir
    private Path temp;

    private final TestTime time = new TestTime();
    private final QueueIds ids = new QueueIds(time, new Random(1));
    private final QueueId letter = ids.next();
    private Database database;
    private UntoldReturns untold;

    abstract Database open(Path state) throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = open(temp);
        untold = new UntoldReturns(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstIsToldAtOnceAndOthersAreGatheredForTenMinutes() throws SQLException {
        assertThat(untold.untold(time.instant())).isEmpty();
        var first = comesBack(letter, "failed", "a");
        assertThat(tellAll()).containsExactly(List.of(first));
        time.advance(Duration.ofMinutes(3));
        var second = comesBack(letter, "failed", "b");
        time.advance(Duration.ofMinutes(6));
        var third = comesBack(letter, "failed", "c");
        assertThat(tellAll()).isEmpty();
        time.advance(Duration.ofSeconds(59));
        assertThat(tellAll()).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(tellAll()).containsExactly(List.of(second, third));
        time.advance(Duration.ofMinutes(1));
        var fourth = comesBack(letter, "failed", "d");
        assertThat(tellAll()).containsExactly(List.of(fourth));
        var fifth = comesBack(letter, "failed", "e");
        time.advance(Duration.ofMinutes(9));
        assertThat(tellAll()).isEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(tellAll()).containsExactly(List.of(fifth));
    }

    @Test
    void lettersAndReadersDoNotWaitForEachOther() throws SQLException {
        var other = ids.next();
        var first = comesBack(letter, "failed", "a");
        var second = comesBack(other, "failed", "a");
        note(letter, UntoldReturns.Reader.APP);
        assertThat(tellAll()).containsExactlyInAnyOrder(List.of(first), List.of(first), List.of(second));
    }

    @Test
    void whatComesBackWhileItIsToldIsGathered() throws SQLException {
        var first = comesBack(letter, "failed", "a");
        var due = untold.untold(time.instant()).getFirst();
        var notices = List.of(ids.next());
        assertThat(untold.begin(due, notices, time.instant().plus(LEASE))).contains(List.of(first));
        time.advance(Duration.ofMinutes(1));
        var second = comesBack(letter, "failed", "b");
        assertThat(untold.untold(time.instant())).isEmpty();
        untold.end(due, notices, time.instant());
        assertThat(tellAll()).isEmpty();
        time.advance(Duration.ofMinutes(9));
        assertThat(tellAll()).containsExactly(List.of(second));
    }

    @Test
    void anotherNodeGoesOnWithTheSameLettersAndReturnsWhenTheLeaseIsOver() throws SQLException {
        var first = comesBack(letter, "failed", "a");
        var due = untold.untold(time.instant()).getFirst();
        var notices = List.of(ids.next(), ids.next());
        assertThat(untold.begin(due, notices, time.instant().plus(LEASE))).isPresent();
        assertThat(untold.begin(due, List.of(ids.next()), time.instant().plus(LEASE))).isEmpty();
        var second = comesBack(letter, "failed", "b");
        time.advance(LEASE.minusMillis(1));
        assertThat(untold.untold(time.instant())).isEmpty();
        time.advance(Duration.ofMillis(1));
        var again = untold.untold(time.instant()).getFirst();
        assertThat(again.letters()).isEqualTo(notices);
        assertThat(untold.begin(again, notices, time.instant().plus(LEASE))).contains(List.of(first));
        untold.end(again, notices, time.instant());
        // The first node, should it live: it ends nothing that isn't its own.
        untold.end(due, notices, time.instant());
        time.advance(LEASE);
        assertThat(tellAll()).containsExactly(List.of(second));
    }

    /// An id tells when a node began, not when it stored: of two nodes, the older may be stored later.
    @Test
    void whatIsStoredLateIsTold() throws SQLException {
        var late = ids.next();
        time.advance(Duration.ofMinutes(1));
        var first = comesBack(letter, "failed", "a");
        assertThat(tellAll()).containsExactly(List.of(first));
        comesBack(late, letter, "report", "failed", "b", time.instant().minusSeconds(50));
        time.advance(Duration.ofMinutes(10));
        assertThat(tellAll()).containsExactly(List.of(late));
    }

    @Test
    void aSecondCopyWithinADayIsNotTold() throws SQLException {
        var first = comesBack(letter, "failed", "a");
        assertThat(tellAll()).containsExactly(List.of(first));
        time.advance(Duration.ofHours(23));
        var _ = comesBack(letter, "failed", "a");
        var other = comesBack(letter, "failed", "b");
        assertThat(tellAll()).containsExactly(List.of(other));
        time.advance(Duration.ofHours(24));
        var later = comesBack(letter, "failed", "a");
        assertThat(tellAll()).containsExactly(List.of(later));
    }

    /// Another node's clock may be behind.
    @Test
    void aCopyThatSeemsOlderIsNotTold() throws SQLException {
        var first = comesBack(letter, "failed", "a");
        assertThat(tellAll()).containsExactly(List.of(first));
        comesBack(ids.next(), letter, "report", "failed", "a", time.instant().minusSeconds(50));
        time.advance(Duration.ofMinutes(10));
        assertThat(tellAll()).containsExactly(List.of());
    }

    @Test
    void delaysAndSuccessAreNoNewsForTheOffice() throws SQLException {
        var _ = comesBack(letter, "delayed", "a");
        var success = comesBack(letter, "delivered", "b");
        note(letter, UntoldReturns.Reader.APP);
        assertThat(tellAll()).containsExactlyInAnyOrder(List.of(), List.of(success));
    }

    @Test
    void aBounceThatCannotBeReadIsTold() throws SQLException {
        var id = ids.next();
        comesBack(id, letter, "unreadable", "", "a", time.instant());
        assertThat(tellAll()).containsExactly(List.of(id));
    }

    @Test
    void waitsNoLongerWhenTheClockIsSetBack() throws SQLException {
        var _ = comesBack(letter, "failed", "a");
        assertThat(tellAll()).hasSize(1);
        time.advance(Duration.ofMinutes(1));
        var second = comesBack(letter, "failed", "b");
        time.advance(Duration.ofDays(-30));
        assertThat(tellAll()).containsExactly(List.of(second));
        var third = comesBack(letter, "failed", "c");
        assertThat(tellAll()).containsExactly(List.of(third));
    }

    @Test
    void aLeaseOfAClockThatWasSetBackIsOver() throws SQLException {
        var first = comesBack(letter, "failed", "a");
        var due = untold.untold(time.instant()).getFirst();
        assertThat(untold.begin(due, List.of(ids.next()), time.instant().plus(LEASE))).isPresent();
        time.advance(Duration.ofDays(-1));
        assertThat(tellAll()).containsExactly(List.of(first));
    }

    @Test
    void waitsWhenItIsPostponed() throws SQLException {
        var first = comesBack(letter, "failed", "a");
        untold.postpone(untold.untold(time.instant()).getFirst(), time.instant().plus(LEASE));
        assertThat(tellAll()).isEmpty();
        time.advance(LEASE);
        assertThat(tellAll()).containsExactly(List.of(first));
    }

    @Test
    void ofNodesAtTheSameTimeOneTells() throws Exception {
        for (var round = 0; round < 20; round++) {
            var each = ids.next();
            var _ = comesBack(each, "failed", "a");
            var due = untold.untold(time.instant()).getFirst();
            var begun = new ArrayList<Future<Optional<List<QueueId>>>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var node = 0; node < 4; node++) {
                    var notices = List.of(ids.next());
                    begun.add(threads.submit(() -> untold.begin(due, notices, time.instant().plus(LEASE))));
                }
            }
            assertThat(begun.stream().map(Future::resultNow).filter(Optional::isPresent)).hasSize(1);
        }
    }

    /// A return may be stored at any moment of another's telling. Time leaps, so leases end early and nodes take over: then they have
    /// the same letters to send, of the same returns.
    @Test
    void whatComesBackAtTheSameTimeIsToldOnce() throws Exception {
        var nodes = 3;
        var each = 15;
        var told = new ConcurrentHashMap<List<QueueId>, List<QueueId>>();
        var stored = new CopyOnWriteArrayList<QueueId>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var storing = new ArrayList<Future<?>>();
            for (var node = 0; node < nodes; node++) {
                var first = node * each;
                storing.add(threads.submit(() -> {
                    for (var i = first; i < first + each; i++) {
                        stored.add(comesBack(letter, "failed", "d" + i));
                    }
                    return 0;
                }));
            }
            var telling = new ArrayList<Future<?>>();
            for (var node = 0; node < nodes; node++) {
                telling.add(threads.submit(() -> {
                    while (!storing.stream().allMatch(Future::isDone)) {
                        tellAll(told);
                        time.advance(Duration.ofMinutes(3));
                    }
                    return 0;
                }));
            }
            for (var running : telling) {
                running.get();
            }
        }
        time.advance(Duration.ofHours(1));
        tellAll(told);
        assertThat(stored).hasSize(nodes * each);
        assertThat(told.values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(stored);
    }

    /// @return the returns that each notice tells of
    private List<List<QueueId>> tellAll() throws SQLException {
        return tellAll(new ConcurrentHashMap<>());
    }

    /// As one node does it.
    ///
    /// @param told gets, for the letters of a notice, the returns that it tells of
    private List<List<QueueId>> tellAll(Map<List<QueueId>, List<QueueId>> told) throws SQLException {
        var tellings = new ArrayList<List<QueueId>>();
        for (var due : untold.untold(time.instant())) {
            var notices = due.letters().isEmpty() ? List.of(ids.next()) : due.letters();
            var telling = untold.begin(due, notices, time.instant().plus(LEASE));
            if (telling.isPresent()) {
                tellings.add(telling.get());
                assertThat(Objects.requireNonNullElse(told.putIfAbsent(notices, telling.get()), telling.get())).isEqualTo(telling.get());
                untold.end(due, notices, time.instant());
            }
        }
        return tellings;
    }

    private QueueId comesBack(QueueId of, String action, String digest) throws SQLException {
        var id = ids.next();
        comesBack(id, of, "report", action, digest, time.instant());
        return id;
    }

    private void comesBack(QueueId id, QueueId of, String kind, String action, String digest, Instant at) throws SQLException {
        var _ = database.inTransaction(statements -> {
            StoredReturns.store(statements, id, of, kind, action, digest, at);
            UntoldReturns.note(statements, of, UntoldReturns.Reader.OFFICE, time.instant());
            return 0;
        });
    }

    private void note(QueueId of, UntoldReturns.Reader reader) throws SQLException {
        var _ = database.inTransaction(statements -> {
            UntoldReturns.note(statements, of, reader, time.instant());
            return 0;
        });
    }
}
