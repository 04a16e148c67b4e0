package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SampledJournalTest {
    private final RecordingJournal log = new RecordingJournal();
    private final TestTime time = new TestTime();
    private final SampledJournal journal = new SampledJournal(log, time);

    @Test
    void strangersDontFillTheLog() {
        for (var i = 0; i < 10_000; i++) {
            journal.record(new MailEvent.RecipientRefused("192.0.2.1", "mx.example", "b-" + i + "@return.example.org", "550 5.1.1 No"));
            journal.record(new MailEvent.Limited("connections", "192.0.2.1", ""));
        }
        assertThat(log.events()).hasSize(2 * SampledJournal.PER_MINUTE);
        time.advance(Duration.ofSeconds(1));
        journal.record(new MailEvent.Limited("connections", "192.0.2.1", ""));
        journal.record(new MailEvent.Limited("connections", "192.0.2.1", ""));
        assertThat(log.events()).hasSize(2 * SampledJournal.PER_MINUTE + 1);
    }

    @Test
    void oneKindDoesNotHideAnother() {
        for (var i = 0; i < 1000; i++) {
            journal.record(new MailEvent.Limited("connections", "192.0.2.1", ""));
        }
        journal.record(new MailEvent.Limited("early-talker", "192.0.2.1", ""));
        journal.record(new MailEvent.TlsFailed("192.0.2.1", "no protocol in common"));
        assertThat(log.events()).hasSize(SampledJournal.PER_MINUTE + 2);
    }

    @Test
    void whatAppsAndLettersDoIsAllThere() {
        for (var i = 0; i < 1000; i++) {
            journal.record(new MailEvent.Limited("letters-per-minute", "192.0.2.1", "suite"));
            journal.record(new MailEvent.TurnedAway("192.0.2.1", "app.example"));
        }
        assertThat(log.events()).hasSize(2000);
    }
}
