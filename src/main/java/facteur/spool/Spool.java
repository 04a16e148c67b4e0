package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.RouteId;
import facteur.mail.message.BodyFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Stores letters until they end. Every method that writes returns after the write is on disk (fsync), however many
/// callers shared the commit. Thread-safe; callers block, so they belong on virtual threads.
public interface Spool extends AutoCloseable {
    /// Where a large body is stored while it arrives: on the spool's own disk, so that accepting it is a rename.
    BodyFiles bodyFiles();

    /// Stores a new letter, leased to the caller, which delivers it at once. A body in a file is moved into the spool.
    ///
    /// @param key that it is known by
    /// @param reports letters of ours about it, each for its route and with its body in memory: they wait for their turn if it is
    ///         stored, and are not stored otherwise
    /// @throws KnownLetterException when an earlier letter has its name
    /// @throws SpoolException when it is not stored; the body file, if any, is deleted
    LeasedLetter acceptActive(RouteId route, Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports)
            throws SpoolException;

    /// The same for a letter that there is nothing to report on.
    default LeasedLetter acceptActive(RouteId route, Letter letter, Optional<LetterKey> key) throws SpoolException {
        return acceptActive(route, letter, key, Map.of());
    }

    /// The same for a letter without a name.
    default LeasedLetter acceptActive(RouteId route, Letter letter) throws SpoolException {
        return acceptActive(route, letter, Optional.empty());
    }

    /// Stores a new letter that waits for its turn, for [#due] to hand out; all its parts, or none.
    ///
    /// @param parts the letter for each route that its recipients need, with the same body; the one that its app is told first
    /// @param key that it is known by
    /// @param reports as above
    /// @throws KnownLetterException when an earlier letter has its name
    /// @throws SpoolException when it is not stored; the body file, if any, is deleted
    void acceptWaiting(Map<RouteId, Letter> parts, Optional<LetterKey> key, Map<RouteId, Letter> reports) throws SpoolException;

    /// The same for a letter that there is nothing to report on.
    default void acceptWaiting(Map<RouteId, Letter> parts, Optional<LetterKey> key) throws SpoolException {
        acceptWaiting(parts, key, Map.of());
    }

    /// The same for a letter without a name.
    default void acceptWaiting(Map<RouteId, Letter> parts) throws SpoolException {
        acceptWaiting(parts, Optional.empty());
    }

    /// Whether an earlier letter has that name.
    boolean isKnown(LetterKey key, Instant now) throws SpoolException;

    /// Leases up to `limit` letters of a route, or says when the next one is due. Half of them are letters that were never
    /// tried, one of each office in turn, and half those that are due to be tried again, the longest overdue first;
    /// more of the ones when there are too few of the others. A letter that can't be read any more is put on hold, with a
    /// reason that starts with `corrupt:`, and isn't listed.
    ClaimedWork due(RouteId route, Instant now, int limit) throws SpoolException;

    /// Makes some of the letters due now that would be tried again after the latest time possible: a clock that went wrong has
    /// put them off, this node's or another's. To be called before [#due].
    void recall(RouteId route, Instant latest, Instant now) throws SpoolException;

    /// Leases up to `limit` deferred letters of a route that are due and whose ids were made before then, the oldest first; the
    /// rest is as with [#due]. Empty lists when there is none.
    ClaimedWork.Now olderThan(RouteId route, Instant madeBefore, Instant now, int limit) throws SpoolException;

    /// Makes every deferred letter that isn't due yet due earlier by as much. What it has done when it fails stays done.
    void bringForward(Instant now, Duration by) throws SpoolException;

    /// The routes of all letters that wait, configured or not.
    Set<RouteId> routes() throws SpoolException;

    /// Up to `limit` letters that wait for a route.
    List<WaitingLetter> waiting(RouteId route, int limit) throws SpoolException;

    /// Gives letters another route, those of them that still wait for this one and were not claimed since they were read.
    ///
    /// @return how many
    int reroute(RouteId from, List<WaitingLetter.Rerouted> letters) throws SpoolException;

    /// Ends the lease: writes what became of the recipients, counts the attempt, and puts the letter where it belongs
    /// next. Does nothing when the lease is lost. A letter that an operator wants held goes on hold instead of being
    /// deferred.
    ///
    /// @param recipients all of them, in order
    /// @param attempts what the attempt came to, one for each recipient that was tried
    /// @param next Deferred, Held or Ended
    /// @throws SpoolException when it is not written: the lease goes on, and the caller may try again
    void settle(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, QueueState next) throws SpoolException;

    /// The same when no recipient was tried.
    default void settle(LeasedLetter letter, List<Recipient> recipients, QueueState next) throws SpoolException {
        settle(letter, recipients, List.of(), next);
    }

    /// As [#settle] with Deferred, but the attempt doesn't count: it was not the letter's fault.
    void putOff(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, Instant dueAt) throws SpoolException;

    /// Notes which recipients it was relayed to so far, in an attempt that goes on: if that is cut short, they never get it again. Does
    /// nothing when the lease is lost.
    ///
    /// @param recipients all of them, in order
    void noteRelayed(LeasedLetter letter, List<Recipient> recipients) throws SpoolException;

    /// Whether the lease is sure to hold for some time yet, by what this process knows: false when it couldn't say for long that it
    /// is alive, so that another node may be about to take the letter over. Never blocks.
    default boolean isOurs(LeasedLetter letter) {
        return true;
    }

    /// Notes that the app got a delay report.
    void noteWarning(LeasedLetter letter, Instant warnedAt) throws SpoolException;

    /// Waits for what is being written, then closes. Letters still leased are found again at the next start, or by another node.
    @Override
    void close();
}
