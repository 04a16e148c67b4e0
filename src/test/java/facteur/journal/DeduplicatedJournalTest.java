package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeduplicatedJournalTest {
    private final TestTime time = new TestTime();
    private final RecordingJournal told = new RecordingJournal();
    private final Journal journal = new DeduplicatedJournal(told, time);

    private void meet(String what) {
        journal.record(new MailEvent.SpoolTrouble(what));
    }

    @Test
    void tellsTheSameTroubleOnceAMinute() {
        meet("the disk is full");
        meet("the disk is full");
        time.advance(Duration.ofSeconds(59));
        meet("the disk is full");
        time.advance(Duration.ofSeconds(1));
        meet("the disk is full");
        assertThat(told.events(MailEvent.SpoolTrouble.class)).hasSize(2);
    }

    @Test
    void tellsOtherTroubleAtOnce() {
        meet("the disk is full");
        meet("facteur.db is gone");
        meet("the disk is full");
        assertThat(told.events(MailEvent.SpoolTrouble.class)).hasSize(3);
    }

    @Test
    void letsOtherEventsPass() {
        journal.record(new MailEvent.ReplyLost("1", "127.0.0.1"));
        journal.record(new MailEvent.ReplyLost("1", "127.0.0.1"));
        assertThat(told.events(MailEvent.ReplyLost.class)).hasSize(2);
    }
}
