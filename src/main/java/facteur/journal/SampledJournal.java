package facteur.journal;

import facteur.platform.clock.RateLimit;
import facteur.platform.clock.SteadyTime;
import facteur.platform.log.LetterAddresses;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Of what strangers can cause at will, lets sixty events of a kind through within a minute: they must not fill the log. Other events
/// pass. Thread-safe.
public final class SampledJournal implements Journal {
    static final int PER_MINUTE = 60;

    private final Journal journal;
    private final SteadyTime time;
    private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();

    public SampledJournal(Journal journal, SteadyTime time) {
        this.journal = journal;
        this.time = time;
    }

    @Override
    public void record(MailEvent event) {
        record(event, LetterAddresses.NONE);
    }

    @Override
    public void record(MailEvent event, LetterAddresses persons) {
        if (kind(event).isEmpty() || isRare(kind(event).get())) {
            journal.record(event, persons);
        }
    }

    /// What a stranger can cause; empty for all else.
    private static Optional<String> kind(MailEvent event) {
        // Of an app it says who needs another limit.
        if (event instanceof MailEvent.Limited(var limit, _, var app)) {
            return app.isEmpty() ? Optional.of(limit) : Optional.empty();
        }
        return event instanceof MailEvent.RecipientRefused || event instanceof MailEvent.TlsFailed
                ? Optional.of(event.getClass().getSimpleName())
                : Optional.empty();
    }

    private boolean isRare(String kind) {
        return limits.computeIfAbsent(kind, _ -> new RateLimit(PER_MINUTE, time)).tryAcquire(PER_MINUTE);
    }

    @Override
    public void took(Step step, Stopwatch since) {
        journal.took(step, since);
    }

    @Override
    public void tried(String upstream, Stopwatch since) {
        journal.tried(upstream, since);
    }
}
