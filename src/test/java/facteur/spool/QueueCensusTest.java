package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueueCensusTest {
    private final TestTime time = new TestTime();
    private final List<Instant> countings = new ArrayList<>();

    @Test
    void countsAnewAfterASecondWhenThatIsCheap() throws SpoolException {
        var census = new QueueCensus(() -> count(Duration.ZERO), time, time);
        assertThat(census.counted().letters()).isEqualTo(1);
        time.advance(Duration.ofMillis(999));
        assertThat(census.counted().letters()).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(census.counted().letters()).isEqualTo(2);
        assertThat(census.counted().at()).isEqualTo(countings.getLast());
    }

    @Test
    void aCountHoldsForAHundredTimesAsLongAsItTook() throws SpoolException {
        var census = new QueueCensus(() -> count(Duration.ofMillis(400)), time, time);
        var first = census.counted();
        time.advance(Duration.ofSeconds(39));
        assertThat(census.counted()).isEqualTo(first);
        time.advance(Duration.ofSeconds(1));
        assertThat(census.counted()).isNotEqualTo(first);
        assertThat(countings).hasSize(2);
    }

    @Test
    void aFailureIsNoCount() throws SpoolException {
        var isAway = new boolean[] {true};
        var census = new QueueCensus(
                () -> {
                    if (isAway[0]) {
                        throw new SpoolException("away");
                    }
                    return count(Duration.ZERO);
                },
                time, time);
        assertThatThrownBy(census::counted).isInstanceOf(SpoolException.class);
        isAway[0] = false;
        assertThat(census.counted().letters()).isEqualTo(1);
    }

    private List<QueueCount> count(Duration takes) {
        countings.add(time.instant());
        time.advance(takes);
        return List.of(new QueueCount(QueueStatus.DEFERRED, countings.size(), time.instant()));
    }
}
