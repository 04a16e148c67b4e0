package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void comesDownToWhatIsServed() {
        assertThat(Throttle.none(20).refused(5, now).limit()).isEqualTo(5);
        assertThat(Throttle.none(20).refused(19, now).refused(18, now).limit()).isEqualTo(18);
    }

    @Test
    void neverGoesUpByARefusal() {
        assertThat(Throttle.none(20).refused(5, now).refused(7, now).limit()).isEqualTo(5);
    }

    @Test
    void goesUpByOneAfterARestAndAsManyLettersAsItsLimit() {
        var throttle = Throttle.none(20).refused(3, now);
        now = now.plus(Throttle.SHORTEST);

        throttle = relayed(throttle, 2);
        assertThat(throttle.limit()).isEqualTo(3);
        throttle = relayed(throttle, 1);
        assertThat(throttle.limit()).isEqualTo(4);
        assertThat(relayed(throttle, 100).limit()).isEqualTo(4);
    }

    @Test
    void staysWhileItRests() {
        var throttle = Throttle.none(20).refused(3, now);
        now = now.plus(Throttle.SHORTEST).minusMillis(1);

        assertThat(relayed(throttle, 100).limit()).isEqualTo(3);
    }

    @Test
    void learnsNothingFromALimitThatIsNotUsed() {
        var throttle = Throttle.none(20).refused(3, now);
        now = now.plus(Throttle.SHORTEST);
        for (var i = 0; i < 100; i++) {
            throttle = throttle.relayed(2, now);
        }
        assertThat(throttle.limit()).isEqualTo(3);
    }

    @Test
    void leavesAFixedNumberAlone() {
        var throttle = Throttle.none(20).refused(5, now);
        for (var rest = Throttle.SHORTEST; rest.compareTo(Throttle.LONGEST) < 0; rest = rest.multipliedBy(2)) {
            assertThat(throttle.rest()).isEqualTo(rest);
            now = now.plus(throttle.rest());
            throttle = relayed(throttle, 5);
            assertThat(throttle.limit()).isEqualTo(6);
            throttle = throttle.refused(5, now);
            assertThat(throttle.limit()).isEqualTo(5);
        }
        assertThat(throttle.rest()).isEqualTo(Throttle.LONGEST);
    }

    @Test
    void isSoonAtAHigherNumber() {
        var throttle = Throttle.none(20).refused(1, now);
        var start = now;
        for (var limit = 1; limit < 20; limit++) {
            now = now.plus(Throttle.SHORTEST);
            throttle = relayed(throttle, limit);
        }
        assertThat(throttle.limit()).isEqualTo(20);
        assertThat(Duration.between(start, now)).isEqualTo(Throttle.SHORTEST.multipliedBy(19));
        assertThat(relayed(throttle, 100)).isEqualTo(throttle);
    }

    /// @param steps above zero: after so many seconds a letter was relayed with so many connections in use; else a refusal
    @Property
    void staysBetweenOneAndWhatIsConfigured(
            @ForAll @IntRange(min = 1, max = 30) int most,
            @ForAll @Size(max = 200) List<@IntRange(min = -30, max = 600) Integer> steps) {
        var throttle = Throttle.none(most);
        var time = now;
        for (var step : steps) {
            time = time.plusSeconds(Math.max(0, step));
            throttle = step > 0 ? throttle.relayed(step, time) : throttle.refused(1 - step, time);
            assertThat(throttle.limit()).isBetween(1, most);
        }
    }

    private Throttle relayed(Throttle throttle, int letters) {
        var next = throttle;
        for (var i = 0; i < letters; i++) {
            next = next.relayed(next.limit(), now);
        }
        return next;
    }
}
