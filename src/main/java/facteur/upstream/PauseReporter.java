package facteur.upstream;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;

/// Tells of each long rest that the caps of an upstream bring, once. Thread-safe.
final class PauseReporter {
    /// A shorter rest isn't worth a line.
    private static final Duration TOLD = Duration.ofMinutes(5);

    private final String upstream;
    private final Journal journal;
    private final SteadyTime time;

    /// The end of the last rest that was told of.
    private Instant toldUntil = Instant.MIN;

    PauseReporter(String upstream, Journal journal, SteadyTime time) {
        this.upstream = upstream;
        this.journal = journal;
        this.time = time;
    }

    /// @param slot the next one
    void tell(SendingRate.Slot slot) {
        if (isNews(slot.at())) {
            journal.record(new MailEvent.UpstreamCapped(upstream, slot.cap().key(), slot.cap().most(), time.onWall(slot.at())));
        }
    }

    private synchronized boolean isNews(Instant restsUntil) {
        var now = time.instant();
        var isNews = now.plus(TOLD).isBefore(restsUntil) && !now.isBefore(toldUntil);
        if (isNews) {
            toldUntil = restsUntil;
        }
        return isNews;
    }
}
