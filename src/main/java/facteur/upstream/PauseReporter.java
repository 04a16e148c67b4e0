package facteur.upstream;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;

/// Reports each long pause that the caps of an upstream cause, once. Thread-safe.
final class PauseReporter {
    /// A shorter pause is not reported.
    private static final Duration REPORTED = Duration.ofMinutes(5);

    private final String upstream;
    private final Journal journal;
    private final SteadyTime time;

    /// The end of the last pause that was reported.
    private Instant reportedUntil = Instant.MIN;

    PauseReporter(String upstream, Journal journal, SteadyTime time) {
        this.upstream = upstream;
        this.journal = journal;
        this.time = time;
    }

    /// @param slot the next one
    void report(SendingRate.Slot slot) {
        if (isNews(slot.at())) {
            journal.record(new MailEvent.UpstreamCapped(upstream, slot.cap().key(), slot.cap().most(), time.onWall(slot.at())));
        }
    }

    private synchronized boolean isNews(Instant until) {
        var now = time.instant();
        var isNews = now.plus(REPORTED).isBefore(until) && !now.isBefore(reportedUntil);
        if (isNews) {
            reportedUntil = until;
        }
        return isNews;
    }
}
