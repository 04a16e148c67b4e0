package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what became of letters, and tries again while the spool can't be written: what the upstream has accepted must
/// not be sent twice. Gives up when the runner has stopped; the letter is found again at the next start.
///
/// Thread-safe; blocks.
final class SpoolWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);

    private final Spool spool;
    private final Journal journal;
    private final Duration retryDelay;
    private final RunnerSignals signals;

    SpoolWriter(Spool spool, Journal journal, Duration retryDelay, RunnerSignals signals) {
        this.spool = spool;
        this.journal = journal;
        this.retryDelay = retryDelay;
        this.signals = signals;
    }

    boolean isOurs(LeasedLetter leased) {
        return spool.isOurs(leased);
    }

    /// Ends the lease with a verdict.
    ///
    /// @return false when it could not be written
    boolean settle(LeasedLetter leased, Verdict verdict) {
        while (true) {
            try {
                write(leased, verdict);
                return true;
            } catch (SpoolException e) {
                if (!isRetried(e)) {
                    return false;
                }
            }
        }
    }

    private void write(LeasedLetter leased, Verdict verdict) throws SpoolException {
        if (verdict.next() instanceof QueueState.Deferred(var dueAt) && verdict.tally() == Verdict.Tally.NOT_COUNTED) {
            spool.putOff(leased, verdict.recipients(), verdict.attempts(), dueAt);
        } else {
            spool.settle(leased, verdict.recipients(), verdict.attempts(), verdict.next());
        }
    }

    /// Notes that the app got a delay report, so that it gets one only.
    void noteWarning(LeasedLetter leased, Instant warnedAt) {
        while (true) {
            try {
                spool.noteWarning(leased, warnedAt);
                return;
            } catch (SpoolException e) {
                if (!isRetried(e)) {
                    return;
                }
            }
        }
    }

    private boolean isRetried(SpoolException e) {
        report(e, journal);
        return !signals.awaitEnd(retryDelay);
    }

    /// Between two transactions of an attempt. When it can't be written the attempt goes on all the same: its result is
    /// written at its end.
    void noteRelayed(LeasedLetter leased, List<Recipient> recipients) {
        try {
            spool.noteRelayed(leased, recipients);
        } catch (SpoolException e) {
            report(e, journal);
        }
    }

    /// The spool itself journals, once, that the database is unreachable.
    static void report(SpoolException e, Journal journal) {
        switch (e.remedy()) {
            case STORAGE -> journal.record(new MailEvent.SpoolTrouble(e.report()));
            case PATIENCE -> LOG.debug("spool unavailable: {}", e.getMessage());
        }
    }
}
