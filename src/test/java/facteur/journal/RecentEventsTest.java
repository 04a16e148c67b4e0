package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.SettableClock;
import facteur.fixture.TestTime;
import facteur.journal.RecentEvents.Sort;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecentEventsTest {
    private static final MailEvent RELAYED = new MailEvent.Relayed("id", "dupont", "a@b.example", "smarthost", "", "", "250 ok", 1);

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final RecentEvents recent = new RecentEvents(journal, time);

    @Test
    void countsTheLastSixtySeconds() {
        for (var second = 0; second < 90; second++) {
            recent.record(RELAYED);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(recent.lastMinute()).containsEntry(Sort.RELAYED, 59L).containsEntry(Sort.ACCEPTED, 0L);
        recent.record(RELAYED);
        assertThat(recent.lastMinute()).containsEntry(Sort.RELAYED, 60L);
        time.advance(Duration.ofSeconds(59));
        assertThat(recent.lastMinute()).containsEntry(Sort.RELAYED, 1L);
        time.advance(Duration.ofSeconds(1));
        assertThat(recent.lastMinute()).containsEntry(Sort.RELAYED, 0L);
        assertThat(journal.events(MailEvent.Relayed.class)).hasSize(91);
    }

    @Test
    void countsWhatComesTogether() {
        var together = new RecentEvents(_ -> {}, time);
        IntStream.range(0, 10_000).parallel().forEach(_ -> together.record(RELAYED));
        assertThat(together.lastMinute()).containsEntry(Sort.RELAYED, 10_000L);
    }

    @Test
    void aClockThatIsSetChangesNothing() {
        var clock = new SettableClock();
        var steady = new RecentEvents(journal, clock);
        steady.record(RELAYED);
        steady.record(new MailEvent.SpoolTrouble("trouble"));
        clock.set(Duration.ofHours(-2));
        clock.advance(Duration.ofSeconds(30));
        assertThat(steady.lastMinute()).containsEntry(Sort.RELAYED, 1L);
        assertThat(steady.troubles().getFirst().at()).isEqualTo(clock.wall().instant().minusSeconds(30));
    }

    @Test
    void keepsTheLastFewTroubles() {
        recent.record(RELAYED);
        for (var trouble = 1; trouble <= 12; trouble++) {
            recent.record(new MailEvent.SpoolTrouble("trouble\n" + trouble));
            time.advance(Duration.ofHours(1));
        }
        assertThat(recent.troubles()).hasSize(10);
        assertThat(recent.troubles().getFirst().line()).isEqualTo("event=spool-trouble what=\"trouble\\n3\"");
        assertThat(recent.troubles().getLast().at()).isEqualTo(time.instant().minus(Duration.ofHours(1)));
    }
}
