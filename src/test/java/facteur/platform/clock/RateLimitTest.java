package facteur.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.SettableClock;
import facteur.fixture.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final TestTime time = new TestTime();

    @Test
    void givesAMinutesWorthAtOnceAndTheRestEvenly() {
        var limit = new RateLimit(3, time);
        assertThat(taken(limit, 3)).isEqualTo(3);
        time.advance(Duration.ofSeconds(19));
        assertThat(taken(limit, 3)).isZero();
        time.advance(Duration.ofSeconds(1));
        assertThat(taken(limit, 3)).isEqualTo(1);
        time.advance(Duration.ofHours(1));
        assertThat(taken(limit, 3)).isEqualTo(3);
    }

    @Test
    void aWallClockThatIsSetGivesNothingAndTakesNothing() {
        var clock = new SettableClock();
        var limit = new RateLimit(60, clock);
        assertThat(taken(limit, 60)).isEqualTo(60);
        clock.set(Duration.ofHours(1));
        assertThat(taken(limit, 60)).isZero();
        clock.set(Duration.ofHours(-2));
        clock.advance(Duration.ofSeconds(2));
        assertThat(taken(limit, 60)).isEqualTo(2);
    }

    @Test
    void anotherLimitDoesNotGiveBackWhatWasUsed() {
        var limit = new RateLimit(3, time);
        assertThat(taken(limit, 3)).isEqualTo(3);
        assertThat(taken(limit, 5)).isEqualTo(2);
        assertThat(taken(limit, 2)).isZero();
        assertThat(taken(limit, 5)).isZero();
        time.advance(Duration.ofMinutes(1));
        assertThat(taken(limit, 2)).isEqualTo(2);
    }

    @Test
    void manyAreUsedTogetherOrNotAtAll() {
        var limit = new RateLimit(60, time);
        assertThat(limit.acquire(50, 60)).isEmpty();
        assertThat(limit.acquire(12, 60)).contains(Duration.ofSeconds(2));
        assertThat(limit.acquire(10, 60)).isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertThat(limit.acquire(2, 60)).isEmpty();
        assertThat(limit.acquire(1, 60)).contains(Duration.ofSeconds(1));
    }

    private static int taken(RateLimit limit, int perMinute) {
        var taken = 0;
        while (limit.tryAcquire(perMinute)) {
            taken++;
        }
        return taken;
    }
}
