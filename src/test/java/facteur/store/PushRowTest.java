package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.OfficeId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PushRowTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void livesAnHour() {
        assertThat(begun(NOW).isAlive(NOW)).isTrue();
        assertThat(begun(NOW.minus(PushRow.LIFE).plusMillis(1)).isAlive(NOW)).isTrue();
        assertThat(begun(NOW.minus(PushRow.LIFE)).isAlive(NOW)).isFalse();
    }

    /// Else a push that a wrong clock began would keep others out until that time has come.
    @Test
    void isNotBelievedToBeginInTheFuture() {
        assertThat(begun(NOW.plus(Duration.ofMinutes(1))).isAlive(NOW)).as("clocks of nodes differ").isTrue();
        assertThat(begun(NOW.plus(Duration.ofDays(3))).isAlive(NOW)).isFalse();
    }

    private static PushRow begun(Instant at) {
        return new PushRow(new OfficeId("dupont"), "1", "suite", 0, at, CardTally.ZERO, 0, 0, Instant.EPOCH);
    }
}
