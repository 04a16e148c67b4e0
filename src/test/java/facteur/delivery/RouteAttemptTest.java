package facteur.delivery;

import static facteur.delivery.DeliverySamples.BUSY;
import static facteur.delivery.DeliverySamples.NEVER;
import static facteur.delivery.DeliverySamples.REFUSED;
import static facteur.delivery.DeliverySamples.RELAYED;
import static facteur.delivery.DeliverySamples.leased;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ObedientUpstream;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.platform.clock.Clocks;
import facteur.route.Hop;
import facteur.route.Route;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.upstream.Breaker;
import facteur.upstream.Outcome;
import facteur.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RouteAttemptTest {
    private final TestTime time = new TestTime();
    private final ObedientUpstream first = new ObedientUpstream("first");
    private final ObedientUpstream second = new ObedientUpstream("second");
    private final Hop firstHop = new Hop(first, new Breaker(wait -> wait, time));
    private final Route route = new Route(
            List.of(
                    new Route.Choice(firstHop, 1, 1),
                    new Route.Choice(new Hop(second, new Breaker(wait -> wait, time)), 2, 1)),
            new Random(1));
    private final RouteAttempt courier = new RouteAttempt(route, new RecordingJournal(), time);
    private boolean isOurs = true;

    private final Upstream.Progress progress = new Upstream.Progress() {
        @Override
        public void settled(List<Outcome> outcomes) {}

        @Override
        public boolean isOurs() {
            return isOurs;
        }
    };

    @Test
    void asksTheFirstUpstreamAlone() {
        var result = courier.attempt(leased(0, "a", "b"), progress);
        assertThat(result).isEqualTo(new AttemptResult("first", Breaker.Purpose.RELAY, List.of(RELAYED, RELAYED), List.of()));
        assertThat(second.letters()).isEmpty();
    }

    @Test
    void asksTheNextWhenTheFirstHeardNothingOfTheLetter() {
        first.does(_ -> REFUSED);
        var result = courier.attempt(leased(0, "a"), progress);
        assertThat(result.upstream()).isEqualTo("second");
        assertThat(result.outcomes()).containsExactly(RELAYED);
        assertThat(result.upstreamEvents()).singleElement().isInstanceOf(MailEvent.UpstreamFailed.class);
    }

    @Test
    void asksNoOtherOnceTheLetterWasHeard() {
        for (var outcome : List.of(BUSY, NEVER, DeliverySamples.IN_DOUBT)) {
            first.does(_ -> outcome);
            assertThat(courier.attempt(leased(0, "a"), progress).upstream()).isEqualTo("first");
        }
        assertThat(second.letters()).isEmpty();
    }

    /// A host beyond the upstream gave it back while the attempt ran that relayed it, and that attempt was never written down.
    @Test
    void asksNoOneForALetterThatHasComeBack() {
        var waiting = leased(0, "a");
        var back = new LeasedLetter(
                waiting.letter(), waiting.lease(), 1, waiting.warnedAt(),
                List.of(waiting.recipients().getFirst().with(Recipient.Status.RETURNED, "5.1.1")));
        var result = courier.attempt(back, progress);
        assertThat(result.outcomes()).isEmpty();
        assertThat(first.letters()).isEmpty();
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5), Duration.ofHours(4));
        var verdict = new Verdicts(schedule, wait -> wait, DeliverySamples.reporter(time), Clocks.of(time)).judge(back, result, time.instant(),
                Verdicts.Notified.NONE);
        assertThat(verdict.next()).isInstanceOf(QueueState.Ended.class);
        assertThat(verdict.recipients()).isEqualTo(back.recipients());
        assertThat(verdict.report()).isEmpty();
        assertThat(courier.probe(back, firstHop, progress).outcomes()).isEmpty();
    }

    @Test
    void passesOverOneThatIsDown() {
        first.does(_ -> REFUSED);
        courier.attempt(leased(0, "a"), progress);
        courier.attempt(leased(0, "a"), progress);
        assertThat(first.letters()).hasSize(1);
        assertThat(second.letters()).hasSize(2);
    }

    @Test
    void triesNoneWhenAllAreDown() {
        first.does(_ -> REFUSED);
        second.does(_ -> REFUSED);
        courier.attempt(leased(0, "a"), progress);
        var result = courier.attempt(leased(0, "a", "b"), progress);
        assertThat(result.outcomes()).hasSize(2).allMatch(Outcome.NotTried.class::isInstance);
        assertThat(first.letters()).hasSize(1);
    }

    @Test
    void makesTheLastAttemptEvenWhenAllAreDown() {
        first.does(_ -> REFUSED);
        second.does(_ -> REFUSED);
        courier.attempt(leased(0, "a"), progress);
        first.does(_ -> RELAYED);
        assertThat(courier.lastAttempt(leased(0, "a"), progress).outcomes()).containsExactly(RELAYED);
    }

    @Test
    void probesTheOneThatIsDown() {
        first.does(_ -> REFUSED);
        courier.attempt(leased(0, "a"), progress);
        first.does(_ -> RELAYED);
        time.advance(Duration.ofMinutes(1));
        var result = courier.probe(leased(0, "a"), firstHop, progress);
        assertThat(result.purpose()).isEqualTo(Breaker.Purpose.PROBE);
        assertThat(result.upstream()).isEqualTo("first");
        assertThat(result.upstreamEvents()).containsExactly(new MailEvent.UpstreamRecovered("first", 60_000));
    }

    @Test
    void triesNothingThatAnotherNodeMayHave() {
        isOurs = false;
        assertThat(courier.attempt(leased(0, "a"), progress).outcomes()).containsExactly(Upstream.Progress.NOT_OURS);
        assertThat(first.letters()).isEmpty();
    }
}
