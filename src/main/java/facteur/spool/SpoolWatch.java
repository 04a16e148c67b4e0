package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the spool works, for those who ask from time to time. Thread-safe.
final class SpoolWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolWatch.class);

    private final Committer committer;
    private final FreeSpace space;
    private final Journal journal;
    private final AtomicBoolean isLossJournalled = new AtomicBoolean();

    SpoolWatch(Committer committer, FreeSpace space, Journal journal) {
        this.committer = committer;
        this.space = space;
        this.journal = journal;
    }

    /// As [SqlSpool#refusal].
    Optional<String> refusal() {
        try {
            committer.refuseWhenBroken();
            space.acquire(0);
            return committer.unavailable();
        } catch (SpoolException refusal) {
            return Optional.of(String.valueOf(refusal.getMessage()));
        }
    }

    /// As [SqlSpool#look].
    void look() {
        committer.look().filter(_ -> !isLossJournalled.getAndSet(true)).ifPresent(_ -> {
            try {
                committer.refuseWhenBroken();
            } catch (SpoolException why) {
                journal.record(new MailEvent.SpoolTrouble(String.valueOf(why.getMessage())));
            }
        });
    }

    /// As [SqlSpool#awaitAnswer].
    void awaitAnswer() {
        try {
            var _ = committer.commit(_ -> true);
        } catch (SpoolException answered) {
            LOG.debug("the spool answers: {}", answered.getMessage());
        }
    }
}
