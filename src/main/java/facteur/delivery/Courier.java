package facteur.delivery;

import facteur.bounce.Dsn;
import facteur.bounce.DsnWriter;
import facteur.journal.MailEvent;
import facteur.smtp.Address;
import facteur.smtp.Envelope;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Reply;
import facteur.smtp.ReversePath;
import facteur.spool.Letter;
import facteur.spool.QueueIds;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.Spooled;
import facteur.upstream.Cause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import facteur.upstream.Upstream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one attempt to relay a letter and judges what came of it, recipient by recipient. Writes nothing: its
/// [Verdict] says what to write. Thread-safe.
public final class Courier {
    private final Upstream upstream;
    private final RetrySchedule schedule;
    private final DsnWriter dsnWriter;
    private final QueueIds queueIds;
    private final InstantSource time;

    public Courier(Upstream upstream, RetrySchedule schedule, DsnWriter dsnWriter, QueueIds queueIds, InstantSource time) {
        this.upstream = upstream;
        this.schedule = schedule;
        this.dsnWriter = dsnWriter;
        this.queueIds = queueIds;
        this.time = time;
    }

    Verdict attempt(Spooled spooled) {
        var letter = spooled.letter();
        var outcomes = upstream.relay(letter.id(), letter.envelope().withRecipients(spooled.pending()), letter.message());
        return judge(spooled, outcomes, time.instant());
    }

    private Verdict judge(Spooled spooled, List<Outcome> outcomes, Instant now) {
        var attempts = spooled.attempts() + 1;
        var dueAt = schedule.next(spooled.letter().acceptedAt(), attempts, now);
        var recipients = new ArrayList<Recipient>(spooled.recipients().size());
        var failed = new ArrayList<Dsn.FailedRecipient>();
        var events = new ArrayList<MailEvent>();
        var outcome = outcomes.iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending()) {
                var judged = judge(spooled, recipient, outcome.next(), attempts, dueAt, now);
                recipients.add(judged.recipient());
                events.add(judged.event());
                judged.failure().ifPresent(failed::add);
            } else {
                recipients.add(recipient);
            }
        }
        var bounce = failed.isEmpty() ? Optional.<Letter>empty() : bounce(spooled.letter(), failed, now, events);
        var next = recipients.stream().anyMatch(Recipient::isPending) && dueAt.isPresent()
                ? new QueueState.Deferred(dueAt.get())
                : new QueueState.Ended(now);
        return new Verdict(recipients, next, bounce, events);
    }

    private record Judged(Recipient recipient, MailEvent event, Optional<Dsn.FailedRecipient> failure) {}

    private Judged judge(
            Spooled spooled, Recipient recipient, Outcome outcome, int attempts, Optional<Instant> dueAt, Instant now) {
        var id = spooled.id().text();
        var address = recipient.address().toString();
        return switch (outcome) {
            case Outcome.Relayed(var reply) -> new Judged(
                    recipient.with(Recipient.Status.RELAYED, reply.toString()),
                    new MailEvent.Relayed(id, address, upstream.name(), reply.toString(),
                            now.toEpochMilli() - spooled.letter().acceptedAt().toEpochMilli()),
                    Optional.empty());
            case Outcome.PermFailed(var stage, var reply) -> failed(id, recipient, stage.word(), reply);
            case Outcome.TempFailed(var stage, var cause) -> dueAt.isEmpty()
                    ? failed(id, recipient, stage.word(), expired(cause))
                    : new Judged(
                            recipient.with(Recipient.Status.PENDING, cause.toString()),
                            new MailEvent.Deferred(id, address, upstream.name(), stage.word(), cause.toString(), attempts, dueAt.get()),
                            Optional.empty());
            case Outcome.InDoubt(var cause) -> dueAt.isEmpty()
                    ? failed(id, recipient, Stage.END_OF_DATA.word(), expired(cause))
                    : new Judged(
                            recipient.with(Recipient.Status.PENDING, cause.toString()),
                            new MailEvent.InDoubt(id, address, upstream.name(), cause.toString(), attempts, dueAt.get()),
                            Optional.empty());
        };
    }

    private Judged failed(String id, Recipient recipient, String stage, Reply reply) {
        var status = reply.isPermanent() && reply.enhanced().isPresent() ? reply.status() : "5.0.0";
        return new Judged(
                recipient.with(Recipient.Status.FAILED, reply.toString()),
                new MailEvent.Failed(id, recipient.address().toString(), upstream.name(), stage, reply.toString()),
                Optional.of(new Dsn.FailedRecipient(recipient.address(), status, reply.toString())));
    }

    /// RFC 3463 §3.5: delivery time expired.
    private static Reply expired(Cause cause) {
        return Reply.of(554, 4, 7, "Delivery time expired, last: " + cause);
    }

    private Optional<Letter> bounce(Letter letter, List<Dsn.FailedRecipient> failed, Instant now, List<MailEvent> events) {
        return switch (letter.originalReversePath()) {
            case ReversePath.Null() -> {
                // Never a bounce for a bounce (RFC 5321 §6.1).
                events.add(new MailEvent.Dropped(
                        letter.id().text(),
                        failed.stream().map(recipient -> recipient.address().toString()).toList()));
                yield Optional.empty();
            }
            case ReversePath.Path(var to) -> {
                var bounce = bounce(letter, to, failed, now);
                events.add(new MailEvent.Bounced(letter.id().text(), bounce.id().text(), letter.originalReversePath().toString()));
                yield Optional.of(bounce);
            }
        };
    }

    private Letter bounce(Letter letter, Address to, List<Dsn.FailedRecipient> failed, Instant now) {
        var id = queueIds.next();
        var dsn = new Dsn(letter.id().text(), letter.acceptedAt(), to, letter.message().header(), failed);
        var encoding = to.isAsciiCapable() ? letter.envelope().encoding() : HeaderEncoding.UTF8;
        // The header given back may hold what the letter's own header held.
        var envelope = new Envelope(ReversePath.NULL, List.of(to), letter.envelope().body(), encoding);
        return new Letter(id, now, letter.provenance(), envelope, ReversePath.NULL, dsnWriter.write(dsn, id.text(), now));
    }
}
