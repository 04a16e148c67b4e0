package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OutageJournalTest {
    private final RecordingJournal journal = new RecordingJournal();
    private final AtomicLong nanos = new AtomicLong();
    private final OutageJournal outage = new OutageJournal(journal, nanos::get, () -> 7);

    @Test
    void isToldOnceAtEachEnd() {
        outage.ended();
        outage.began("refused");
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        outage.began("refused again");
        assertThat(outage.isOn()).isTrue();
        outage.ended();
        outage.ended();
        assertThat(journal.events()).containsExactly(new MailEvent.DatabaseFailed("refused"), new MailEvent.DatabaseRecovered(90_000, 7));
    }

    /// A pool finds out later that its connections are dead.
    @Test
    void hasAnAftermath() {
        outage.began("refused");
        outage.ended();
        nanos.addAndGet(Duration.ofSeconds(19).toNanos());
        outage.began("cut");
        assertThat(journal.events()).hasSize(2);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        outage.began("cut");
        assertThat(journal.events()).hasSize(3);
    }
}
