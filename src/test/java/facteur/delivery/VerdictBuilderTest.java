package facteur.delivery;

import static facteur.delivery.DeliverySamples.BUSY;
import static facteur.delivery.DeliverySamples.NEVER;
import static facteur.delivery.DeliverySamples.RELAYED;
import static facteur.delivery.DeliverySamples.leased;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictBuilderTest {
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5), Duration.ofHours(4));
    private static final Instant DUE = TestTime.START.plusSeconds(60);

    private final TestTime time = new TestTime();
    private final LeasedLetter leased = leased(0, "a", "b");
    private final Recipient first = leased.recipients().getFirst();
    private final Recipient second = leased.recipients().getLast();

    private VerdictBuilder builder(VerdictBuilder.News news, VerdictBuilder.Age age) {
        return new VerdictBuilder(leased, "smarthost", news, 1, DUE, age, time.instant());
    }

    @Test
    void keepsTheOrderOfTheLetter() {
        var builder = builder(VerdictBuilder.News.FIRST, VerdictBuilder.Age.WITHIN);
        builder.unchanged(first);
        builder.judge(second, RELAYED);
        var verdict = builder.notCounted(List.of(), SCHEDULE, DeliverySamples.reporter(time));
        assertThat(verdict.recipients()).extracting(Recipient::path).containsExactly(first.path(), second.path());
        assertThat(verdict.next()).as("the first still waits").isEqualTo(new QueueState.Deferred(DUE));
    }

    @Test
    void writesOneReportForAllThatFailed() {
        var builder = builder(VerdictBuilder.News.FIRST, VerdictBuilder.Age.WITHIN);
        builder.judge(first, NEVER);
        builder.judge(second, NEVER);
        var verdict = builder.notCounted(List.of(), SCHEDULE, DeliverySamples.reporter(time));
        assertThat(verdict.events()).extracting(event -> (Object) event.getClass())
                .containsExactly(MailEvent.Failed.class, MailEvent.Failed.class, MailEvent.Bounced.class);
        assertThat(Rig.text(verdict.report().orElseThrow())).contains("a@example.com", "b@example.com");
    }

    @Test
    void writesNoReportWhenTheAppKnows() {
        var builder = builder(VerdictBuilder.News.FIRST, VerdictBuilder.Age.WITHIN);
        builder.judge(first, NEVER);
        builder.judge(second, NEVER);
        builder.appKnows();
        assertThat(builder.notCounted(List.of(), SCHEDULE, DeliverySamples.reporter(time)).report()).isEmpty();
    }

    @Test
    void saysNothingOfAProbeThatDoesNotCount() {
        var builder = builder(VerdictBuilder.News.NONE, VerdictBuilder.Age.WITHIN);
        builder.judge(first, DeliverySamples.REFUSED);
        builder.judge(second, BUSY);
        var verdict = builder.counted(List.of(), SCHEDULE, DeliverySamples.reporter(time));
        assertThat(verdict.events()).singleElement()
                .satisfies(event -> assertThat(((MailEvent.Deferred) event).recipient()).isEqualTo("b@example.com"));
    }

    @Test
    void holdsWhatWaitsWhenJudgingFailed() {
        var builder = builder(VerdictBuilder.News.NONE, VerdictBuilder.Age.UNKNOWN);
        builder.unchanged(first);
        builder.unchanged(second);
        var verdict = builder.salvaged(List.of(), "bug");
        assertThat(verdict.next()).isEqualTo(new QueueState.Held("bug"));
        assertThat(verdict.events()).containsExactly(new MailEvent.Held(leased.id().text(), "bug"));
    }
}
