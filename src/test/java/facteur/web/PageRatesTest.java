package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PageRatesTest {
    private final SettableClock time = new SettableClock();
    private final PageRates rates = new PageRates(time);

    @Test
    void twentyInASecond() {
        assertThat(taken("jan", 30)).isEqualTo(20);
        assertThat(taken("an", 1)).isEqualTo(1);
        time.advance(Duration.ofMillis(100));
        assertThat(taken("jan", 30)).isEqualTo(2);
        time.advance(Duration.ofHours(1));
        assertThat(taken("jan", 30)).isEqualTo(20);
    }

    /// A page that asks twenty times per second may go on with it.
    @Test
    void theyComeBackEvenly() {
        assertThat(taken("jan", 20)).isEqualTo(20);
        for (var i = 0; i < 100; i++) {
            time.advance(Duration.ofMillis(50));
            assertThat(taken("jan", 1)).isEqualTo(1);
        }
    }

    @Test
    void itIsSaidWhenToComeAgain() {
        taken("jan", 20);
        try {
            rates.count("jan");
        } catch (RefusedException refused) {
            assertThat(refused.answer().status()).isEqualTo(429);
            assertThat(refused.answer().fields()).containsEntry("Retry-After", "1");
            return;
        }
        throw new AssertionError("not refused");
    }

    /// Sessions that have ended take no memory; who is still being slowed down isn't forgotten.
    @Test
    void othersAreForgotten() {
        for (var i = 0; i < 20_000; i++) {
            rates.count("session-" + i);
        }
        assertThat(rates.size()).isEqualTo(20_000);
        time.advance(Duration.ofSeconds(1));
        taken("jan", 20);
        assertThat(rates.size()).isOne();
        assertThat(taken("jan", 1)).isZero();
    }

    private int taken(String whose, int requests) {
        var taken = 0;
        for (var i = 0; i < requests; i++) {
            try {
                rates.count(whose);
                taken++;
            } catch (RefusedException refused) {
                assertThat(refused.answer().status()).isEqualTo(429);
            }
        }
        return taken;
    }
}
