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

    private static final Instant EXPIRES = ACCEPTED.plus(Duration.ofDays(5));

    private static final Jitter EVEN = wait -> wait;

    private final RetrySchedule schedule = new RetrySchedule(
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(4)), Duration.ofDays(5), Duration.ofHours(4));

    /// An attempt that takes no time.
    private Instant next(int attempts, Instant at, Jitter jitter) {
        return schedule.next(ACCEPTED, attempts, at, at, jitter);
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT5M", "3, PT4H", "4, PT4H", "1000, PT4H"})
    void theLastDelayRepeats(int attempts, Duration delay) {
        assertThat(next(attempts, ACCEPTED, EVEN)).isEqualTo(ACCEPTED.plus(delay));
    }

    @Test
    void aLastAttemptIsMadeWhenTheLetterExpires() {
        assertThat(next(30, EXPIRES.minusSeconds(60), EVEN)).isEqualTo(EXPIRES);
        assertThat(schedule.isExpired(ACCEPTED, EXPIRES.minusMillis(1))).isFalse();
        assertThat(schedule.isExpired(ACCEPTED, EXPIRES)).isTrue();
    }

    @Test
    void anAttemptThatBeganInTimeIsntTheLastHoweverLateItEnds() {
        var late = EXPIRES.plus(Duration.ofDays(1));
        assertThat(schedule.next(ACCEPTED, 30, EXPIRES.minusSeconds(1), late, EVEN)).isEqualTo(late);
        assertThat(schedule.soon(ACCEPTED, EXPIRES.minusSeconds(1), late)).isEqualTo(late);
    }

    @Test
    void whatIsKeptBeyondItsTimeWaitsAsBefore() {
        assertThat(next(31, EXPIRES, EVEN)).isEqualTo(EXPIRES.plus(Duration.ofHours(4)));
    }

    @Test
    void aWaitIsATenthLongerOrShorterByChance() {
        var jitter = Jitter.of(new Random(1));
        var dues = Stream.generate(() -> next(2, ACCEPTED, jitter)).limit(1000).toList();
        assertThat(dues).allMatch(due -> !due.isBefore(ACCEPTED.plusSeconds(270)) && !due.isAfter(ACCEPTED.plusSeconds(330)));
        assertThat(dues).anyMatch(due -> due.isBefore(ACCEPTED.plusSeconds(275))).anyMatch(due -> due.isAfter(ACCEPTED.plusSeconds(325)));
    }

    @Test
    void whatIsNotTheLettersFaultWaitsAMoment() {
        assertThat(schedule.soon(ACCEPTED, ACCEPTED, ACCEPTED)).isEqualTo(ACCEPTED.plusSeconds(1));
    }

    /// For any jitter, and any attempt.
    @Test
    void noWaitIsLongerThanTheLongest() {
        var jitter = Jitter.of(new Random(2));
        assertThat(Stream.generate(() -> next(3, ACCEPTED, jitter)).limit(1000))
                .allMatch(due -> due.isBefore(ACCEPTED.plus(schedule.longest())));
        assertThat(schedule.longest()).isLessThan(Duration.ofHours(5));
        assertThat(new RetrySchedule(List.of(Duration.ofSeconds(1)), Duration.ofDays(5), Duration.ofHours(4)).longest())
                .isGreaterThan(Duration.ofMinutes(5));
    }
}
