package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.spool.Letter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import java.util.List;
import java.util.Optional;

/// What follows from one attempt.
///
/// @param recipients all of the letter's, as they stand now
/// @param next where the letter goes: Deferred or Ended
/// @param bounce to be on disk before the letter's own state is written: a crash between the two repeats a report,
///     never loses one
record Verdict(List<Recipient> recipients, QueueState next, Optional<Letter> bounce, List<MailEvent> events) {}
