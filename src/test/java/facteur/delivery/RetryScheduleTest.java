package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.upstream.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryScheduleTest {
    private static final Instant ACCEPTED = Instant.parse("2026-11-23T08:00:00Z");

    private static final Jitter EVEN = wait -> wait;

    private final RetrySchedule schedule = new RetrySchedule(
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(4)), Duration.ofDays(5), Duration.ofHours(4));

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT5M", "3, PT4H", "4, PT4H", "1000, PT4H"})
    void theLastDelayRepeats(int attempts, Duration delay) {
        assertThat(schedule.next(ACCEPTED, attempts, ACCEPTED, EVEN)).contains(ACCEPTED.plus(delay));
    }

    @Test
    void aLastAttemptIsMadeWhenTheLetterExpires() {
        var almost = ACCEPTED.plus(Duration.ofDays(5)).minusSeconds(60);
        assertThat(schedule.next(ACCEPTED, 30, almost, EVEN)).contains(ACCEPTED.plus(Duration.ofDays(5)));
    }

    @Test
    void thenNoMore() {
        assertThat(schedule.next(ACCEPTED, 31, ACCEPTED.plus(Duration.ofDays(5)), EVEN)).isEmpty();
    }

    @Test
    void aWaitIsATenthLongerOrShorterByChance() {
        var jitter = Jitter.of(new Random(1));
        var dues = Stream.generate(() -> schedule.next(ACCEPTED, 2, ACCEPTED, jitter).orElseThrow()).limit(1000).toList();
        assertThat(dues).allMatch(due -> !due.isBefore(ACCEPTED.plusSeconds(270)) && !due.isAfter(ACCEPTED.plusSeconds(330)));
        assertThat(dues).anyMatch(due -> due.isBefore(ACCEPTED.plusSeconds(275))).anyMatch(due -> due.isAfter(ACCEPTED.plusSeconds(325)));
    }

    @Test
    void whatIsNotTheLettersFaultWaitsAMoment() {
        assertThat(schedule.soon(ACCEPTED, ACCEPTED)).contains(ACCEPTED.plusSeconds(1));
        assertThat(schedule.soon(ACCEPTED, ACCEPTED.plus(Duration.ofDays(5)))).isEmpty();
    }
}
