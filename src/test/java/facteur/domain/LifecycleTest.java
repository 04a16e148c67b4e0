package facteur.domain;

import static facteur.fixture.TestTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LifecycleTest {
    private static final Lifecycle LIFECYCLE = new Lifecycle(3, Duration.ofHours(24));
    private static final Evidence PROVED = new Evidence.Proved();
    private static final Evidence MISMATCH = new Evidence.Mismatch("new");
    private static final Evidence UNCLEAR = new Evidence.Unclear("SERVFAIL");

    private static Instant ago(int hours) {
        return START.minus(Duration.ofHours(hours));
    }

    private static DomainState.Degraded degraded(int hoursAgo, int mismatches) {
        return new DomainState.Degraded(ago(hoursAgo), mismatches, "old");
    }

    private static Stream<Arguments> table() {
        var pending = new DomainState.Pending(ago(2));
        var pendingLong = new DomainState.Pending(ago(30 * 24));
        var verified = new DomainState.Verified(ago(100));
        var suspended = new DomainState.Suspended(ago(100), "old");
        var failed = new DomainState.Failed(ago(100), "old");
        var unconfirmed = new DomainState.Unconfirmed(ago(5), "old");
        var renewed = new DomainState.Verified(START);
        return Stream.of(
                Arguments.of(pending, PROVED, renewed, "PT24H"),
                Arguments.of(pending, MISMATCH, pending, "PT30M"),
                Arguments.of(pending, UNCLEAR, pending, "PT30M"),
                Arguments.of(new DomainState.Pending(START), MISMATCH, new DomainState.Pending(START), "PT1M"),
                Arguments.of(pendingLong, PROVED, renewed, "PT24H"),
                Arguments.of(pendingLong, MISMATCH, new DomainState.Failed(START, "new"), "PT1M"),
                Arguments.of(pendingLong, UNCLEAR, pendingLong, "PT1H"),
                Arguments.of(verified, PROVED, verified, "PT24H"),
                Arguments.of(verified, MISMATCH, new DomainState.Degraded(START, 1, "new"), "PT1H"),
                Arguments.of(verified, UNCLEAR, verified, "PT1H"),
                Arguments.of(unconfirmed, PROVED, renewed, "PT24H"),
                Arguments.of(unconfirmed, MISMATCH, new DomainState.Degraded(START, 1, "new"), "PT1H"),
                Arguments.of(unconfirmed, UNCLEAR, new DomainState.Unconfirmed(ago(5), "SERVFAIL"), "PT1H"),
                Arguments.of(degraded(30, 2), PROVED, renewed, "PT24H"),
                Arguments.of(degraded(30, 1), MISMATCH, new DomainState.Degraded(ago(30), 2, "new"), "PT1H"),
                Arguments.of(degraded(23, 20), MISMATCH, new DomainState.Degraded(ago(23), 21, "new"), "PT1H"),
                Arguments.of(degraded(24, 2), MISMATCH, new DomainState.Suspended(START, "new"), "PT1M"),
                Arguments.of(degraded(1000, 1000), UNCLEAR, degraded(1000, 1000), "PT1H"),
                Arguments.of(suspended, PROVED, renewed, "PT24H"),
                Arguments.of(suspended, MISMATCH, new DomainState.Suspended(ago(100), "new"), "PT6H"),
                Arguments.of(suspended, UNCLEAR, suspended, "PT6H"),
                Arguments.of(failed, PROVED, renewed, "PT24H"),
                Arguments.of(failed, MISMATCH, new DomainState.Failed(ago(100), "new"), "PT6H"),
                Arguments.of(failed, UNCLEAR, failed, "PT6H"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void goesByTheTable(DomainState state, Evidence evidence, DomainState next, Duration untilNext) {
        assertThat(LIFECYCLE.step(state, ago(71), evidence, START)).isEqualTo(new Lifecycle.Step(next, START.plus(untilNext)));
    }

    /// In any other state, silence changes nothing.
    @Test
    void isUnconfirmedWhenThreeDaysFoundOutNothing() {
        assertThat(LIFECYCLE.step(new DomainState.Verified(ago(100)), ago(72), UNCLEAR, START).next())
                .isEqualTo(new DomainState.Unconfirmed(START, "SERVFAIL"));
        for (var state : List.of(
                new DomainState.Pending(ago(100)),
                degraded(100, 1),
                new DomainState.Suspended(ago(100), "old"),
                new DomainState.Failed(ago(100), "old"))) {
            assertThat(LIFECYCLE.step(state, ago(1000), UNCLEAR, START).next()).isEqualTo(state);
        }
    }

    @Test
    void suspendsAtOnceWhenThereIsNoGrace() {
        var hasty = new Lifecycle(1, Duration.ZERO);
        assertThat(hasty.step(new DomainState.Verified(START), START, MISMATCH, START).next())
                .isEqualTo(new DomainState.Suspended(START, "new"));
    }

    @Test
    void usesWhatWasProvedAndNotYetLost() {
        assertThat(Stream.of(
                new DomainState.Pending(START),
                new DomainState.Verified(START),
                new DomainState.Unconfirmed(START, ""),
                degraded(1, 1),
                new DomainState.Suspended(START, ""),
                new DomainState.Failed(START, ""))
                .filter(DomainState::isUsable)
                .map(DomainState::word))
                .containsExactly("verified", "unconfirmed", "degraded");
    }
}
