package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of return addresses, of nodes that share a database.
final class ReturnKeyRingTest {
    private static final ReturnAddresses.Domains DOMAINS = new ReturnAddresses.Domains("return.example.org", Optional.empty());
    private static final Duration KEEP = Duration.ofDays(365);

    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final QueueIds ids = new QueueIds(time, new Random(1));
    private Database database;

    /// An address that a node has made, and what it says.
    private record Made(Address address, ReturnAddress says, Instant at) {
        boolean isReadBy(ReturnKeyRing node) {
            return addresses(node).read(address).filter(says::equals).isPresent();
        }
    }

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.open(state);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ReturnKeyRing node() throws Exception {
        return ReturnKeyRing.open(database, () -> KEEP, time, new Random());
    }

    private static ReturnAddresses addresses(ReturnKeyRing node) {
        return new ReturnAddresses(DOMAINS, node::keys);
    }

    private Made make(ReturnKeyRing node) {
        var letter = ids.next();
        var address = addresses(node).of(ReturnKind.BOUNCE, letter).orElseThrow();
        return new Made(address, new ReturnAddress(ReturnKind.BOUNCE, letter), time.instant());
    }

    private long keys() throws Exception {
        return database.reading(statements -> statements.first("select count(*) from return_key", row -> row.getLong(1))).orElseThrow();
    }

    /// A bounce may be back at once, and at another node: there is no moment at which it isn't known there.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatOneNodeMakesAllRead(long seed) throws Exception {
        var random = new Random(seed);
        var nodes = List.of(node(), node(), node());
        time.advance(ReturnKeyRing.IN_USE.minusMinutes(3));
        nodes.forEach(ReturnKeyRing::run);
        // Each runs once a minute, at a second of its own.
        var seconds = Stream.generate(() -> random.nextInt(60)).limit(nodes.size()).toList();
        for (var second = 0; second < 15 * 60; second++) {
            time.advance(Duration.ofSeconds(1));
            for (var i = 0; i < nodes.size(); i++) {
                if (second % 60 == seconds.get(i)) {
                    nodes.get(i).run();
                }
            }
            if (second % 5 == 0) {
                var made = make(nodes.get(random.nextInt(nodes.size())));
                assertThat(nodes).as("second %d", second).allMatch(made::isReadBy);
            }
        }
        assertThat(keys()).isEqualTo(2);
        assertThat(nodes.stream().map(node -> node.keys().maker().number())).containsOnly(1);
    }

    /// For as long as its letter may be remembered.
    @Test
    void anAddressIsGoodToItsEnd() throws Exception {
        var node = node();
        var made = new ArrayList<Made>();
        for (var week = 0; week < 200; week++) {
            made.add(make(node));
            time.advance(Duration.ofDays(7));
            node.run();
            var now = time.instant();
            assertThat(made).filteredOn(each -> each.at().plus(KEEP).isAfter(now)).allMatch(each -> each.isReadBy(node));
        }
        assertThat(keys()).isLessThanOrEqualTo(8);
        assertThat(made.getFirst().isReadBy(node)).isFalse();
    }

    @Test
    void aClockThatIsSetBackMakesNoAddressBad() throws Exception {
        var node = node();
        var first = make(node);
        time.advance(ReturnKeyRing.IN_USE.plusDays(1));
        node.run();
        time.advance(ReturnKeyRing.SPREAD);
        node.run();
        var second = make(node);
        time.advance(Duration.ofDays(-60));
        var another = node();
        node.run();
        var third = make(another);
        assertThat(List.of(first, second, third)).allMatch(each -> each.isReadBy(node)).allMatch(each -> each.isReadBy(another));
        assertThat(keys()).isEqualTo(2);
    }
}
