package facteur.delivery;

import facteur.bounce.Dsn;
import facteur.journal.MailEvent;
import facteur.smtp.EnhancedStatus;
import facteur.smtp.Reply;
import facteur.smtp.TlsSession;
import facteur.spool.Attempt;
import facteur.spool.Letter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.Spooled;
import facteur.upstream.Breaker;
import facteur.upstream.Cause;
import facteur.upstream.Jitter;
import facteur.upstream.Outcome;
import facteur.upstream.Peer;
import facteur.upstream.Stage;
import facteur.upstream.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Makes one attempt to relay a letter and judges what came of it, recipient by recipient. Writes nothing: its
/// [Verdict] says what to write. Thread-safe.
///
/// An attempt counts when the upstream said something of the letter, or of one of its recipients. What says something of
/// the upstream alone ([facteur.upstream.Scope#UPSTREAM]) doesn't count, and the letter goes on as soon as the upstream
/// does. Only where there was talk of the letter already it waits as if the attempt had counted: should it be the letter
/// after all that makes the upstream hang up, the others get their chance.
public final class Courier {
    private final Upstream upstream;
    private final Breaker breaker;
    private final RetrySchedule schedule;
    private final Jitter jitter;
    private final Reporter reporter;
    private final InstantSource time;

    public Courier(
            Upstream upstream, Breaker breaker, RetrySchedule schedule, Jitter jitter, Reporter reporter, InstantSource time) {
        this.upstream = upstream;
        this.breaker = breaker;
        this.schedule = schedule;
        this.jitter = jitter;
        this.reporter = reporter;
        this.time = time;
    }

    Breaker breaker() {
        return breaker;
    }

    Duration expireAfter() {
        return schedule.expireAfter();
    }

    /// Tries, unless the upstream went down since it was decided to.
    Trial attempt(Spooled spooled) {
        var ticket = breaker.begin();
        return switch (breaker.condition()) {
            case Breaker.Condition.Up() -> attempt(spooled, ticket);
            case Breaker.Condition.Down down -> new Trial(
                    ticket,
                    Collections.nCopies(spooled.pending().size(), new Outcome.NotTried(down.last().cause())),
                    Optional.empty());
        };
    }

    /// Tries because it is down.
    Trial probe(Spooled spooled) {
        return attempt(spooled, breaker.beginProbe());
    }

    private Trial attempt(Spooled spooled, Breaker.Ticket ticket) {
        var letter = spooled.letter();
        var outcomes = List.<Outcome>of();
        Optional<Breaker.Change> change;
        try {
            outcomes = upstream.relay(letter.id(), letter.envelope().withRecipients(spooled.pending()), letter.message());
        } finally {
            change = breaker.end(ticket, outcomes);
        }
        return new Trial(ticket, outcomes, change);
    }

    /// What the journal is to say of the upstream.
    MailEvent event(Breaker.Change change) {
        return switch (change.to()) {
            case Breaker.Condition.Down down -> new MailEvent.UpstreamFailed(
                    upstream.name(), down.last().stage().word(), down.last().cause().toString(), down.until());
            case Breaker.Condition.Up() -> new MailEvent.UpstreamRecovered(upstream.name(), downMillis(change.from()));
        };
    }

    private long downMillis(Breaker.Condition before) {
        return switch (before) {
            case Breaker.Condition.Up() -> 0;
            case Breaker.Condition.Down down ->
                Duration.between(down.since(), time.instant()).toMillis();
        };
    }

    /// Who has heard already that the letter is refused.
    enum Told {
        NOBODY,
        /// No report is needed.
        APP
    }

    /// The upstream's refusal of the letter as a whole, in the form that an app gets it.
    static Optional<Reply> refusal(Spooled spooled, List<Outcome> outcomes) {
        var refusals = outcomes.stream()
                .filter(Outcome.PermFailed.class::isInstance)
                .map(outcome -> ((Outcome.PermFailed) outcome).reply())
                .toList();
        if (refusals.isEmpty() || refusals.size() < spooled.recipients().size()) {
            return Optional.empty();
        }
        var first = refusals.getFirst();
        return Optional.of(first.enhanced().isPresent()
                ? first
                : new Reply(first.code(), Optional.of(new EnhancedStatus(0, 0)), first.lines()));
    }

