package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NodeWatchTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration BEAT = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000); // It overflows on the way.
    private final NodeWatch watch = new NodeWatch(LEASE, BEAT.multipliedBy(3), nanos::get);

    private List<NodeWatch.Row> look(Duration after, NodeWatch.Row... rows) {
        nanos.addAndGet(after.toNanos());
        return watch.look(List.of(rows));
    }

    private static NodeWatch.Row row(String owner, long mark) {
        return new NodeWatch.Row(owner, mark, LEASE);
    }

    @Test
    void findsARowSilentThatNeverChangesForALease() {
        var row = row("b", 7);
        look(BEAT, row);
        for (var i = 1; i < 10; i++) {
            assertThat(look(BEAT, row)).isEmpty();
        }
        assertThat(look(BEAT, row)).containsExactly(row);
    }

    @Test
    void countsFromTheLastChange() {
        look(BEAT, row("b", 7));
        for (var i = 1; i < 9; i++) {
            look(BEAT, row("b", 7));
        }
        for (var i = 0; i < 10; i++) {
            assertThat(look(BEAT, row("b", 8))).isEmpty();
        }
        assertThat(look(BEAT, row("b", 8))).hasSize(1);
    }

    /// It may be the one that was cut off.
    @Test
    void startsAfreshWhenItCouldNotLook() {
        look(BEAT, row("b", 7));
        for (var i = 1; i < 9; i++) {
            look(BEAT, row("b", 7));
        }
        assertThat(look(BEAT.multipliedBy(4), row("b", 7))).isEmpty();
        for (var i = 1; i < 10; i++) {
            assertThat(look(BEAT, row("b", 7))).isEmpty();
        }
        assertThat(look(BEAT, row("b", 7))).hasSize(1);
    }

    /// However old the row says it is.
    @Test
    void believesNoTimeThatIsWritten() {
        var old = new NodeWatch.Row("b", 1, Duration.ofDays(-365));
        assertThat(look(BEAT, old)).isEmpty();
        assertThat(look(BEAT, old)).isEmpty();
    }

    @Test
    void waitsForALongerLeaseOfTheOther() {
        var row = new NodeWatch.Row("b", 7, LEASE.multipliedBy(2));
        look(BEAT, row);
        for (var i = 1; i < 20; i++) {
            assertThat(look(BEAT, row)).isEmpty();
        }
        assertThat(look(BEAT, row)).hasSize(1);
    }

    /// A server whose clock was a year ahead when the row was written.
    @Test
    void waitsNoLongerThanAnHour() {
        var row = new NodeWatch.Row("b", 7, Duration.ofDays(365));
        look(BEAT, row);
        for (var i = 1; i < 120; i++) {
            assertThat(look(BEAT, row)).isEmpty();
        }
        assertThat(look(BEAT, row)).hasSize(1);
    }

    @Test
    void forgetsARowThatWasGoneMeanwhile() {
        look(BEAT, row("b", 7), row("c", 3));
        for (var i = 1; i < 10; i++) {
            look(BEAT, row("c", 3));
        }
        assertThat(look(BEAT, row("b", 7), row("c", 3))).containsExactly(row("c", 3));
    }
}
