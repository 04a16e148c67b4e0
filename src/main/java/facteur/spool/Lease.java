package facteur.spool;

/// The right to deliver a letter.
///
/// @param owner the run of a daemon that holds it
/// @param epoch counts the leases of a letter: a holder with an old number has lost it (fencing)
public record Lease(String owner, long epoch) {}
