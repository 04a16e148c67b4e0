package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// Journals once that the database is unreachable, and once that it is back; in between, many callers find out. Connections of before that
/// turn out to be dead soon after it are a part of it. Thread-safe.
final class OutageJournal {
    /// How long after its end what fails still belongs to it.
    private static final Duration AFTERMATH = Duration.ofSeconds(20);

    private final Journal journal;
    private final LongSupplier nanos;
    private final IntSupplier kept;
    private volatile boolean isOn;
    private long beganAt;
    private long endedAt;

    /// @param nanos a clock that is never set
    /// @param kept how many settlements wait for its end
    OutageJournal(Journal journal, LongSupplier nanos, IntSupplier kept) {
        this.journal = journal;
        this.nanos = nanos;
        this.kept = kept;
        endedAt = nanos.getAsLong() - AFTERMATH.toNanos();
    }

    boolean isOn() {
        return isOn;
    }

    void began(String cause) {
        if (!isOn && begin()) {
            journal.record(new MailEvent.DatabaseFailed(cause));
        }
    }

    private synchronized boolean begin() {
        var isNews = !isOn && nanos.getAsLong() - endedAt >= AFTERMATH.toNanos();
        if (isNews) {
            isOn = true;
            beganAt = nanos.getAsLong();
        }
        return isNews;
    }

    void ended() {
        if (isOn && end()) {
            journal.record(new MailEvent.DatabaseRecovered(
                    Duration.ofNanos(nanos.getAsLong() - beganAt).toMillis(), kept.getAsInt()));
        }
    }

    private synchronized boolean end() {
        var isNews = isOn;
        isOn = false;
        endedAt = nanos.getAsLong();
        return isNews;
    }
}
