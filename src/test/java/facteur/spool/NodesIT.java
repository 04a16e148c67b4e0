package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import facteur.database.Database;
import facteur.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several nodes on one PostgreSQL, which may go away.
@Timeout(120)
final class NodesIT {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final Duration LEASE = Duration.ofSeconds(1);

    /// Longer than any test.
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private static Path serverFolder;

    private static PostgresServer server;

    @TempDir
    private Path temp;

    private final Letters letters = new Letters();
    private final List<Node> nodes = new ArrayList<>();
    private String schema;
    private String url;

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresServer.start(serverFolder);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void createSchema() throws SQLException {
        schema = "nodes" + SCHEMAS.incrementAndGet();
        url = server.schema(schema);
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(Node::close);
    }

    private record Node(StateFolder folder, Database database, SqlSpool spool) {
        void close() {
            spool.close();
            database.close();
            folder.close();
        }
    }

    private SqlSpool node(Duration lease, InstantSource time) throws Exception {
        var folder = StateFolder.open(temp.resolve("node" + nodes.size()));
        var database = PostgresSpoolIT.settings(url).open();
        var node = new Node(folder, database, SqlSpool.open(folder, database, 0, time, lease));
        nodes.add(node);
        return node.spool();
    }

    /// A node that had these letters, and will never say again that it is alive.
    private void die(String owner) throws SQLException {
        server.run("update " + schema + ".queue set lease_owner = '" + owner + "' where state = 'active'");
    }

    @Test
    void claimNoLetterTwice() throws Exception {
        var first = node(LONG, () -> NOON);
        var second = node(LONG, () -> NOON);
        var accepted = new HashSet<QueueId>();
        for (var i = 0; i < 300; i++) {
            var letter = letters.letter();
            first.acceptDeferred(letter, NOON);
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

    private static Callable<List<QueueId>> claimingAll(SqlSpool spool) {
        return () -> {
            var claimed = new ArrayList<QueueId>();
            while (spool.due(NOON, 7) instanceof Due.Now now) {
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
        first.acceptDeferred(letters.letter(Letters.inFile(first, octets), "an@client.example"), NOON);
        var claimed = ((Due.Now) second.due(NOON, 1)).letters().getFirst();
        assertThat(Letters.octets(claimed.letter())).endsWith(octets);
    }

    @Test
    void leaveALivingNodeItsLetters() throws Exception {
        var first = node(LONG, () -> NOON);
        var spooled = first.acceptActive(letters.letter());
        var second = node(LONG, () -> NOON);
        assertThat(second.due(NOON, 1)).isEqualTo(new Due.Idle());
        first.settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON));
        assertThat(ids(second.due(NOON, 1))).containsExactly(spooled.id());
    }

    /// The nodes' own clocks are hours apart; the lease goes by the database's.
    @Test
    void takeOverFromADeadNodeWhenItsLeaseIsOver() throws Exception {
        var dead = "somewhere else/1@1";
        var first = node(LONG, () -> NOON.minus(Duration.ofHours(5)));
        var lost = first.acceptActive(letters.letter());
        server.run("insert into " + schema + ".node select '" + dead
                + "', (extract(epoch from clock_timestamp()) * 1000)::bigint + 1500");
        die(dead);
        var second = node(LEASE, () -> NOON.plus(Duration.ofHours(5)));
        assertThat(second.due(NOON.plus(Duration.ofDays(1)), 1)).isEqualTo(new Due.Idle());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(second.due(NOON.plus(Duration.ofDays(1)), 1)).isInstanceOf(Due.Now.class));
        first.settle(lost, lost.recipients(), new QueueState.Ended(NOON));
        assertThat(first.due(NOON.plus(Duration.ofDays(1)), 1)).isEqualTo(new Due.Idle());
    }

    @Test
    void takeOverAtOnceFromANodeThatStopped() throws Exception {
        var first = node(LONG, () -> NOON);
        var left = first.acceptActive(letters.letter());
        nodes.removeFirst().close();
        var second = node(LONG, () -> NOON);
        assertThat(ids(second.due(NOON, 1))).containsExactly(left.id());
    }

    /// What a connection that was lost in a commit may leave: a lease that nobody knows of.
    @Test
    void giveBackWhatIsTheirsAndNobodyKnowsOf() throws Exception {
        var only = node(LEASE, () -> NOON);
        only.acceptDeferred(letters.letter(), NOON);
        var known = only.acceptActive(letters.letter());
        server.run("update " + schema + ".queue set state = 'active', lease_epoch = 7,"
                + " lease_owner = (select owner from " + schema + ".node) where state = 'deferred'");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(only.due(NOON, 9)).isInstanceOfSatisfying(Due.Now.class, due -> {
                    assertThat(due.letters()).extracting(spooled -> spooled.lease().epoch()).containsExactly(8L);
                }));
        only.settle(known, known.recipients(), new QueueState.Deferred(NOON));
        assertThat(ids(only.due(NOON, 9))).containsExactly(known.id());
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
            server.stopImmediately();
            for (var app : apps) {
                kept.addAll(app.get());
            }
        }
        assertThat(kept).isNotEmpty();
        assertThatThrownBy(() -> only.due(NOON, 1)).isInstanceOf(SpoolException.class);
        assertThat(only.refusal()).isPresent();
        server.startAgain();
        var claimed = new HashSet<QueueId>();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(SpoolException.class).until(() -> {
            if (only.due(NOON, 50) instanceof Due.Now due) {
                claimed.addAll(ids(due));
            }
            return claimed.containsAll(kept);
        });
        only.acceptActive(letters.letter());
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
                spool.acceptDeferred(letter, NOON);
                kept.add(letter.id());
            } catch (SpoolException refused) {
                assertThat(refused.remedy()).isEqualTo(SpoolException.Remedy.PATIENCE);
                return kept;
            }
        }
    }
}
