package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Dialect;
import facteur.platform.database.Fault;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what became of letters. What the database can't store now is kept in a file of the state folder
/// ([SettlementFile]) until it can, so that it outlives this process: the upstream has accepted the letter, and must not get it
/// again.
///
/// What is kept is written before this node leases anything else: another may have taken such a letter over meanwhile, and
/// made it due. As long as no one has leased it again, what became of it here wins ([QueueRows]).
///
/// Thread-safe.
final class Settlements {
    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    /// When the file is rewritten, without what is in the database by now.
    private static final long REWRITE_BYTES = 1L << 20;

    private record Key(String letterId, long epoch) {
        static Key of(Settlement settlement) {
            return new Key(settlement.id().text(), settlement.lease().epoch());
        }
    }

    private final Committer committer;
    private final Dialect dialect;
    private final QueueRows queue;
    private final SettlementFile file;
    private final Journal journal;
    /// Held while the database is waited for: those who would try the same wait for each other.
    private final ReentrantLock flushing = new ReentrantLock();
    /// Of the file and the fields below; never held for long, so that no settlement waits to be kept.
    private final ReentrantLock lock = new ReentrantLock();
    /// What the database doesn't have yet, the last of each lease.
    private final Map<Key, Settlement> kept = new LinkedHashMap<>();
    /// What came of those that another thread wrote, until their own ask.
    private final Map<Key, Settlement.Written> written = new ConcurrentHashMap<>();
    private volatile int keptCount;
    private boolean isFileBad;

    Settlements(Committer committer, Dialect dialect, QueueRows queue, SettlementFile file, Journal journal) {
        this.committer = committer;
        this.dialect = dialect;
        this.queue = queue;
        this.file = file;
        this.journal = journal;
    }

    /// Writes it.
    ///
    /// @return whether the letter was ours still
    /// @throws SpoolException when it isn't written: it is kept, and the caller may try again
    boolean write(Settlement settlement) throws SpoolException {
        return switch (written(settlement)) {
            case NOW, BEFORE -> true;
            case LOST -> false;
        };
    }

    private Settlement.Written written(Settlement settlement) throws SpoolException {
        var key = Key.of(settlement);
        var earlier = isKnown(key) ? retry(key, settlement) : Optional.<Settlement.Written>empty();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (committer.end(settlement)) {
            return Settlement.Written.NOW;
        }
        if (committer.isAway()) {
            // It takes as long as the database's timeout to hear that it is still away: too long for a process that may die.
            keep(key, settlement);
        }
        try {
            var result = committer.commit(statements -> settlement.write(statements, queue), log -> log.has(key.letterId()));
            forget(key);
            tellLost(settlement, result);
            return result;
        } catch (SpoolException failure) {
            keep(key, settlement);
            throw failure;
        }
    }

    private boolean isKnown(Key key) {
        return keptCount > 0 || written.containsKey(key);
    }

    /// @return what came of it, when it was kept before and is written by now
    private Optional<Settlement.Written> retry(Key key, Settlement settlement) throws SpoolException {
        flushing.lock();
        try {
            if (isKept(key, settlement)) {
                writeKept();
            }
            return Optional.ofNullable(written.remove(key));
        } finally {
            flushing.unlock();
        }
    }

    private boolean isKept(Key key, Settlement settlement) {
        lock.lock();
        try {
            var mine = kept.get(key);
            return mine != null && mine.isSame(settlement);
        } finally {
            lock.unlock();
        }
    }

    private void forget(Key key) {
        if (keptCount > 0) {
            lock.lock();
            try {
                if (kept.remove(key) != null) {
                    tidy();
                }
                written.remove(key);
            } finally {
                lock.unlock();
            }
        }
    }

