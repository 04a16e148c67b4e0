package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemDetailsTest {
    /// Whichever part it is: disk, database or settings.
    @Test
    void whatIsAwayForNowIsAskedForAgain() {
        assertThat(ProblemDetails.of(503, "disk.unavailable", "", "full").answer().fields()).containsEntry("Retry-After", "5");
        assertThat(ProblemDetails.of(503, "disk.unavailable", "", "full").refused().answer().fields()).containsEntry("Retry-After", "5");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422, 500})
    void whatIsRefusedIsNot(int status) {
        assertThat(ProblemDetails.of(status, "x", "", "x").answer().fields()).containsOnlyKeys("Content-Type");
    }
}
