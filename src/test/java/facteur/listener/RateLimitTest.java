package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final TestTime time = new TestTime();

    @Test
    void givesAMinutesWorthAtOnceAndTheRestEvenly() {
        var limit = new RateLimit(3, time);
        assertThat(taken(limit)).isEqualTo(3);
        time.advance(Duration.ofSeconds(19));
        assertThat(taken(limit)).isZero();
        time.advance(Duration.ofSeconds(1));
        assertThat(taken(limit)).isEqualTo(1);
        time.advance(Duration.ofHours(1));
        assertThat(taken(limit)).isEqualTo(3);
    }

    @Test
    void aClockThatIsSetBackGivesNothingAndTakesNothing() {
        var limit = new RateLimit(60, time);
        assertThat(taken(limit)).isEqualTo(60);
        time.advance(Duration.ofHours(-1));
        assertThat(taken(limit)).isZero();
        time.advance(Duration.ofSeconds(2));
        assertThat(taken(limit)).isEqualTo(2);
    }

    private static int taken(RateLimit limit) {
        var taken = 0;
        while (limit.take()) {
            taken++;
        }
        return taken;
    }
}