    private void keep(Key key, Settlement settlement) {
        lock.lock();
        try {
            var before = kept.get(key);
            if (before == null || !before.isSame(settlement)) {
                kept.put(key, settlement);
                keptCount = kept.size();
                file.append(settlement);
                isFileBad = false;
            }
        } catch (IOException e) {
            // It is tried again as long as this process lives.
            if (!isFileBad) {
                LOG.error("can't store what became of letters: {}", e.toString());
            }
            isFileBad = true;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps what can be written nowhere else, for the next start.
    void keep(List<Settlement> settlements) {
        settlements.forEach(each -> keep(Key.of(each), each));
    }

    /// Writes all that is kept, before anything is leased.
    ///
    /// @throws SpoolException when the database can't be written
    void flush() throws SpoolException {
        if (keptCount > 0) {
            flushing.lock();
            try {
                writeKept();
            } finally {
                flushing.unlock();
            }
        }
    }

    /// How many are kept.
    int kept() {
        return keptCount;
    }

    /// All at once; those that fail for a reason of their own stay.
    private void writeKept() throws SpoolException {
        var all = allKept();
        if (all.isEmpty()) {
            return;
        }
        try {
            written(all, committer.commit(statements -> {
                var results = new ArrayList<Settlement.Written>();
                for (var each : all) {
                    results.add(each.write(statements, queue));
                }
                return results;
            }));
        } catch (SpoolException failure) {
            requireItsOwn(failure);
            writeEach(all);
        }
    }

    private List<Settlement> allKept() {
        lock.lock();
        try {
            return List.copyOf(kept.values());
        } finally {
            lock.unlock();
        }
    }

    private void writeEach(List<Settlement> all) throws SpoolException {
        for (var each : all) {
            try {
                Settlement.Written result = committer.commit(statements -> each.write(statements, queue));
                written(List.of(each), List.of(result));
            } catch (SpoolException failure) {
                requireItsOwn(failure);
                LOG.debug("can't write what became of {}: {}", each.id(), failure.getMessage());
            }
        }
    }

    /// What is wrong with the database or the disk is wrong for all.
    private void requireItsOwn(SpoolException failure) throws SpoolException {
        if (failure.getCause() instanceof SQLException cause && dialect.fault(cause) != Fault.OTHER) {
            throw failure;
        }
    }

    private void written(List<Settlement> settlements, List<Settlement.Written> results) {
        lock.lock();
        try {
            for (var i = 0; i < settlements.size(); i++) {
                var key = Key.of(settlements.get(i));
                // The attempt may have come further meanwhile.
                kept.remove(key, settlements.get(i));
                if (settlements.get(i).isFinal()) {
                    written.put(key, results.get(i));
                }
            }
            tidy();
        } finally {
            lock.unlock();
        }
        for (var i = 0; i < settlements.size(); i++) {
            tellLost(settlements.get(i), results.get(i));
        }
    }

    private void tidy() {
        try {
            if (kept.isEmpty() || file.sizeBytes() > REWRITE_BYTES) {
                file.rewrite(kept.values());
            }
        } catch (IOException e) {
            LOG.warn("{}", e.toString()); // What is in it is written twice, which does nothing.
        }
        keptCount = kept.size();
    }

    /// Writes what an earlier run has left. Before anything is taken back or leased, and before anyone else calls.
    ///
    /// @return the letters that have ended by it
    List<QueueId> recover() throws SpoolException {
        SettlementFile.Content content;
        try {
            content = file.read();
        } catch (IOException e) {
            throw new SpoolException("cannot read " + SettlementFile.NAME + ": " + e, e);
        }
        if (content.unreadable() > 0) {
            LOG.warn("{} lines of {} are corrupt", content.unreadable(), SettlementFile.NAME);
        }
        content.settlements().forEach(each -> kept.put(Key.of(each), each));
        keptCount = kept.size();
        writeKept();
        var ended = new ArrayList<QueueId>();
        for (var each : content.settlements()) {
            var result = written.remove(Key.of(each));
            if (result != null && result != Settlement.Written.LOST && each.step() instanceof Settlement.Step.End) {
                ended.add(each.id());
            }
        }
        kept.values().forEach(each -> LOG.error("can't write what became of {}", each.id()));
        kept.clear();
        keptCount = 0;
        if (!content.settlements().isEmpty()) {
            LOG.info("wrote what became of {} letters while the database was unreachable", content.settlements().size());
        }
        return ended;
    }

    private void tellLost(Settlement settlement, Settlement.Written result) {
        if (result == Settlement.Written.LOST && settlement.isFinal() && settlement.relayed() > 0) {
            journal.record(new MailEvent.LeaseLost(settlement.id().text(), settlement.relayed()));
        }
    }
}
