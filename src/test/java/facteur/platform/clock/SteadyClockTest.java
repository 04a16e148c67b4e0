package facteur.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private final SettableClock machine = new SettableClock();
    private final SteadyTime steady = new SteadyClock(
            machine.wall(), () -> ChronoUnit.NANOS.between(Instant.EPOCH, machine.instant()) - Long.MAX_VALUE / 3);

    @Test
    void goesOnWhateverIsDoneToTheWallClock() {
        var before = steady.instant();
        machine.set(Duration.ofDays(-3));
        assertThat(steady.since(before)).isZero();
        machine.advance(Duration.ofSeconds(2));
        machine.set(Duration.ofDays(9000));
        assertThat(steady.since(before)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void itsInstantsAreToldByTheWallClockAsThatGoesNow() {
        var restsUntil = steady.instant().plusSeconds(60);
        assertThat(steady.onWall(restsUntil)).isEqualTo(machine.wall().instant().plusSeconds(60));
        machine.set(Duration.ofHours(-2));
        machine.advance(Duration.ofSeconds(20));
        assertThat(steady.onWall(restsUntil)).isEqualTo(machine.wall().instant().plusSeconds(40));
    }
}
