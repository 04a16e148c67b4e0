package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of a letter under one lease, as it is to be written. Writing it twice does no more than writing it once.
/// Immutable.
///
/// @param changes of recipients; those that stayed as they were are not in it
/// @param attempts of one number, the lease's
record Settlement(
        QueueId id, Lease lease, Instant at, List<Change> changes, List<Attempt> attempts, Step step) {
    /// @param position of the recipient in the envelope, from 0
    record Change(int position, Recipient.Status status, String reply) {}

    /// Where the letter goes.
    sealed interface Step {
        record Defer(Instant dueAt) implements Step {}

        /// Without an attempt that counts.
        record PutOff(Instant dueAt) implements Step {}

        record Hold(String reason) implements Step {}

        record End(Instant endedAt) implements Step {}

        /// Nowhere: the attempt goes on.
        record Stay() implements Step {}
    }

    /// What writing it came to.
    enum Written {
        NOW,
        /// It was there already: a connection was lost in the commit, or the process died after it.
        BEFORE,
        /// The letter isn't ours any more, so nothing was written.
        LOST
    }

    Settlement {
        changes = List.copyOf(changes);
        attempts = List.copyOf(attempts);
    }

    static Settlement of(LeasedLetter letter, List<Recipient> after, List<Attempt> attempts, Instant at, Step step) {
        var before = letter.recipients();
        if (after.size() != before.size()) {
            throw new IllegalArgumentException("recipients were lost or added");
        }
        var changes = new ArrayList<Change>();
        for (var i = 0; i < after.size(); i++) {
            if (!after.get(i).equals(before.get(i))) {
                changes.add(new Change(i, after.get(i).status(), after.get(i).lastReply()));
            }
        }
        return new Settlement(letter.id(), letter.lease(), at, changes, attempts, step);
    }

    static Step step(QueueState next) {
        return switch (next) {
            case QueueState.Deferred(var dueAt) -> new Step.Defer(dueAt);
            case QueueState.Held(var reason) -> new Step.Hold(reason);
            case QueueState.Ended(var endedAt) -> new Step.End(endedAt);
            case QueueState.Active active -> throw new IllegalArgumentException("an attempt ends the lease");
        };
    }

    /// How a letter has ended.
    ///
    /// @param changes of recipients, in their order
    record Ended(Instant endedAt, Instant at, List<Change> changes, List<Attempt> attempts) {}

    /// Empty when it hasn't.
    Optional<Ended> ended() {
        return step instanceof Step.End(var endedAt)
                ? Optional.of(new Ended(endedAt, at, changes, attempts))
                : Optional.empty();
    }

    /// Whether it ends the lease.
    boolean isFinal() {
        return !(step instanceof Step.Stay);
    }

    /// Whether it says the same, apart from its time.
    boolean isSame(Settlement other) {
        return id.equals(other.id)
                && lease.equals(other.lease)
                && changes.equals(other.changes)
                && attempts.equals(other.attempts)
                && step.equals(other.step);
    }

    /// How many recipients the upstream took the letter for.
    int relayed() {
        return Math.toIntExact(changes.stream().filter(change -> change.status() == Recipient.Status.RELAYED).count());
    }

    /// Writes it, as part of a transaction.
    Written write(Statements statements, QueueRows queue) throws SQLException {
        if (!move(statements, queue)) {
            return !attempts.isEmpty() && AttemptRows.isThere(statements, id, attempts.getFirst()) ? Written.BEFORE : Written.LOST;
        }
        for (var change : changes) {
            LetterRows.updateRecipient(statements, id, change, at);
        }
        AttemptRows.insert(statements, id.text(), attempts);
        return Written.NOW;
    }

    private boolean move(Statements statements, QueueRows queue) throws SQLException {
        return switch (step) {
            case Step.Defer(var dueAt) -> queue.defer(statements, id, lease, dueAt);
            case Step.PutOff(var dueAt) -> queue.putOff(statements, id.text(), lease, dueAt);
            case Step.Hold(var reason) -> queue.hold(statements, id, lease, reason);
            case Step.Stay() -> queue.isHeld(statements, id, lease);
            case Step.End(var endedAt) -> {
                var ended = queue.end(statements, id, lease);
                if (ended) {
                    LetterRows.end(statements, id, endedAt);
                }
                yield ended;
            }
        };
    }
}
