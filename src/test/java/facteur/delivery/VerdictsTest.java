package facteur.delivery;

import static facteur.delivery.DeliverySamples.BUSY;
import static facteur.delivery.DeliverySamples.CLOSING;
import static facteur.delivery.DeliverySamples.IN_DOUBT;
import static facteur.delivery.DeliverySamples.NEVER;
import static facteur.delivery.DeliverySamples.NOT_TRIED;
import static facteur.delivery.DeliverySamples.REFUSED;
import static facteur.delivery.DeliverySamples.RELAYED;
import static facteur.delivery.DeliverySamples.leased;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.smtp.Reply;
import facteur.platform.clock.ClockTrust;
import facteur.platform.clock.Clocks;
import facteur.platform.clock.SteadyTime;
import facteur.spool.Attempt;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.upstream.Breaker;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What follows from an attempt: one row per outcome of a letter with one recipient.
final class VerdictsTest {
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)), Duration.ofDays(5), Duration.ofHours(4));
    private static final Map<String, Outcome> OUTCOMES = Map.of(
            "relayed", RELAYED, "busy", BUSY, "closing", CLOSING, "refused", REFUSED, "never", NEVER, "in-doubt", IN_DOUBT, "not-tried", NOT_TRIED);

    private final TestTime time = new TestTime();
    private final Verdicts verdicts = new Verdicts(SCHEDULE, wait -> wait, DeliverySamples.reporter(time), Clocks.of(time));

    @ParameterizedTest(name = "{0} at {1}: {2}, {3}, {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # outcome | age    | next        | counts      | recipient | events
            relayed   | PT1M   | ended       | not-counted | RELAYED   | Relayed
            never     | PT1M   | ended       | not-counted | FAILED    | Failed Bounced
            busy      | PT1M   | PT1M        | counted     | PENDING   | Deferred
            closing   | PT1M   | PT1M        | not-counted | PENDING   | Deferred
            refused   | PT1M   | PT1S        | not-counted | PENDING   | Deferred
            in-doubt  | PT1M   | PT1M        | counted     | PENDING   | InDoubt
            not-tried | PT1M   | PT1S        | not-counted | PENDING   | Deferred
            busy      | PT5H   | PT1M        | counted     | PENDING   | Deferred DelayReported
            refused   | PT5H   | PT1S        | not-counted | PENDING   | Deferred
            relayed   | PT120H | ended       | not-counted | RELAYED   | Relayed
            busy      | PT120H | ended       | counted     | FAILED    | Failed Bounced
            closing   | PT120H | ended       | not-counted | FAILED    | Failed Bounced
            refused   | PT120H | ended       | not-counted | FAILED    | Failed Bounced
            in-doubt  | PT120H | ended       | counted     | FAILED    | Failed Bounced
            not-tried | PT120H | PT1M        | not-counted | PENDING   | Deferred
            """)
    void judgesOneRecipient(String outcome, Duration age, String next, String counts, Recipient.Status status, String events) {
        time.advance(age);
        var verdict = judge(leased(0, "a"), requireNonNull(OUTCOMES.get(outcome)));
        assertThat(next(verdict)).isEqualTo(next);
        assertThat(verdict.tally().name().toLowerCase(Locale.ROOT).replace('_', '-')).isEqualTo(counts);
        assertThat(verdict.recipients()).extracting(Recipient::status).containsExactly(status);
        assertThat(verdict.events()).extracting(event -> event.getClass().getSimpleName()).containsExactly(events.split(" "));
        assertThat(verdict.report().isPresent()).isEqualTo(events.contains("Bounced") || events.contains("DelayReported"));
    }

    private String next(Verdict verdict) {
        return switch (verdict.next()) {
            case QueueState.Deferred(var dueAt) -> Duration.between(time.instant(), dueAt).toString();
            case QueueState.Ended(var at) -> {
                assertThat(at).isEqualTo(time.instant());
                yield "ended";
            }
            case QueueState.Held _, QueueState.Active _ -> throw new AssertionError(verdict.next());
        };
    }

    private Verdict judge(LeasedLetter leased, Outcome... outcomes) {
        return verdicts.judge(leased, result(outcomes), time.instant(), Verdicts.Notified.NONE);
    }

    private static AttemptResult result(Outcome... outcomes) {
        return new AttemptResult("smarthost", Breaker.Purpose.RELAY, List.of(outcomes), List.of());
    }

    @Test
    void countsAnAttemptForAllWhenItCountsForOne() {
        var verdict = judge(leased(0, "a", "b", "c"), REFUSED, BUSY, RELAYED);
        assertThat(verdict.tally()).isEqualTo(Verdict.Tally.COUNTED);
        assertThat(verdict.next()).isEqualTo(new QueueState.Deferred(time.instant().plusSeconds(60)));
        assertThat(verdict.recipients()).extracting(Recipient::status)
                .containsExactly(Recipient.Status.PENDING, Recipient.Status.PENDING, Recipient.Status.RELAYED);
        assertThat(verdict.attempts()).extracting(Attempt::position).containsExactly(0, 1, 2);
    }

    @Test
    void leavesThoseWhoAreDoneAsTheyAre() {
        var before = leased(1, "a", "b");
        var done = before.recipients().getFirst().with(Recipient.Status.RELAYED, "250 before");
        var leased = new LeasedLetter(before.letter(), before.lease(), 1, Optional.empty(), List.of(done, before.recipients().getLast()));
        var verdict = judge(leased, RELAYED);
        assertThat(verdict.recipients().getFirst()).isEqualTo(done);
        assertThat(verdict.events()).singleElement()
                .satisfies(event -> assertThat(((MailEvent.Relayed) event).recipient()).isEqualTo("b@example.com"));
    }

    @Test
    void waitsLongerAfterEachAttemptThatCounts() {
        assertThat(judge(leased(1, "a"), BUSY).next()).isEqualTo(new QueueState.Deferred(time.instant().plusSeconds(300)));
    }

    @Test
    void warnsOnce() {
        time.advance(Duration.ofHours(5));
        var leased = leased(leased(3, "a").letter(), 3, Optional.of(TestTime.START));
        var verdict = judge(leased, BUSY);
        assertThat(verdict.report()).isEmpty();
        assertThat(verdict.warnedAt()).isEmpty();
    }

    @Test
    void sendsNoReportWhenTheAppHasHeardTheRefusal() {
        var verdict = verdicts.judge(leased(0, "a"), result(NEVER), time.instant(), Verdicts.Notified.APP);
        assertThat(verdict.report()).isEmpty();
        assertThat(verdict.events()).singleElement().isInstanceOf(MailEvent.Failed.class);
    }

    @Test
    void repeatsNoDeferralForTheSameCauseWhenNothingCounts() {
        var before = leased(0, "a");
        var waiting = before.recipients().getFirst().with(Recipient.Status.PENDING, "refused");
        var leased = new LeasedLetter(before.letter(), before.lease(), 0, Optional.empty(), List.of(waiting));
        assertThat(judge(leased, REFUSED).events()).isEmpty();
        assertThat(judge(leased, NOT_TRIED).events()).hasSize(1);
    }

    @Test
    void endsNoLetterByItsAgeWhileTheClockIsNotTrusted() {
        time.advance(Duration.ofDays(9));
        var doubtful = new ClockTrust() {
            @Override
            public boolean isSettled() {
                return false;
            }
        };
        var unsure = new Verdicts(
                SCHEDULE, wait -> wait, DeliverySamples.reporter(time), new Clocks(time, SteadyTime.of(time), doubtful));
        var verdict = unsure.judge(leased(3, "a"), result(BUSY), time.instant(), Verdicts.Notified.NONE);
        assertThat(verdict.next()).isInstanceOf(QueueState.Deferred.class);
        assertThat(verdict.report()).isEmpty();
    }

    @Test
    void tellsAWaitingAppOnlyOfARefusalForAll() {
        var leased = leased(0, "a", "b");
        assertThat(Verdicts.refusal(leased, List.of(NEVER, RELAYED))).isEmpty();
        assertThat(Verdicts.refusal(leased, List.of(NEVER, NEVER))).contains(Reply.of(550, 1, 1, "no such user"));
        var bare = new Outcome.PermFailed(Stage.END_OF_DATA, Reply.plain(554, "no"));
        assertThat(Verdicts.refusal(leased, List.of(bare, NEVER))).map(Reply::wire).contains("554 5.0.0 no");
    }

    @Test
    void salvagesThoseWhoHaveItAndHoldsTheRest() {
        var verdict = verdicts.salvage(leased(0, "a", "b"), result(RELAYED, BUSY), "bug");
        assertThat(verdict.next()).isEqualTo(new QueueState.Held("bug"));
        assertThat(verdict.recipients()).extracting(Recipient::status).containsExactly(Recipient.Status.RELAYED, Recipient.Status.PENDING);
        assertThat(verdicts.salvage(leased(0, "a"), result(RELAYED), "bug").next()).isInstanceOf(QueueState.Ended.class);
        assertThat(verdicts.salvage(leased(0, "a"), AttemptResult.NONE, "bug").next()).isEqualTo(new QueueState.Held("bug"));
    }

    @Test
    void triesFailedRecipientsAgainWhenTheirReportIsNotStored() {
        var leased = leased(0, "a", "b");
        var verdict = judge(leased, NEVER, RELAYED);
        Instant later = time.instant().plusSeconds(300);
        var postponed = verdict.postponed(leased.recipients(), later);
        assertThat(postponed.next()).isEqualTo(new QueueState.Deferred(later));
        assertThat(postponed.recipients()).extracting(Recipient::status).containsExactly(Recipient.Status.PENDING, Recipient.Status.RELAYED);
        assertThat(postponed.report()).isEmpty();
    }
}
