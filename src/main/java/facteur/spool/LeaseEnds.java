package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Ends leases: writes what became of their letters, and lets their bodies go. Thread-safe.
final class LeaseEnds {
    private final Settlements settlements;
    private final ActiveLeases leases;
    private final LeaseKeeper leaseKeeper;
    private final Bodies bodies;
    private final Dispatcher dispatcher;
    private final Committer committer;
    private final InstantSource time;
    private final Journal journal;

    LeaseEnds(
            Settlements settlements,
            ActiveLeases leases,
            LeaseKeeper leaseKeeper,
            Bodies bodies,
            Dispatcher dispatcher,
            Committer committer,
            InstantSource time,
            Journal journal) {
        this.settlements = settlements;
        this.leases = leases;
        this.leaseKeeper = leaseKeeper;
        this.bodies = bodies;
        this.dispatcher = dispatcher;
        this.committer = committer;
        this.time = time;
        this.journal = journal;
    }

    /// As [Spool#settle].
    void settle(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, QueueState next) throws SpoolException {
        var isOurs = conclude(Settlement.of(letter, recipients, attempts, time.instant(), Settlement.step(next)));
        if (isOurs && next instanceof QueueState.Ended && letter.letter().message().body() instanceof FileBody large) {
            bodies.drop(large);
        } else {
            bodies.release(letter.letter());
        }
    }

    /// As [Spool#putOff].
    void putOff(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, Instant dueAt) throws SpoolException {
        var _ = conclude(Settlement.of(letter, recipients, attempts, time.instant(), new Settlement.Step.PutOff(dueAt)));
        bodies.release(letter.letter());
    }

    /// As [Spool#noteRelayed]. The lease goes on.
    void noteRelayed(LeasedLetter letter, List<Recipient> recipients) throws SpoolException {
        var _ = settlements.write(
                Settlement.of(letter, recipients, List.of(), time.instant(), new Settlement.Step.Stay()));
    }

    /// @return false when the letter is no longer ours, and then nothing is written
    private boolean conclude(Settlement settlement) throws SpoolException {
        var isLeased = leases.contains(settlement.id().text(), settlement.lease());
        var isOurs = settlements.write(settlement);
        leases.remove(settlement.id().text(), settlement.lease());
        if (isLeased && !isOurs && leaseKeeper.isSole()) {
            distrust(settlement.id());
        }
        return isOurs;
    }

    /// No other process leases letters here, so the file contradicts itself, and would have the letter sent again and again: two
    /// files that don't belong together, or a damaged one.
    private void distrust(QueueId id) {
        var what = "the database doesn't keep what became of letter " + id.text() + ": it is damaged, or its log is another's. Stop facteur"
                + " and restore a backup";
        dispatcher.distrust(id, what);
        committer.breakDown(new IllegalStateException(what));
        journal.record(new MailEvent.SpoolTrouble(what));
    }
}
