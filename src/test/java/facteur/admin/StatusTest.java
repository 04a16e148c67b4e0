package facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /// Five hours are found to be a little less or more, since the clocks are read one after the other.
    @ParameterizedTest
    @CsvSource({"17999999, 18000", "18000001, 18000", "-17999999, -18000", "-18000001, -18000", "-61500, -61", "0, 0"})
    void tellsAJumpOfTheClockInWholeSeconds(long millis, long seconds) {
        var jump = new Status.ClockJump(NOON, Duration.ofMillis(millis), NOON);
        var status = new Status(
                "1", NOON, NOON, List.of(), List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of(), new Status.LockedOut(0, List.of()),
                Optional.empty(), Optional.of(jump));
        assertThat(new String(status.answer().body(), StandardCharsets.UTF_8)).contains("\"bySeconds\": " + seconds + ",");
    }
}
