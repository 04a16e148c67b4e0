package facteur.spool;

import facteur.message.BodyFiles;
import java.time.Instant;
import java.util.List;

/// Keeps letters until they end. Every method that writes returns after the write is on disk (fsync), however many
/// callers shared the commit. Thread-safe; callers block, so they belong on virtual threads.
public interface Spool extends AutoCloseable {
    /// Where a large body goes while it arrives: on the spool's own disk, so that accepting it is a rename.
    BodyFiles bodyFiles();

    /// Keeps a new letter, leased to the caller, who delivers it at once. A body in a file is moved into the spool.
    ///
    /// @throws SpoolException when it is not kept; the body file, if any, is gone
    Spooled acceptActive(Letter letter) throws SpoolException;

    /// Keeps a new letter that waits until `dueAt`, for [#due] to hand out.
    ///
    /// @throws SpoolException when it is not kept; the body file, if any, is gone
    void acceptDeferred(Letter letter, Instant dueAt) throws SpoolException;

    /// Leases up to `limit` letters that are due, the longest overdue first, or says when the next one is. A letter that
    /// can't be read any more is put on hold, with a reason that starts with `corrupt:`, and isn't listed.
    Due due(Instant now, int limit) throws SpoolException;

    /// Leases up to `limit` deferred letters whose ids were made before then, the oldest first, whenever they are due; the
    /// rest is as with [#due]. Empty lists when there is none.
    Due.Now olderThan(Instant madeBefore, int limit) throws SpoolException;

    /// Ends the lease: writes what became of the recipients, counts the attempt, and puts the letter where it belongs
    /// next. Does nothing when the lease is lost. A letter that an operator wants held goes on hold instead of being
    /// deferred.
    ///
    /// @param recipients all of them, in order
    /// @param attempts what the attempt came to, one for each recipient that was tried
    /// @param next Deferred, Held or Ended
    /// @throws SpoolException when it is not written: the lease goes on, and the caller may try again
    void settle(Spooled letter, List<Recipient> recipients, List<Attempt> attempts, QueueState next) throws SpoolException;

    /// The same when no recipient was tried.
    default void settle(Spooled letter, List<Recipient> recipients, QueueState next) throws SpoolException {
        settle(letter, recipients, List.of(), next);
    }

    /// As [#settle] with Deferred, but the attempt doesn't count: it was not the letter's fault.
    void putOff(Spooled letter, List<Recipient> recipients, List<Attempt> attempts, Instant dueAt) throws SpoolException;

    /// Notes that the app was told that it takes long.
    void noteWarning(Spooled letter, Instant warnedAt) throws SpoolException;

    /// Gives a lease back without an attempt: the letter is due again at once.
    void release(Spooled letter, Instant now) throws SpoolException;

    /// Waits for what is being written, then closes. Letters still leased are found again at the next start.
    @Override
    void close();
}
