package facteur.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ClockWatchTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final SettableClock machine = new SettableClock();
    private final ClockWatch watch = new ClockWatch(machine.wall(), machine);

    private void settle() {
        machine.advance(ClockWatch.CALM);
        assertThat(watch.isSettled()).isTrue();
    }

    @Test
    void isNotTrustedForAnHourAfterTheStart() {
        assertThat(watch.isSettled()).isFalse();
        machine.advance(ClockWatch.CALM.minusMillis(1));
        assertThat(watch.isSettled()).isFalse();
        machine.advance(Duration.ofMillis(1));
        assertThat(watch.isSettled()).isTrue();
        assertThat(watch.news()).isEmpty();
    }

    @Test
    void seesThatTheClockWasSetOnceAndTrustsItAnHourLater() {
        settle();
        machine.set(DAY.multipliedBy(6));
        assertThat(watch.isSettled()).isFalse();
        assertThat(watch.news()).extracting(Jump::by).containsExactly(DAY.multipliedBy(6));
        assertThat(watch.news()).isEmpty();
        assertThat(watch.unsettling()).hasValueSatisfying(jump -> assertThat(jump.by()).isEqualTo(DAY.multipliedBy(6)));
        machine.advance(ClockWatch.CALM.minusMillis(1));
        assertThat(watch.isSettled()).isFalse();
        machine.advance(Duration.ofMillis(1));
        assertThat(watch.isSettled()).isTrue();
        assertThat(watch.unsettling()).isEmpty();
    }

    /// Its hour is one of the steady clock: six days of the wall clock are no hour.
    @Test
    void tellsOfEachJumpThereAndBack() {
        settle();
        machine.set(DAY);
        assertThat(watch.isSettled()).isFalse();
        machine.set(DAY.negated());
        assertThat(watch.news()).extracting(Jump::by).containsExactly(DAY, DAY.negated());
    }

    @Test
    void aMinuteIsNoJump() {
        settle();
        machine.set(Duration.ofMinutes(1));
        assertThat(watch.news()).isEmpty();
        machine.set(Duration.ofMillis(1));
        assertThat(watch.news()).hasSize(1);
    }

    @Test
    void smallStepsAddUp() {
        settle();
        for (var i = 0; i < 40; i++) {
            machine.advance(Duration.ofSeconds(1));
            machine.set(Duration.ofSeconds(-2));
            var _ = watch.isSettled();
        }
        assertThat(watch.news()).singleElement().satisfies(jump -> assertThat(jump.by()).isNegative());
        assertThat(watch.isSettled()).isFalse();
    }

    /// A second a minute: nothing that is measured in days minds.
    @Test
    void aClockThatIsPutRightAgainAndAgainIsTrusted() {
        settle();
        for (var i = 0; i < 600; i++) {
            machine.advance(Duration.ofMinutes(1));
            machine.set(Duration.ofSeconds(1));
            assertThat(watch.isSettled()).isTrue();
        }
        assertThat(watch.news()).isEmpty();
    }

    /// The steady clock stands still meanwhile.
    @Test
    void aMachineThatSleptIsOneThatJumped() {
        settle();
        machine.set(Duration.ofHours(8));
        assertThat(watch.news()).extracting(Jump::by).containsExactly(Duration.ofHours(8));
    }

    /// As with SIGSTOP.
    @Test
    void aThreadThatIsHeldUpBetweenTwoReadingsReadsAgain() {
        var holdUps = new ArrayDeque<>(List.of(Duration.ZERO, Duration.ofDays(2), Duration.ZERO, Duration.ofDays(3)));
        var held = new ClockWatch(
                () -> {
                    var now = machine.wall().instant();
                    if (!holdUps.isEmpty()) {
                        machine.advance(holdUps.remove());
                    }
                    return now;
                },
                machine);
        assertThat(held.isSettled()).isTrue();
        assertThat(held.isSettled()).isTrue();
        assertThat(held.news()).isEmpty();
    }

    /// Under any changes of the clock: when it is trusted, the last hour was as long by it as it was, give or take two minutes.
    @Property(tries = 300)
    void anHourThatIsTrustedWasAnHour(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 900) Integer> passing,
            @ForAll @Size(max = 200) List<@IntRange(min = -90, max = 90) Integer> setting) {
        var clock = new SettableClock();
        var watched = new ClockWatch(clock.wall(), clock);
        record Seen(Instant steady, Instant wall) {}
        var seen = new ArrayDeque<Seen>();
        seen.add(new Seen(clock.instant(), clock.wall().instant()));
        for (var i = 0; i < Math.min(passing.size(), setting.size()); i++) {
            clock.advance(Duration.ofSeconds(passing.get(i)));
            clock.set(Duration.ofSeconds(setting.get(i)));
            var now = new Seen(clock.instant(), clock.wall().instant());
            seen.add(now);
            if (watched.isSettled()) {
                var hourAgo = now.steady().minus(ClockWatch.CALM);
                while (seen.getFirst().steady().isBefore(hourAgo)) {
                    seen.removeFirst();
                }
                for (var earlier : seen) {
                    var parted = Duration.between(earlier.wall(), now.wall()).minus(Duration.between(earlier.steady(), now.steady()));
                    assertThat(parted.abs()).isLessThanOrEqualTo(Duration.ofMinutes(3));
                }
            }
        }
    }
}
