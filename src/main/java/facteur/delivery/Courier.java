package facteur.delivery;

import facteur.bounce.Dsn;
import facteur.journal.MailEvent;
import facteur.smtp.Reply;
import facteur.spool.Attempt;
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
    private final Reporter reporter;
    private final InstantSource time;

    public Courier(Upstream upstream, RetrySchedule schedule, Reporter reporter, InstantSource time) {
        this.upstream = upstream;
        this.schedule = schedule;
        this.reporter = reporter;
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
        var ended = new ArrayList<Dsn.ReportedRecipient>();
        var events = new ArrayList<MailEvent>();
        var outcome = outcomes.iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending()) {
                var judged = judge(spooled, recipient, outcome.next(), attempts, dueAt, now);
                recipients.add(judged.recipient());
                events.add(judged.event());
                judged.end().ifPresent(ended::add);
            } else {
                recipients.add(recipient);
            }
        }
        var report = reporter.report(spooled.letter(), ended, now, events);
        var next = recipients.stream().anyMatch(Recipient::isPending) && dueAt.isPresent()
                ? new QueueState.Deferred(dueAt.get())
                : new QueueState.Ended(now);
        return new Verdict(recipients, attempts(spooled, outcomes, now), next, report, events);
    }

    private List<Attempt> attempts(Spooled spooled, List<Outcome> outcomes, Instant now) {
        var number = spooled.attempts() + 1;
        var attempts = new ArrayList<Attempt>(outcomes.size());
        var outcome = outcomes.iterator();
        for (var position = 0; position < spooled.recipients().size(); position++) {
            if (spooled.recipients().get(position).isPending()) {
                attempts.add(attempt(number, position, now, outcome.next()));
            }
        }
        return attempts;
    }

    private Attempt attempt(int number, int position, Instant now, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed(var reply, _) ->
                new Attempt(number, position, now, upstream.name(), Stage.END_OF_DATA.word(), Attempt.Result.RELAYED, reply.toString());
            case Outcome.TempFailed(var stage, var cause) ->
                new Attempt(number, position, now, upstream.name(), stage.word(), Attempt.Result.TEMP_FAILED, cause.toString());
            case Outcome.PermFailed(var stage, var reply) ->
                new Attempt(number, position, now, upstream.name(), stage.word(), Attempt.Result.PERM_FAILED, reply.toString());
            case Outcome.InDoubt(var cause) ->
                new Attempt(number, position, now, upstream.name(), Stage.END_OF_DATA.word(), Attempt.Result.IN_DOUBT, cause.toString());
        };
    }

    /// @param end what there is to report, if anybody wants to know
    private record Judged(Recipient recipient, MailEvent event, Optional<Dsn.ReportedRecipient> end) {}

    private Judged judge(
            Spooled spooled, Recipient recipient, Outcome outcome, int attempts, Optional<Instant> dueAt, Instant now) {
        var id = spooled.id().text();
        var address = recipient.address().toString();
        return switch (outcome) {
            case Outcome.Relayed(var reply, var successReport) -> new Judged(
                    recipient.with(Recipient.Status.RELAYED, reply.toString()),
                    new MailEvent.Relayed(id, address, upstream.name(), reply.toString(),
                            now.toEpochMilli() - spooled.letter().acceptedAt().toEpochMilli()),
                    success(recipient, reply, successReport));
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
                Optional.of(new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.FAILED, status, reply.toString())));
    }

    /// RFC 3461 §5.2.2: an upstream that can't be told of NOTIFY=SUCCESS leaves the report to us.
    private static Optional<Dsn.ReportedRecipient> success(
            Recipient recipient, Reply reply, Outcome.SuccessReport successReport) {
        var status = reply.enhanced().isPresent() ? reply.status() : "2.0.0";
        return switch (successReport) {
            case BY_UPSTREAM -> Optional.empty();
            case BY_US -> Optional.of(
                    new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.RELAYED, status, reply.toString()));
        };
    }

    /// RFC 3463 §3.5: delivery time expired.
    private static Reply expired(Cause cause) {
        return Reply.of(554, 4, 7, "Delivery time expired, last: " + cause);
    }
}
