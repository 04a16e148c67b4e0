package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.SettableClock;
import facteur.journal.MailEvent;
import facteur.platform.clock.ClockWatch;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClockJumpsTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final SettableClock clock = new SettableClock();
    private final ClockWatch watch = new ClockWatch(clock.wall(), clock);
    private final RecordingJournal journal = new RecordingJournal();
    private final List<Duration> broughtForward = new ArrayList<>();
    private boolean isAway;
    private int wakes;
    private final ClockJumps jumps = new ClockJumps(watch, clock, this::bringForward, () -> wakes++, journal);

    private void bringForward(Duration by) throws SpoolException {
        if (isAway) {
            throw new SpoolException("away");
        }
        broughtForward.add(by);
    }

    @Test
    void tellsOfAJumpOnceByTheClockAsItGoesNow() {
        clock.set(DAY.multipliedBy(6));
        jumps.run();
        jumps.run();
        assertThat(journal.events()).containsExactly(new MailEvent.ClockJumped(
                MailEvent.ClockJumped.FORWARD, 518_400_000, clock.wall().instant().plus(Duration.ofHours(1))));
        assertThat(broughtForward).isEmpty();
        assertThat(wakes).isEqualTo(1);
    }

    @Test
    void setsDueDatesBackWithTheClock() {
        clock.set(DAY.negated());
        jumps.run();
        assertThat(journal.events(MailEvent.ClockJumped.class)).extracting(MailEvent.ClockJumped::direction).containsExactly("back");
        assertThat(broughtForward).containsExactly(DAY);
    }

    @Test
    void doesSoLaterWhenTheSpoolIsAway() {
        isAway = true;
        clock.set(DAY.negated());
        jumps.run();
        clock.set(DAY.negated());
        jumps.run();
        isAway = false;
        jumps.run();
        jumps.run();
        assertThat(broughtForward).containsExactly(DAY.multipliedBy(2));
        assertThat(journal.events()).hasSize(2);
    }
}
