package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import facteur.fixture.PostgresExtension;
import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Several nodes on one PostgreSQL, which may go away.
@Timeout(120)
final class NodesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    private static final Duration LEASE = Duration.ofSeconds(1);

    /// Longer than any test.
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path temp;

    private final Letters letters = new Letters();
    private final RecordingJournal journal = new RecordingJournal();
    private final List<OpenSpool> nodes = new ArrayList<>();
    private int folders;

    @AfterEach
    void stopNodes() {
        nodes.forEach(OpenSpool::close);
    }

    private SqlSpool node(Duration lease, InstantSource time) throws Exception {
        return node(lease, time, System::nanoTime);
    }

    /// @param nanos only for those that call no one dead: the others look at it between their beats
    private SqlSpool node(Duration lease, InstantSource time, LongSupplier nanos) throws Exception {
        var folder = StateFolder.open(temp.resolve("node" + folders++));
        var database = POSTGRES.settings().open();
        var node = new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, time, nanos, journal, lease));
        nodes.add(node);
        return node.spool();
    }

    /// A node that had these letters, and will never say again that it is alive.
    private void die(String owner) throws SQLException {
        POSTGRES.server().run("update " + POSTGRES.schema() + ".queue set lease_owner = '" + owner + "' where state = 'active'");
    }

    @Test
    void claimNoLetterTwice() throws Exception {
        var first = node(LONG, () -> NOON);
        var second = node(LONG, () -> NOON);
        var accepted = new HashSet<QueueId>();
        for (var i = 0; i < 300; i++) {
            var letter = letters.letter();
            Letters.defer(first, letter, NOON);
            accepted.add(letter.id());
        }
        var claimed = new ArrayList<QueueId>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = new ArrayList<Future<List<QueueId>>>();
            for (var i = 0; i < 8; i++) {
                claims.add(threads.submit(claimingAll(i % 2 == 0 ? first : second)));
            }
            for (var claim : claims) {
                claimed.addAll(claim.get());
            }
        }
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepted);
    }

    /// Who takes its name first stores it; the others find that.
    @Test
    void storeALetterOnceThatComesToBoth() throws Exception {
        var nodes = List.of(node(LONG, () -> NOON), node(LONG, () -> NOON));
        for (var round = 0; round < 20; round++) {
            var key = LetterKeyContract.key("invoice " + round, "");
            var race = new ArrayList<Callable<QueueId>>();
            for (var i = 0; i < 6; i++) {
                var letter = letters.letter();
                var node = nodes.get(i % 2);
                race.add(() -> {
                    try {
                        return node.acceptActive(Letters.ROUTE, letter, key).id();
                    } catch (KnownLetterException known) {
                        return known.known().id();
                    }
                });
            }
            var told = new HashSet<QueueId>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var answer : threads.invokeAll(race)) {
                    told.add(answer.get());
                }
            }
            assertThat(told).hasSize(1);
        }
        assertThat(POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".letter")).isEqualTo(20);
    }

    private static Callable<List<QueueId>> claimingAll(SqlSpool spool) {
        return () -> {
            var claimed = new ArrayList<QueueId>();
            while (spool.due(Letters.ROUTE, NOON, 7) instanceof ClaimedWork.Now now) {
                now.letters().forEach(letter -> claimed.add(letter.id()));
            }
            return claimed;
        };
    }

    @Test
    void readLargeBodiesThatAnotherTook() throws Exception {
        var first = node(LONG, () -> NOON);
        var second = node(LONG, () -> NOON);
        var octets = Letters.random(1_500_000);
        Letters.defer(first, letters.letter(Letters.inFile(first, octets), "an@client.example"), NOON);
        var claimed = ((ClaimedWork.Now) second.due(Letters.ROUTE, NOON, 1)).letters().getFirst();
        assertThat(Letters.octets(claimed.letter())).endsWith(octets);
    }

    @Test
    void leaveALivingNodeItsLetters() throws Exception {
        var first = node(LONG, () -> NOON);
        var spooled = first.acceptActive(Letters.ROUTE, letters.letter());
        var second = node(LONG, () -> NOON);
        assertThat(second.due(Letters.ROUTE, NOON, 1)).isEqualTo(new ClaimedWork.Idle());
        first.settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON));
        assertThat(ids(second.due(Letters.ROUTE, NOON, 1))).containsExactly(spooled.id());
    }

    /// The nodes' own clocks are hours apart; and the row says that its time was over long ago.
    @Test
    void takeOverFromANodeWhoseRowDoesNotChangeForALease() throws Exception {
        var dead = "somewhere else/1@1";
        var first = node(LONG, () -> NOON.minus(Duration.ofHours(5)));
        var lost = first.acceptActive(Letters.ROUTE, letters.letter());
        POSTGRES.server().run("insert into " + POSTGRES.schema() + ".node values ('" + dead + "', 1)");
        die(dead);
        var second = node(LEASE, () -> NOON.plus(Duration.ofHours(5)));
        assertThat(second.due(Letters.ROUTE, NOON.plus(Duration.ofDays(1)), 1)).isEqualTo(new ClaimedWork.Idle());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(second.due(Letters.ROUTE, NOON.plus(Duration.ofDays(1)), 1)).isInstanceOf(ClaimedWork.Now.class));
        assertThat(journal.events()).containsExactly(new MailEvent.NodeTakenOver("somewhere else", 1));
        first.settle(lost, lost.recipients(), new QueueState.Ended(NOON));
        assertThat(first.due(Letters.ROUTE, NOON.plus(Duration.ofDays(1)), 1)).isEqualTo(new ClaimedWork.Idle());
    }

    /// While the database is away no node can say that it is alive.
    @Test
    void leaveEachOtherTheirLettersAfterAnOutageOfMoreThanALease() throws Exception {
        var first = node(LEASE, () -> NOON);
        var spooled = first.acceptActive(Letters.ROUTE, letters.letter());
        var second = node(LEASE, () -> NOON);
        POSTGRES.server().stopImmediately();
        await().pollDelay(LEASE.multipliedBy(2)).until(() -> !first.isOurs(spooled));
        var relayed = List.of(spooled.recipients().getFirst().with(Recipient.Status.RELAYED, "250 ok"));
        assertThatThrownBy(() -> first.settle(spooled, relayed, new QueueState.Ended(NOON))).isInstanceOf(SpoolException.class);
        POSTGRES.server().startAgain();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptionsInstanceOf(SpoolException.class).until(() -> {
            first.settle(spooled, relayed, new QueueState.Ended(NOON));
            return true;
        });
        await().atMost(Duration.ofSeconds(30)).ignoreExceptionsInstanceOf(SpoolException.class)
                .until(() -> second.due(Letters.ROUTE, NOON, 1).equals(new ClaimedWork.Idle()));
        assertThat(journal.events(MailEvent.NodeTakenOver.class)).isEmpty();
        assertThat(journal.events(MailEvent.LeaseLost.class)).isEmpty();
        assertThat(POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue")).isZero();
        assertThat(journal.events(MailEvent.DatabaseFailed.class)).hasSize(2);
        assertThat(journal.events(MailEvent.DatabaseRecovered.class)).hasSize(2).anyMatch(event -> event.kept() == 1);
    }

    @Test
    void letWhatBecameOfALetterWinThatWasTakenOverButNotLeasedSince() throws Exception {
        var first = node(LONG, () -> NOON);
        var lost = first.acceptActive(Letters.ROUTE, letters.letter());
        node(LONG, () -> NOON);
        POSTGRES.server().run("delete from " + POSTGRES.schema() + ".node where owner = '" + lost.lease().owner() + "'");
        assertThat(takenOverBy(nodes.getLast())).hasSize(1).containsValue(1);
        first.settle(lost, lost.recipients(), new QueueState.Ended(NOON));
        assertThat(POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue")).isZero();
    }

    @Test
    void tellOfASecondCopyWhenAnotherHasLeasedTheLetterSince() throws Exception {
        var first = node(LONG, () -> NOON);
        var lost = first.acceptActive(Letters.ROUTE, letters.letter());
        var second = node(LONG, () -> NOON);
        POSTGRES.server().run("delete from " + POSTGRES.schema() + ".node where owner = '" + lost.lease().owner() + "'");
        assertThat(takenOverBy(nodes.getLast())).hasSize(1);
        assertThat(ids(second.due(Letters.ROUTE, NOON, 1))).containsExactly(lost.id());
        var relayed = List.of(lost.recipients().getFirst().with(Recipient.Status.RELAYED, "250 ok"));
        first.settle(lost, relayed, new QueueState.Ended(NOON));
        assertThat(journal.events(MailEvent.LeaseLost.class)).containsExactly(new MailEvent.LeaseLost(lost.id().text(), 1));
        assertThat(POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue")).isEqualTo(1);
    }

    @Test
    void takeOverAtOnceFromANodeThatStopped() throws Exception {
        var first = node(LONG, () -> NOON);
        var left = first.acceptActive(Letters.ROUTE, letters.letter());
        var name = nodes.getFirst().folder().node();
        nodes.removeFirst().close();
        var second = node(LONG, () -> NOON);
        assertThat(ids(second.due(Letters.ROUTE, NOON, 1))).containsExactly(left.id());
        assertThat(journal.events()).containsExactly(new MailEvent.NodeTakenOver(name, 1));
    }

    @Test
    void takeOverWhatADeadNodeHadOnce() throws Exception {
        var first = node(LONG, () -> NOON);
        node(LONG, () -> NOON);
        for (var i = 0; i < 20; i++) {
            first.acceptActive(Letters.ROUTE, letters.letter());
        }
        die("dead/1@1");
        var taken = inTransactionOf(nodes.getFirst(), here -> {
            var byFirst = NodeRows.takeOver(here);
            // While the first hasn't committed.
            assertThat(takenOverBy(nodes.getLast())).isEmpty();
            return byFirst;
        });
        assertThat(taken).containsExactly(entry("dead", 20));
        assertThat(takenOverBy(nodes.getLast())).isEmpty();
        assertThat(ids(first.due(Letters.ROUTE, NOON, 30))).hasSize(20);
    }

    @Test
    void leaveANodeItsLettersThatIsJustSayingThatItIsAlive() throws Exception {
        var first = node(LONG, () -> NOON);
        var spooled = first.acceptActive(Letters.ROUTE, letters.letter());
        node(LONG, () -> NOON);
        var seen = rowsSeenBy(nodes.getLast());
        var _ = inTransactionOf(nodes.getFirst(), here -> {
            NodeRows.renew(here, spooled.lease().owner(), LONG);
            assertThat(removedBy(nodes.getLast(), seen)).isEmpty();
            return 0;
        });
        assertThat(removedBy(nodes.getLast(), seen)).isEmpty();
        assertThat(removedBy(nodes.getLast(), rowsSeenBy(nodes.getLast()))).hasSize(1).containsValue(1);
    }

    /// It was cut off for long, and the others have taken it for dead.
    @Test
    void listThemselvesAgainBeforeTheyLease() throws Exception {
        var nanos = new AtomicLong();
        var first = node(LONG, () -> NOON, nanos::get);
        node(LONG, () -> NOON);
        Letters.defer(first, letters.letter(), NOON);
        for (var lease : List.<Callable<?>>of(() -> first.acceptActive(Letters.ROUTE, letters.letter()), () -> first.due(Letters.ROUTE, NOON, 1))) {
            assertThat(removedBy(nodes.getLast(), rowsSeenBy(nodes.getLast()))).hasSize(1);
            nanos.addAndGet(LONG.toNanos());
            lease.call();
            assertThat(takenOverBy(nodes.getLast())).isEmpty();
        }
    }

    @Test
    void leaseNothingWhileTheyAreTakenOver() throws Exception {
        var nanos = new AtomicLong();
        var first = node(LONG, () -> NOON, nanos::get);
        node(LONG, () -> NOON);
        var lost = first.acceptActive(Letters.ROUTE, letters.letter());
        var waits = letters.letter();
        Letters.defer(first, waits, NOON);
        var seen = rowsSeenBy(nodes.getLast());
        nanos.addAndGet(LONG.toNanos());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ClaimedWork> due = inTransactionOf(nodes.getLast(), there -> {
                assertThat(NodeRows.remove(there, seen)).hasSize(1).containsValue(1);
                var claim = threads.submit(() -> first.due(Letters.ROUTE, NOON, 9));
                await().until(() -> POSTGRES.server().count("select count(*) from pg_locks where not granted") == 1);
                return claim;
            });
            // Also the one it lost, under a new number.
            assertThat(ids(due.get())).containsExactlyInAnyOrder(waits.id(), lost.id());
        }
        assertThat(takenOverBy(nodes.getLast())).isEmpty();
        first.settle(lost, lost.recipients(), new QueueState.Ended(NOON));
        assertThat(POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue")).isEqualTo(2);
    }

    private static <T> T inTransactionOf(OpenSpool node, Database.Work<T> work) throws SQLException {
        return node.database().inTransaction(work);
    }

    private static List<NodeWatch.Row> rowsSeenBy(OpenSpool node) throws SQLException {
        return node.database().reading(statements -> NodeRows.others(statements, owner(statements, node)));
    }

    private static String owner(Statements statements, OpenSpool node) throws SQLException {
        return statements.first("select owner from node where owner like ?", row -> row.getString(1), nodeName(node) + "/%").orElseThrow();
    }

    private static String nodeName(OpenSpool node) {
        try {
            return node.folder().node();
        } catch (SpoolException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Integer> removedBy(OpenSpool node, List<NodeWatch.Row> silent) throws SQLException {
        return node.database().inTransaction(statements -> NodeRows.remove(statements, silent));
    }

    private static Map<String, Integer> takenOverBy(OpenSpool node) throws SQLException {
        return node.database().inTransaction(NodeRows::takeOver);
    }

    /// What a connection that was lost in a commit may leave: a lease that no process knows of.
    @Test
    void giveBackWhatIsTheirsUnknowingly() throws Exception {
        var only = node(LEASE, () -> NOON);
        Letters.defer(only, letters.letter(), NOON);
        var known = only.acceptActive(Letters.ROUTE, letters.letter());
        POSTGRES.server().run("update " + POSTGRES.schema() + ".queue set state = 'active', lease_epoch = 7,"
                + " lease_owner = (select owner from " + POSTGRES.schema() + ".node) where state = 'deferred'");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(only.due(Letters.ROUTE, NOON, 9)).isInstanceOfSatisfying(ClaimedWork.Now.class, due -> {
                    assertThat(due.letters()).extracting(spooled -> spooled.lease().epoch()).containsExactly(8L);
                }));
        only.settle(known, known.recipients(), new QueueState.Deferred(NOON));
        assertThat(ids(only.due(Letters.ROUTE, NOON, 9))).containsExactly(known.id());
    }

    @Test
    void loseNothingWhenTheDatabaseGoesAwayInMidLoad() throws Exception {
        var only = node(LEASE, () -> NOON);
        var kept = new ArrayList<QueueId>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var apps = new ArrayList<Future<List<QueueId>>>();
            for (var i = 0; i < 8; i++) {
                apps.add(threads.submit(() -> acceptingUntilRefused(only)));
            }
            await().until(() -> only.commits() > 20);
            POSTGRES.server().stopImmediately();
            for (var app : apps) {
                kept.addAll(app.get());
            }
        }
        assertThat(kept).isNotEmpty();
        assertThatThrownBy(() -> only.due(Letters.ROUTE, NOON, 1)).isInstanceOf(SpoolException.class);
        assertThat(only.refusal()).isPresent();
        POSTGRES.server().startAgain();
        var claimed = new HashSet<QueueId>();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(SpoolException.class).until(() -> {
            if (only.due(Letters.ROUTE, NOON, 50) instanceof ClaimedWork.Now due) {
                claimed.addAll(ids(due));
            }
            return claimed.containsAll(kept);
        });
        only.acceptActive(Letters.ROUTE, letters.letter());
        assertThat(only.refusal()).isEmpty();
    }

    /// Small letters, and now and then a large one.
    private List<QueueId> acceptingUntilRefused(SqlSpool spool) throws IOException {
        var kept = new ArrayList<QueueId>();
        while (true) {
            Letter letter;
            synchronized (letters) {
                letter = kept.size() % 10 == 9
                        ? letters.letter(Letters.inFile(spool, new byte[300_000]), "an@client.example")
                        : letters.letter();
            }
            try {
                Letters.defer(spool, letter, NOON);
                kept.add(letter.id());
            } catch (SpoolException refused) {
                assertThat(refused.remedy()).isEqualTo(SpoolException.Remedy.PATIENCE);
                return kept;
            }
        }
    }
}
