package facteur.delivery;

import static facteur.delivery.DeliverySamples.RELAYED;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MemorySpool;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.letter.RouteId;
import facteur.platform.clock.Clocks;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.SpoolException;
import facteur.upstream.Breaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SpoolWriterTest {
    private final TestTime time = new TestTime();
    private final MemorySpool spool = new MemorySpool();
    private final RecordingJournal journal = new RecordingJournal();
    private final RunnerSignals signals = new RunnerSignals();
    private final SpoolWriter writer = new SpoolWriter(spool, journal, Duration.ofMillis(1), signals);
    private LeasedLetter leased = DeliverySamples.leased(0, "a");

    @BeforeEach
    void store() throws SpoolException {
        leased = spool.acceptActive(new RouteId("smarthost"), leased.letter());
    }

    private Verdict verdict() {
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5), Duration.ofHours(4));
        var verdicts = new Verdicts(schedule, wait -> wait, DeliverySamples.reporter(time), Clocks.of(time));
        var result = new AttemptResult("smarthost", Breaker.Purpose.RELAY, List.of(RELAYED), List.of());
        return verdicts.judge(leased, result, time.instant(), Verdicts.Notified.NONE);
    }

    @Test
    void endsTheLease() {
        assertThat(writer.settle(leased, verdict())).isTrue();
        assertThat(spool.state(leased.id()).orElseThrow()).isInstanceOf(QueueState.Ended.class);
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void triesAgainUntilTheSpoolCanBeWritten() throws InterruptedException {
        spool.breakDown();
        var isWritten = CompletableFuture.supplyAsync(() -> writer.settle(leased, verdict()), Thread::startVirtualThread);
        journal.await(MailEvent.SpoolTrouble.class, 3);
        spool.repair();
        assertThat(isWritten.join()).isTrue();
        assertThat(spool.state(leased.id()).orElseThrow()).isInstanceOf(QueueState.Ended.class);
    }

    @Test
    void givesUpWhenTheRunnerHasEnded() {
        spool.breakDown();
        signals.end();
        assertThat(writer.settle(leased, verdict())).isFalse();
        assertThat(journal.events()).hasSize(1);
        assertThat(spool.state(leased.id()).orElseThrow()).as("found again at the next start").isInstanceOf(QueueState.Active.class);
    }

    @Test
    void doesNotHoldUpAnAttemptWhoseProgressCanNotBeNoted() {
        spool.breakDown();
        writer.noteRelayed(leased, leased.recipients());
        assertThat(journal.events()).hasSize(1);
    }
}
