package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.smtp.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BreakerTest {
    private static final Outcome REFUSED = new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("refused"));
    private static final Outcome TAKEN = new Outcome.Relayed(Reply.plain(250, "ok"), Outcome.SuccessReport.BY_US);
    private static final Outcome LATER = new Outcome.TempFailed(Stage.RCPT, new FailureCause.Answer(Reply.plain(450, "later")));

    private final TestTime time = new TestTime();
    private final Breaker breaker = new Breaker(wait -> wait, time);

    @Test
    void restsASecondAfterTheFirstFailure() {
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Unlimited());
        var change = end(REFUSED).orElseThrow();
        assertThat(change.to()).isInstanceOf(Breaker.Condition.Down.class);
        assertThat(breaker.permit()).isEqualTo(until(time.instant().plusSeconds(1)));
        assertThat(end(LATER)).isPresent();
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Unlimited());
    }

    @Test
    void doublesItsRestUpToAMinute() {
        end(REFUSED);
        for (var seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
            time.advance(Duration.ofMinutes(1));
            assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
            assertThat(end(REFUSED)).isEmpty();
            assertThat(breaker.permit()).isEqualTo(until(time.instant().plusSeconds(seconds)));
        }
    }

    @Test
    void mayBeTriedAtOnceWhenItIsWoken() {
        assertThat(breaker.wake()).isFalse();
        for (var i = 0; i < 7; i++) {
            end(REFUSED);
            time.advance(Duration.ofMinutes(1));
            breaker.permit();
        }
        end(REFUSED);
        assertThat(breaker.permit()).isEqualTo(until(time.instant().plusSeconds(60)));
        assertThat(breaker.wake()).isTrue();
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
        assertThat(end(REFUSED)).isEmpty();
        assertThat(breaker.permit()).isEqualTo(until(time.instant().plusSeconds(1)));
    }

    /// A limit of a day isn't over in a second, and a probe may count against it.
    @Test
    void restsForMinutesWhenWeHaveSentAsMuchAsWeMay() {
        var full = new Outcome.TempFailed(
                Stage.END_OF_DATA, new FailureCause.Answer(Reply.of(550, 4, 5, "Daily user sending limit exceeded.")));
        end(full);
        assertThat(breaker.permit()).isEqualTo(until(time.instant().plus(Duration.ofMinutes(1))));
        for (var minutes : new int[] {2, 4, 8, 16, 30, 30}) {
            time.advance(Duration.ofMinutes(30));
            assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
            end(full);
            assertThat(breaker.permit()).isEqualTo(until(time.instant().plus(Duration.ofMinutes(minutes))));
        }
        time.advance(Duration.ofMinutes(30));
        end(REFUSED);
        assertThat(breaker.permit()).isEqualTo(until(time.instant().plus(Duration.ofMinutes(1))));
    }

    @Test
    void letsOneProbeGoAtATime() {
        end(REFUSED);
        time.advance(Duration.ofSeconds(1));
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.None(Optional.empty()));
        breaker.noProbe();
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
        assertThat(breaker.end(breaker.beginProbe(), List.of())).isEmpty();
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
    }

    @Test
    void countsFailuresThatHappenTogetherOnce() {
        var tickets = List.of(breaker.begin(), breaker.begin(), breaker.begin());
        for (var ticket : tickets) {
            breaker.end(ticket, List.of(REFUSED));
        }
        assertThat(breaker.permit()).isEqualTo(until(time.instant().plusSeconds(1)));
    }

    @Test
    void isNotBroughtBackByALetterFromBefore() {
        var before = breaker.begin();
        end(REFUSED);
        assertThat(breaker.end(before, List.of(TAKEN))).isEmpty();
        assertThat(breaker.condition()).isInstanceOf(Breaker.Condition.Down.class);
        assertThat(breaker.failedSince(before)).contains((Outcome.TempFailed) REFUSED);
        assertThat(breaker.failedSince(breaker.begin())).isEmpty();
    }

    @Test
    void isNotBroughtDownByALetterFromBefore() {
        var before = breaker.begin();
        end(REFUSED);
        end(TAKEN);
        assertThat(breaker.end(before, List.of(REFUSED))).isEmpty();
        assertThat(breaker.condition()).isEqualTo(new Breaker.Condition.Up());
        assertThat(breaker.failedSince(before)).isEmpty();
    }

    @Test
    void aProbeThatIsOvertakenLeavesTheNextOneFree() {
        end(REFUSED);
        time.advance(Duration.ofSeconds(1));
        breaker.permit();
        breaker.end(breaker.begin(), List.of(TAKEN));
        end(REFUSED);
        time.advance(Duration.ofSeconds(1));
        assertThat(breaker.permit()).isEqualTo(new Breaker.Permit.Probe());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void learnsNothingFromALetterThatWasNotTried(boolean isDown) {
        if (isDown) {
            end(REFUSED);
        }
        var before = breaker.condition();
        assertThat(end(new Outcome.NotTried(new FailureCause.Trouble("busy")))).isEmpty();
        assertThat(breaker.condition()).isEqualTo(before);
    }

    @Test
    void spreadsItsRests() {
        var spreading = new Breaker(wait -> wait.plusMillis(70), time);
        spreading.end(spreading.begin(), List.of(REFUSED));
        assertThat(spreading.permit()).isEqualTo(until(time.instant().plusMillis(1070)));
    }

    private Optional<Breaker.Change> end(Outcome outcome) {
        var isDown = breaker.condition() instanceof Breaker.Condition.Down;
        return breaker.end(isDown ? breaker.beginProbe() : breaker.begin(), List.of(outcome));
    }

    private static Breaker.Permit until(Instant instant) {
        return new Breaker.Permit.None(Optional.of(instant));
    }
}
