package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SendingRateTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void letsAllGoWithoutCaps() {
        var rate = new SendingRate(List.of());
        assertThat(rate.acquire(1, START, START)).isEmpty();
        assertThat(rate.expected(1_000_000, START)).isEmpty();
    }

    @Test
    void letsAsManyGoAtOnceAsAWindowHolds() {
        var rate = new SendingRate(List.of(letters(3, Duration.ofSeconds(1))));

        assertThat(taken(rate, 7))
                .containsExactly(0L, 0L, 0L, 1001L, 1001L, 1001L, 2002L);
    }

    @Test
    void obeysTheStrictestOfItsCaps() {
        var rate = new SendingRate(List.of(letters(2, Duration.ofSeconds(1)), letters(3, Duration.ofMinutes(1))));

        assertThat(taken(rate, 5)).containsExactly(0L, 0L, 1001L, 60_060L, 60_060L);
    }

    @Test
    void savesNothingForLater() {
        var rate = new SendingRate(List.of(letters(2, Duration.ofSeconds(1))));
        var later = START.plus(Duration.ofHours(1));

        assertThat(taken(rate, 4, later)).containsExactly(0L, 0L, 1001L, 1001L);
    }

    @Test
    void countsRecipients() {
        var rate = new SendingRate(List.of(recipients(10)));

        assertThat(rate.acquire(8, START, Instant.MAX).orElseThrow().at()).isEqualTo(START);
        assertThat(rate.acquire(2, START, Instant.MAX).orElseThrow().at()).isEqualTo(START);
        assertThat(rate.acquire(1, START, Instant.MAX).orElseThrow().at()).isAfter(START.plus(Duration.ofDays(1)));
    }

    @Test
    void letsALetterGoThatIsMoreThanAWindowHolds() {
        var rate = new SendingRate(List.of(recipients(10)));

        assertThat(rate.acquire(35, START, Instant.MAX).orElseThrow().at()).isEqualTo(START);
        assertThat(rate.acquire(1, START, Instant.MAX).orElseThrow().at()).isAfter(START.plus(Duration.ofDays(1)));
    }

    @Test
    void countsNothingThatIsTooLate() {
        var rate = new SendingRate(List.of(letters(1, Duration.ofMinutes(1))));
        rate.acquire(1, START, START);

        var tooLate = rate.acquire(1, START, START.plusSeconds(59)).orElseThrow();
        assertThat(tooLate.at()).isEqualTo(START.plusMillis(60_060));
        assertThat(tooLate.cap().key()).isEqualTo("some-key");
        assertThat(rate.acquire(1, START, START.plusSeconds(61)).orElseThrow().at()).isEqualTo(START.plusMillis(60_060));
    }

    @Test
    void expectsThoseAheadToGoFirst() {
        var rate = new SendingRate(List.of(letters(10, Duration.ofSeconds(1))));

        assertThat(rate.expected(9, START).orElseThrow().at()).isEqualTo(START);
        assertThat(rate.expected(10, START).orElseThrow().at()).isEqualTo(START.plusMillis(1001));
        assertThat(rate.expected(599, START).orElseThrow().at()).isEqualTo(START.plusMillis(59 * 1001));
    }

    /// @param waits milliseconds between a letter and the next that is asked for
    @Property
    void neverLetsMoreGoThanItsCapInAnyWindow(
            @ForAll @IntRange(min = 1, max = 12) int most,
            @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 700) Integer> waits) {
        var rate = new SendingRate(List.of(letters(most, Duration.ofSeconds(1))));
        var now = START;
        var taken = new ArrayList<Instant>();
        for (var wait : waits) {
            now = now.plusMillis(wait);
            taken.add(rate.acquire(1, now, Instant.MAX).orElseThrow().at());
        }
        assertThat(taken).isSorted();
        for (var i = most; i < taken.size(); i++) {
            assertThat(Duration.between(taken.get(i - most), taken.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    /// Milliseconds after the start, for letters that are asked for all at once.
    private static List<Long> taken(SendingRate rate, int letters) {
        return taken(rate, letters, START);
    }

    private static List<Long> taken(SendingRate rate, int letters, Instant now) {
        var taken = new ArrayList<Long>();
        for (var i = 0; i < letters; i++) {
            taken.add(Duration.between(now, rate.acquire(1, now, Instant.MAX).orElseThrow().at()).toMillis());
        }
        return taken;
    }

    private static RateCap letters(int most, Duration window) {
        return new RateCap("some-key", RateCap.Unit.LETTERS, most, window);
    }

    private static RateCap recipients(int most) {
        return new RateCap("recipients-per-day", RateCap.Unit.RECIPIENTS, most, Duration.ofDays(1));
    }
}
