package facteur.spool;

import facteur.platform.commitlog.CommitLogFull;
import facteur.platform.database.Database;
import facteur.platform.database.Fault;
import facteur.platform.database.Statements;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Writes what has gathered for a [Committer]: letters into the log of letters where there is one and they may be, everything else into
/// the tables, in one transaction, behind what that log has.
///
/// When a batch fails it is rolled back, and each piece of work runs alone, so that a bad one spoils nothing for its neighbours.
///
/// Used by the committer's threads; where there is a log, by one.
final class BatchWriter {
    private final Database database;
    private final WriteAheadLog log;
    private final Optional<LetterLog> letterLog;
    private final StorageState state;
    private final OutageJournal outage;
    private final Runnable look;
    private final LongSupplier nanos;
    private final AtomicLong commits = new AtomicLong();
    /// What asks for room when the tables are brought up to date.
    private final PendingCommit<Boolean> upToDate = new PendingCommit<>(_ -> true, PendingCommit.Kind.KEPT, LogConcern.ANY);

    /// @param look looks whether the files are in place still
    BatchWriter(
            Database database,
            WriteAheadLog log,
            Optional<LetterLog> letterLog,
            StorageState state,
            OutageJournal outage,
            Runnable look,
            LongSupplier nanos) {
        this.database = database;
        this.log = log;
        this.letterLog = letterLog;
        this.state = state;
        this.outage = outage;
        this.look = look;
        this.nanos = nanos;
    }

    /// How many transactions were committed, appends to the log included.
    long commits() {
        return commits.get();
    }

    /// How long nothing has to be written if nothing comes.
    long patienceNanos() {
        return letterLog.isPresent() ? letterLog.get().patienceNanos(nanos.getAsLong()) : Long.MAX_VALUE;
    }

    /// @param batch may be empty
    void write(List<PendingCommit<?>> batch) {
        if (batch.stream().anyMatch(PendingCommit::isNew)) {
            look.run();
        }
        var rest = letterLog.isPresent() ? append(letterLog.get(), batch) : batch;
        if (!rest.isEmpty() || letterLog.isPresent() && letterLog.get().isDue(nanos.getAsLong())) {
            commitAll(rest);
            log.checkpointWhenLong();
        }
        if (letterLog.isPresent()) {
            clearStale(letterLog.get());
        }
    }

    private void clearStale(LetterLog letters) {
        try {
            letters.clearStale(nanos.getAsLong());
        } catch (IOException failure) {
            state.breakDown(failure);
        }
    }

    /// @return what is to be written into the tables
    private List<PendingCommit<?>> append(LetterLog letters, List<PendingCommit<?>> batch) {
        var drafts = state.isBroken() ? List.<LogDraft>of() : batch.stream().flatMap(each -> each.draft().stream()).toList();
        var chosen = drafts.isEmpty() ? List.<LogDraft>of() : letters.choose(drafts);
        if (chosen.isEmpty() && !letters.isEndDue(nanos.getAsLong())) {
            return batch;
        }
        var appended = among(batch, chosen, true);
        var rest = among(batch, chosen, false);
        try {
            letters.append(chosen, nanos.getAsLong());
        } catch (CommitLogFull full) {
            return batch; // The tables know what to do on a full disk.
        } catch (IOException failure) {
            // It may be there all the same: nothing more is believed to be on this disk.
            state.breakDown(failure);
            appended.forEach(each -> each.fail(failure));
            return rest;
        }
        if (!chosen.isEmpty()) {
            commits.incrementAndGet();
            look.run();
            appended.forEach(PendingCommit::succeed);
        }
        return rest;
    }

    private static List<PendingCommit<?>> among(List<PendingCommit<?>> batch, List<LogDraft> chosen, boolean isChosen) {
        var set = Collections.<LogDraft>newSetFromMap(new IdentityHashMap<>());
        set.addAll(chosen);
        return batch.stream().filter(each -> each.draft().filter(set::contains).isPresent() == isChosen).toList();
    }

    private void commitAll(List<PendingCommit<?>> batch) {
        try {
            inTransaction(batch);
        } catch (SQLException failure) {
            switch (note(failure)) {
                // A connection that is lost in a commit leaves open what was done: nothing is tried twice.
                case BROKEN, UNAVAILABLE, READ_ONLY -> batch.forEach(each -> each.fail(failure));
                case FULL, OTHER -> commitAlone(batch, failure);
            }
            return;
        } catch (RuntimeException failure) {
            commitAlone(batch, failure);
            return;
        }
        countCommit();
        if (batch.stream().anyMatch(PendingCommit::isNew)) {
            look.run();
        }
        batch.forEach(PendingCommit::succeed);
    }

    /// What the log of letters has comes first, where the rest may be about it.
    private void inTransaction(List<PendingCommit<?>> batch) throws SQLException {
        if (!isBehind(batch)) {
            database.inTransaction(statements -> run(statements, batch));
            return;
        }
        var letters = letterLog.get();
        var isWritten = false;
        try {
            database.inTransaction(statements -> {
                letters.write(statements);
                return run(statements, batch);
            });
            isWritten = true;
        } finally {
            letters.settle(isWritten, nanos.getAsLong());
        }
    }

    private boolean isBehind(List<PendingCommit<?>> batch) {
        return letterLog.isPresent()
                && letterLog.get().isAhead()
                && (batch.isEmpty() || letterLog.get().isDue(nanos.getAsLong()) || batch.stream().anyMatch(each -> each.isAbout(letterLog.get())));
    }

    private static int run(Statements statements, List<PendingCommit<?>> batch) throws SQLException {
        for (var each : batch) {
            each.run(statements);
        }
        return batch.size();
    }

    /// Notes what a failure says of database and disk.
    Fault note(SQLException failure) {
        var fault = database.dialect().fault(failure);
        switch (fault) {
            case BROKEN -> state.breakDown(failure);
            case UNAVAILABLE -> {
                state.away(failure);
                outage.began(String.valueOf(failure.getMessage()));
            }
            case READ_ONLY -> state.away(failure);
            case FULL, OTHER -> {}
        }
        return fault;
    }

    private void commitAlone(List<PendingCommit<?>> batch, Exception failure) {
        if (!batch.isEmpty() && isBehind(batch)) {
            commitAll(List.of());
            if (letterLog.get().isAhead()) {
                batch.forEach(each -> each.fail(failure));
                return;
            }
        }
        if (batch.size() > 1) {
            batch.forEach(each -> commitAll(List.of(each)));
            return;
        }
        var only = batch.isEmpty() ? upToDate : batch.getFirst();
        if (isFull(failure) && log.makeRoom(only.askForRoom())) {
            commitAll(batch);
        } else if (batch.isEmpty() && !isFull(failure)) {
            state.breakDown(failure); // The log has it still.
        } else {
            batch.forEach(each -> each.fail(failure));
        }
    }

    private boolean isFull(Exception failure) {
        return failure instanceof SQLException said && database.dialect().fault(said) == Fault.FULL;
    }

    private void countCommit() {
        commits.incrementAndGet();
        state.back();
        outage.ended();
    }

    /// When nothing more comes.
    void close() {
        if (letterLog.isPresent()) {
            var letters = letterLog.get();
            letters.beginClosing();
            var _ = append(letters, List.of());
            if (letters.isAhead()) {
                commitAll(List.of());
            }
            letters.close();
        }
    }
}