    Verdict judge(Spooled spooled, Trial trial, Told told) {
        var now = time.instant();
        var acceptedAt = spooled.letter().acceptedAt();
        var wait = trial.outcomes().stream().map(Wait::after).max(Wait::compareTo).orElse(Wait.NONE);
        var attempts = spooled.attempts() + (wait == Wait.COUNTED ? 1 : 0);
        var dueAt = switch (wait) {
            case NONE, SHORT -> schedule.soon(acceptedAt, now);
            case SCHEDULED, COUNTED -> schedule.next(acceptedAt, spooled.attempts() + 1, now, jitter);
        };
        var judging = new Judging(spooled, trial.ticket(), attempts, dueAt, now);
        var outcome = trial.outcomes().iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending()) {
                judging.judge(recipient, outcome.next());
            } else {
                judging.recipients.add(recipient);
            }
        }
        switch (told) {
            case NOBODY -> {}
            case APP -> judging.ended.clear();
        }
        return judging.verdict(
                attempts(spooled, trial.outcomes(), now),
                wait == Wait.COUNTED ? Verdict.Tally.COUNTED : Verdict.Tally.NOT_COUNTED);
    }

    /// Gives up, without another attempt, a letter whose time ran out while the upstream is down.
    Verdict expire(Spooled spooled, Breaker.Condition.Down down) {
        var judging = new Judging(spooled, breaker.begin(), spooled.attempts(), Optional.empty(), time.instant());
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending()) {
                var last = recipient.lastReply().isEmpty() ? down.last().cause().toString() : recipient.lastReply();
                judging.failed(recipient, down.last().stage(), expired(last));
            } else {
                judging.recipients.add(recipient);
            }
        }
        return judging.verdict(List.of(), Verdict.Tally.NOT_COUNTED);
    }

    /// What is certain when judging has failed: whom the upstream has taken the letter for. They never get it again.
    Verdict salvage(Spooled spooled, List<Outcome> outcomes, String reason) {
        var now = time.instant();
        var recipients = new ArrayList<Recipient>();
        var events = new ArrayList<MailEvent>();
        var attempts = attempts(spooled, outcomes, now);
        var outcome = outcomes.iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending() && outcome.hasNext() && outcome.next() instanceof Outcome.Relayed taken) {
                recipients.add(recipient.with(Recipient.Status.RELAYED, taken.reply().toString()));
                events.add(relayed(spooled, recipient, taken, now));
            } else {
                recipients.add(recipient);
            }
        }
        if (recipients.stream().noneMatch(Recipient::isPending)) {
            return salvaged(recipients, attempts, new QueueState.Ended(now), events);
        }
        events.add(new MailEvent.Held(spooled.id().text(), reason));
        return salvaged(recipients, attempts, new QueueState.Held(reason), events);
    }

    private static Verdict salvaged(
            List<Recipient> recipients, List<Attempt> attempts, QueueState next, List<MailEvent> events) {
        return new Verdict(recipients, attempts, next, Verdict.Tally.COUNTED, Optional.empty(), Optional.empty(), events);
    }

    /// What is kept of an attempt: a line for each recipient who was tried, counted or not. They bear the lease's number,
    /// which no two attempts of a letter share.
    private List<Attempt> attempts(Spooled spooled, List<Outcome> outcomes, Instant now) {
        var number = Math.toIntExact(spooled.lease().epoch());
        var attempts = new ArrayList<Attempt>(outcomes.size());
        var outcome = outcomes.iterator();
        for (var position = 0; position < spooled.recipients().size(); position++) {
            if (spooled.recipients().get(position).isPending() && outcome.hasNext()) {
                attempt(number, position, now, outcome.next()).ifPresent(attempts::add);
            }
        }
        return attempts;
    }

    private Optional<Attempt> attempt(int number, int position, Instant now, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed(var reply, _, var peer) -> Optional.of(new Attempt(
                    number,
                    position,
                    now,
                    upstream.name(),
                    peer.map(Peer::toString).orElse(""),
                    Stage.END_OF_DATA.word(),
                    Attempt.Result.RELAYED,
                    reply.toString()));
            case Outcome.TempFailed(var stage, var cause) -> Optional.of(new Attempt(
                    number, position, now, upstream.name(), "", stage.word(), Attempt.Result.TEMP_FAILED, cause.toString()));
            case Outcome.PermFailed(var stage, var reply) -> Optional.of(new Attempt(
                    number, position, now, upstream.name(), "", stage.word(), Attempt.Result.PERM_FAILED, reply.toString()));
            case Outcome.InDoubt(var cause) -> Optional.of(new Attempt(
                    number, position, now, upstream.name(), "", Stage.END_OF_DATA.word(), Attempt.Result.IN_DOUBT, cause.toString()));
            case Outcome.NotTried ignored -> Optional.empty();
        };
    }

    /// A letter that has to wait before its first attempt.
    List<MailEvent> putOff(Letter letter, Breaker.Condition.Down down) {
        return letter.envelope().recipients().stream()
                .<MailEvent>map(path -> new MailEvent.Deferred(
                        letter.id().text(),
                        path.address().toString(),
                        upstream.name(),
                        down.last().stage().word(),
                        down.last().cause().toString(),
                        0,
                        down.until()))
                .toList();
    }

    /// What an outcome means for the next attempt, the strongest last.
    private enum Wait {
        NONE,
        SHORT,
        SCHEDULED,
        COUNTED;

        static Wait after(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Relayed ignored -> NONE;
                case Outcome.PermFailed ignored -> NONE;
                case Outcome.NotTried ignored -> SHORT;
                case Outcome.InDoubt ignored -> COUNTED;
                case Outcome.TempFailed failure -> switch (failure.scope()) {
                    case RECIPIENT, LETTER -> COUNTED;
                    case UPSTREAM -> failure.stage().isWithinTransaction() ? SCHEDULED : SHORT;
                };
            };
        }
    }

    /// One attempt of one letter, while it is judged.
    private final class Judging {
        private final Spooled spooled;
        private final Breaker.Ticket ticket;
        private final int attempts;
        private final Optional<Instant> dueAt;
        private final Instant now;
        private final List<Recipient> recipients = new ArrayList<>();
        private final List<Dsn.ReportedRecipient> ended = new ArrayList<>();
        private final List<Dsn.ReportedRecipient> delayed = new ArrayList<>();
        private final List<MailEvent> events = new ArrayList<>();

        /// @param attempts counted so far, perhaps with this one
        /// @param dueAt of the next; empty when this was the last
        Judging(Spooled spooled, Breaker.Ticket ticket, int attempts, Optional<Instant> dueAt, Instant now) {
            this.spooled = spooled;
            this.ticket = ticket;
            this.attempts = attempts;
            this.dueAt = dueAt;
            this.now = now;
        }

        void judge(Recipient recipient, Outcome outcome) {
            switch (outcome) {
                case Outcome.Relayed taken -> {
                    events.add(relayed(spooled, recipient, taken, now));
                    success(recipient, taken).ifPresent(ended::add);
                    recipients.add(recipient.with(Recipient.Status.RELAYED, taken.reply().toString()));
                }
                case Outcome.PermFailed(var stage, var reply) -> failed(recipient, stage, reply);
                case Outcome.TempFailed failure -> {
                    if (dueAt.isEmpty()) {
                        failed(recipient, failure.stage(), expired(failure.cause().toString()));
                    } else {
                        deferred(recipient, failure.stage(), failure.cause(), Wait.after(failure));
                    }
                }
                // Whatever its age: it has a right to its last attempt.
                case Outcome.NotTried(var cause) -> deferred(recipient, Stage.CONNECT, cause, Wait.after(outcome));
                case Outcome.InDoubt(var cause) -> {
                    if (dueAt.isEmpty()) {
                        failed(recipient, Stage.END_OF_DATA, expired(cause.toString()));
                    } else {
                        events.add(new MailEvent.InDoubt(
                                id(), recipient.address().toString(), upstream.name(), cause.toString(), attempts, due()));
                        waits(recipient, cause);
                    }
                }
            }
        }

        /// Of attempts that don't count only the first is told for each cause, and none of a probe.
        private void deferred(Recipient recipient, Stage stage, Cause cause, Wait wait) {
            var isNews = ticket.purpose() != Breaker.Purpose.PROBE && !cause.toString().equals(recipient.lastReply());
            if (wait == Wait.COUNTED || isNews) {
                events.add(new MailEvent.Deferred(
                        id(), recipient.address().toString(), upstream.name(), stage.word(), cause.toString(), attempts, due()));
            }
            waits(recipient, cause);
        }

        private void waits(Recipient recipient, Cause cause) {
            var status = switch (cause) {
                case Cause.Answer(var reply) when reply.isTransient() && reply.enhanced().isPresent() -> reply.status();
                case Cause.Answer ignored -> "4.0.0";
                case Cause.Trouble ignored -> "4.4.0";
            };
            delayed.add(new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.DELAYED, status, cause.toString()));
            recipients.add(recipient.with(Recipient.Status.PENDING, cause.toString()));
        }

        void failed(Recipient recipient, Stage stage, Reply reply) {
            var status = reply.isPermanent() && reply.enhanced().isPresent() ? reply.status() : "5.0.0";
            events.add(new MailEvent.Failed(
                    id(), recipient.address().toString(), upstream.name(), stage.word(), reply.toString()));
            ended.add(new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.FAILED, status, reply.toString()));
            recipients.add(recipient.with(Recipient.Status.FAILED, reply.toString()));
        }

        Verdict verdict(List<Attempt> tried, Verdict.Tally tally) {
            // Not while the upstream is down: the notice would wait beside the letter.
            var isWarning = tally == Verdict.Tally.COUNTED
                    && !delayed.isEmpty()
                    && spooled.warnedAt().isEmpty()
                    && schedule.isLate(spooled.letter().acceptedAt(), now);
            if (isWarning) {
                ended.addAll(delayed);
            }
            var expiresAt = spooled.letter().acceptedAt().plus(schedule.expireAfter());
            var report = reporter.report(spooled.letter(), ended, expiresAt, now, events);
            var next = recipients.stream().anyMatch(Recipient::isPending)
                    ? new QueueState.Deferred(due())
                    : new QueueState.Ended(now);
            return new Verdict(
                    recipients, tried, next, tally, report, report.filter(told -> isWarning).map(told -> now), events);
        }

        private Instant due() {
            return dueAt.orElse(now.plusSeconds(1));
        }

        private String id() {
            return spooled.id().text();
        }
    }

    private MailEvent relayed(Spooled spooled, Recipient recipient, Outcome.Relayed taken, Instant now) {
        return new MailEvent.Relayed(
                spooled.id().text(),
                recipient.address().toString(),
                upstream.name(),
                taken.peer().map(Peer::place).orElse(""),
                taken.peer().flatMap(Peer::tls).map(TlsSession::toString).orElse(""),
                taken.reply().toString(),
                Duration.between(spooled.letter().acceptedAt(), now).toMillis());
    }

    /// RFC 3461 §5.2.2: an upstream that can't be told of NOTIFY=SUCCESS leaves the report to us.
    private static Optional<Dsn.ReportedRecipient> success(Recipient recipient, Outcome.Relayed taken) {
        var reply = taken.reply();
        var status = reply.enhanced().isPresent() ? reply.status() : "2.0.0";
        return switch (taken.successReport()) {
            case BY_UPSTREAM -> Optional.empty();
            case BY_US -> Optional.of(
                    new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.RELAYED, status, reply.toString()));
        };
    }

    /// RFC 3463 §3.5: delivery time expired.
    private static Reply expired(String last) {
        return Reply.of(554, 4, 7, "Delivery time expired, last: " + last);
    }
}
