package facteur.domain;

import static facteur.fixture.TestTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// With any answers of the DNS, at any times.
final class LifecyclePropertyTest {
    /// @param lateMinutes how long after its time the check is done
    record Check(Evidence evidence, int lateMinutes) {
        boolean isSure() {
            return !(evidence instanceof Evidence.Unclear);
        }
    }

    /// Mostly nothing: silence has to last.
    private static Arbitrary<Evidence> evidence() {
        return Arbitraries.of(
                new Evidence.Proved(),
                new Evidence.Mismatch("wrong"),
                new Evidence.Unclear("SERVFAIL"),
                new Evidence.Unclear("timeout"),
                new Evidence.Unclear("timeout"));
    }

    @Provide
    Arbitrary<List<Check>> checks() {
        return Combinators.combine(evidence(), Arbitraries.integers().between(0, 2_000))
                .as(Check::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void isSuspendedOnlyWhenMismatchesHavePersisted(
            @ForAll("checks") List<Check> checks, @ForAll @IntRange(min = 1, max = 5) int number, @ForAll @IntRange(max = 48) int hours) {
        var lifecycle = new Lifecycle(number, Duration.ofHours(hours));
        DomainState state = new DomainState.Verified(START);
        var now = START;
        var sureAt = START;
        var inARow = 0;
        var first = Instant.MAX;
        for (var check : checks) {
            switch (check.evidence()) {
                case Evidence.Proved() -> {
                    inARow = 0;
                    first = Instant.MAX;
                }
                case Evidence.Mismatch _ -> {
                    inARow++;
                    first = first.equals(Instant.MAX) ? now : first;
                }
                case Evidence.Unclear _ -> {}
            }
            sureAt = check.isSure() ? now : sureAt;
            var step = lifecycle.step(state, sureAt, check.evidence(), now);
            var persisted = inARow >= number && !first.plus(Duration.ofHours(hours)).isAfter(now);
            var wasSuspended = state instanceof DomainState.Suspended;
            state = step.next();
            assertThat(state instanceof DomainState.Suspended)
                    .isEqualTo(check.evidence() instanceof Evidence.Unclear ? wasSuspended : persisted);
            assertThat(state.isUsable()).isEqualTo(!(state instanceof DomainState.Suspended));
            now = step.nextCheckAt().plus(Duration.ofMinutes(check.lateMinutes()));
        }
    }

    /// Except that it is reported of a domain that counts as proved.
    @Property
    void nothingFoundOutChangesNothing(@ForAll("checks") List<Check> checks) {
        var lifecycle = new Lifecycle(3, Duration.ofHours(24));
        DomainState state = new DomainState.Pending(START);
        var now = START;
        var sureAt = START;
        for (var check : checks) {
            var silent = lifecycle.step(state, sureAt, new Evidence.Unclear("timeout"), now).next();
            if (state instanceof DomainState.Verified || state instanceof DomainState.Unconfirmed) {
                assertThat(silent.isUsable()).isTrue();
                assertThat(silent).isInstanceOfAny(DomainState.Verified.class, DomainState.Unconfirmed.class);
            } else {
                assertThat(silent).isEqualTo(state);
            }
            sureAt = check.isSure() ? now : sureAt;
            var step = lifecycle.step(state, sureAt, check.evidence(), now);
            assertThat(step.nextCheckAt()).isBetween(now.plus(Duration.ofMinutes(1)), now.plus(Duration.ofDays(1)));
            state = step.next();
            now = step.nextCheckAt().plus(Duration.ofMinutes(check.lateMinutes()));
        }
    }

    /// From any state: three days without a sure answer and the next check says so; a sure answer ends it.
    @Property
    void countsAsProvedForNoLongerThanThreeDaysOfSilence(@ForAll("checks") List<Check> checks) {
        var lifecycle = new Lifecycle(3, Duration.ofHours(24));
        DomainState state = new DomainState.Verified(START);
        var now = START;
        var sureAt = START;
        for (var check : checks) {
            sureAt = check.isSure() ? now : sureAt;
            var step = lifecycle.step(state, sureAt, check.evidence(), now);
            state = step.next();
            var isSilentForLong = !sureAt.plus(Duration.ofDays(3)).isAfter(now);
            assertThat(state instanceof DomainState.Verified && isSilentForLong).isFalse();
            assertThat(state instanceof DomainState.Unconfirmed && !isSilentForLong).isFalse();
            now = step.nextCheckAt().plus(Duration.ofMinutes(check.lateMinutes()));
        }
    }

    @Property
    void isUsedOnlyAfterItWasProved(@ForAll("checks") List<Check> checks) {
        var lifecycle = new Lifecycle(3, Duration.ofHours(24));
        DomainState state = new DomainState.Pending(START);
        var now = START;
        var sureAt = START;
        var wasProved = false;
        for (var check : checks) {
            wasProved |= check.evidence() instanceof Evidence.Proved;
            sureAt = check.isSure() ? now : sureAt;
            var step = lifecycle.step(state, sureAt, check.evidence(), now);
            state = step.next();
            assertThat(state.isUsable() && !wasProved).isFalse();
            assertThat(check.evidence() instanceof Evidence.Proved && !(state instanceof DomainState.Verified)).isFalse();
            now = step.nextCheckAt();
        }
    }
}
