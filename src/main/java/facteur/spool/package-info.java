/// Mail at rest. A letter that was accepted is here until it is relayed, bounced or removed, and its row stays as the message
/// log. Callers log what happened; the spool only returns it.
///
/// Four rooms:
///
/// - **The engine**, in the daemon: [facteur.spool.Spool] and [facteur.spool.SqlSpool]; in by [facteur.spool.Enqueuer], out by
///   [facteur.spool.Dispatcher] and [facteur.spool.LeaseEnds]; leases ([facteur.spool.LeaseKeeper]), bodies
///   ([facteur.spool.Bodies]), one commit for all who wait ([facteur.spool.Committer]).
/// - **The desk**, in an operator's process: [facteur.spool.QueueDesk] looks, [facteur.spool.QueueMover] acts, and
///   [facteur.spool.ForgetDesk] forgets. Desk and engine share [facteur.spool.QueueRows], where each state changes.
/// - **The message log**: [facteur.spool.LetterHistory]; as an office sees it, [facteur.spool.OfficeLog]; and [facteur.spool.HistoryCleaner], which forgets it.
/// - **The state folder**: [facteur.spool.StateFolder] with its lock, the [facteur.spool.Reserve], and how it is copied
///   ([facteur.spool.SpoolCopy]).
@org.jspecify.annotations.NullMarked
package facteur.spool;
