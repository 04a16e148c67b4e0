package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.spool.Attempt;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What follows from one attempt.
///
/// @param recipients all of the letter's, as they stand now
/// @param attempts what each recipient's came to, as it is stored with the letter
/// @param next where the letter goes: Deferred, Held or Ended
/// @param report to be on disk before the letter's own state is written: a crash between the two repeats a report,
///     never loses one
/// @param warnedAt when the report says that it takes long; noted, so that it is said once
record Verdict(
        List<Recipient> recipients,
        List<Attempt> attempts,
        QueueState next,
        Tally tally,
        Optional<Letter> report,
        Optional<Instant> warnedAt,
        List<MailEvent> events) {
    /// Whether the attempt counts, in the schedule of the next ones.
    enum Tally {
        COUNTED,
        /// It was not the letter's fault.
        NOT_COUNTED
    }

    /// What is lost when the report can't be stored and the letter has no further attempt: a success that is never reported.
    Optional<MailEvent> unconfirmed() {
        return events.stream()
                .filter(MailEvent.Confirmed.class::isInstance)
                .map(MailEvent.Confirmed.class::cast)
                .<MailEvent>map(lost -> new MailEvent.ReportFailed(
                        lost.id(), lost.reportId(), List.of(lost.reversePath()), "the spool can't be written"))
                .findFirst();
    }

    /// The same without its report, which could not be stored: recipients that failed now are tried again, and fail again,
    /// when there may be room for it. Those that were relayed to are not, and a report on them alone is lost: better none
    /// than a second copy of the letter.
    ///
    /// @param before the letter's recipients as they stood before the attempt
    Verdict postponed(List<Recipient> before, Instant dueAt) {
        var again = new ArrayList<Recipient>(recipients.size());
        for (var i = 0; i < recipients.size(); i++) {
            var recipient = recipients.get(i);
            var failedNow = before.get(i).isPending() && recipient.status() == Recipient.Status.FAILED;
            again.add(failedNow ? recipient.with(Recipient.Status.PENDING, recipient.lastReply()) : recipient);
        }
        return again.equals(recipients)
                ? new Verdict(recipients, attempts, next, tally, Optional.empty(), Optional.empty(), events)
                : new Verdict(
                        again, attempts, new QueueState.Deferred(dueAt), Tally.COUNTED, Optional.empty(), Optional.empty(), events);
    }
}
