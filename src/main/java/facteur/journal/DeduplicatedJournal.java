package facteur.journal;

import facteur.platform.clock.SteadyTime;
import facteur.platform.log.LetterAddresses;
import java.time.Duration;
import java.time.Instant;

/// Reports spool trouble once per minute while it stays the same: on a full disk each letter meets it. Other events pass.
/// Thread-safe.
public final class DeduplicatedJournal implements Journal {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Journal journal;
    private final SteadyTime time;
    private String last = "";
    private Instant toldAt = Instant.MIN;

    public DeduplicatedJournal(Journal journal, SteadyTime time) {
        this.journal = journal;
        this.time = time;
    }

    @Override
    public void record(MailEvent event) {
        if (!(event instanceof MailEvent.SpoolTrouble(var what)) || isNews(what)) {
            journal.record(event);
        }
    }

    @Override
    public void record(MailEvent event, LetterAddresses persons) {
        journal.record(event, persons);
    }

    @Override
    public void took(Step step, Stopwatch since) {
        journal.took(step, since);
    }

    @Override
    public void tried(String upstream, Stopwatch since) {
        journal.tried(upstream, since);
    }

    private synchronized boolean isNews(String what) {
        var now = time.instant();
        if (what.equals(last) && now.isBefore(toldAt.plus(PAUSE))) {
            return false;
        }
        last = what;
        toldAt = now;
        return true;
    }
}
