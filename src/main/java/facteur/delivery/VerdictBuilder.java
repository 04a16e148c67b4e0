package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.mail.bounce.Dsn;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.TlsSession;
import facteur.spool.Attempt;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.Peer;
import facteur.upstream.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds the verdict on one attempt of a letter, recipient by recipient. For one thread; used once.
final class VerdictBuilder {
    /// Whether the journal hears of attempts that don't count.
    enum News {
        /// Of the first per cause.
        FIRST,
        /// Of none: a probe's cause was journalled as the upstream's.
        NONE
    }

    /// How old the letter is, as its attempt began.
    enum Age {
        WITHIN,
        /// This was its last attempt.
        OVER,
        /// The clock has just been set: nothing happens for the letter's age.
        UNKNOWN
    }

    private final LeasedLetter leased;
    private final String upstream;
    private final News news;
    private final int attempts;
    private final Instant dueAt;
    private final Age age;
    private final Instant now;
    private final List<Recipient> recipients = new ArrayList<>();
    private final List<Dsn.ReportedRecipient> ended = new ArrayList<>();
    private final List<Dsn.ReportedRecipient> delayed = new ArrayList<>();
    private final List<MailEvent> events = new ArrayList<>();

    /// @param attempts counted so far, perhaps with this one
    /// @param dueAt of the next, if there is one
    VerdictBuilder(LeasedLetter leased, String upstream, News news, int attempts, Instant dueAt, Age age, Instant now) {
        this.leased = leased;
        this.upstream = upstream;
        this.news = news;
        this.attempts = attempts;
        this.dueAt = dueAt;
        this.age = age;
        this.now = now;
    }

    /// Nothing has changed for this recipient.
    void unchanged(Recipient recipient) {
        recipients.add(recipient);
    }

    void judge(Recipient recipient, Outcome outcome) {
        switch (outcome) {
            case Outcome.Relayed relayed -> {
                var said = relayed.reply().toString();
                relayed(recipient, relayed, said);
                success(recipient, relayed, said).ifPresent(ended::add);
            }
            case Outcome.PermFailed(var stage, var reply) -> failed(recipient, stage, reply);
            case Outcome.TempFailed failure -> {
                if (age == Age.OVER) {
                    expired(recipient, failure.stage(), failure.cause().toString());
                } else {
                    deferred(recipient, failure.stage(), failure.cause(), RetryClass.after(failure));
                }
            }
            // Even if it has expired: it has a right to its last attempt.
            case Outcome.NotTried(var cause) -> deferred(recipient, Stage.CONNECT, cause, RetryClass.after(outcome));
            case Outcome.InDoubt(var cause) -> {
                if (age == Age.OVER) {
                    expired(recipient, Stage.END_OF_DATA, cause.toString());
                } else {
                    events.add(new MailEvent.InDoubt(
                            id(), office(), recipient.address().toString(), upstream, cause.toString(), attempts, dueAt));
                    waits(recipient, cause);
                }
            }
        }
    }

    /// The upstream has accepted the letter: of all outcomes the one that must not get lost.
    void relayed(Recipient recipient, Outcome.Relayed relayed) {
        relayed(recipient, relayed, relayed.reply().toString());
    }

    /// @param said the reply's words
    private void relayed(Recipient recipient, Outcome.Relayed relayed, String said) {
        events.add(new MailEvent.Relayed(
                id(),
                office(),
                recipient.address().toString(),
                upstream,
                relayed.peer().map(Peer::place).orElse(""),
                relayed.peer().flatMap(Peer::tls).map(TlsSession::toString).orElse(""),
                said,
                // Not negative, though it was accepted by a clock that was ahead.
                Math.max(0, Duration.between(leased.letter().acceptedAt(), now).toMillis())));
        recipients.add(recipient.with(Recipient.Status.RELAYED, said));
    }

    /// RFC 3461 §5.2.2: an upstream that doesn't take NOTIFY=SUCCESS leaves the report to us.
    private static Optional<Dsn.ReportedRecipient> success(Recipient recipient, Outcome.Relayed relayed, String said) {
        var reply = relayed.reply();
        return switch (relayed.successReport()) {
            case BY_UPSTREAM -> Optional.empty();
            case BY_US -> Optional.of(new Dsn.ReportedRecipient(
                    recipient.path(), Dsn.Action.RELAYED, reply.enhanced().isPresent() ? reply.status() : "2.0.0", said));
        };
    }

    private void deferred(Recipient recipient, Stage stage, FailureCause cause, RetryClass wait) {
        var isNews = switch (news) {
            case FIRST -> !cause.toString().equals(recipient.lastReply());
            case NONE -> false;
        };
        if (wait == RetryClass.COUNTED || isNews) {
            events.add(new MailEvent.Deferred(
                    id(), office(), recipient.address().toString(), upstream, stage.word(), cause.toString(), attempts, dueAt));
        }
        waits(recipient, cause);
    }

    private void waits(Recipient recipient, FailureCause cause) {
        var status = switch (cause) {
            case FailureCause.Answer(var reply) when reply.isTransient() && reply.enhanced().isPresent() -> reply.status();
            case FailureCause.Answer ignored -> "4.0.0";
            case FailureCause.Trouble ignored -> "4.4.0";
            // Of our system: mail system full.
            case FailureCause.Shortage ignored -> "4.3.1";
        };
        delayed.add(new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.DELAYED, status, cause.toString()));
        recipients.add(recipient.with(Recipient.Status.PENDING, cause.toString()));
    }

    /// RFC 3463 §3.5: delivery time expired.
    private void expired(Recipient recipient, Stage stage, String last) {
        failed(recipient, stage, Reply.of(554, 4, 7, "Delivery time expired, last: " + last));
    }

    private void failed(Recipient recipient, Stage stage, Reply reply) {
        var status = reply.isPermanent() && reply.enhanced().isPresent() ? reply.status() : "5.0.0";
        events.add(new MailEvent.Failed(
                id(), office(), recipient.address().toString(), upstream, stage.word(), reply.toString()));
        ended.add(new Dsn.ReportedRecipient(recipient.path(), Dsn.Action.FAILED, status, reply.toString()));
        recipients.add(recipient.with(Recipient.Status.FAILED, reply.toString()));
    }

    /// The app has heard the refusal: no report is needed.
    void appKnows() {
        ended.clear();
    }

    /// The verdict on an attempt that counts. If the letter is late, its app gets a report on those that wait.
    Verdict counted(List<Attempt> tried, RetrySchedule schedule, Reporter reporter) {
        var isWarning = !delayed.isEmpty()
                && age != Age.UNKNOWN
                && leased.warnedAt().isEmpty()
                && schedule.isLate(leased.letter().acceptedAt(), now);
        if (isWarning) {
            ended.addAll(delayed);
        }
        var report = report(schedule, reporter);
        return verdict(tried, Verdict.Tally.COUNTED, report, report.filter(_ -> isWarning).map(_ -> now));
    }

    /// The verdict on one that doesn't. No delay is reported while the upstream is down: the report would wait beside the
    /// letter.
    Verdict notCounted(List<Attempt> tried, RetrySchedule schedule, Reporter reporter) {
        return verdict(tried, Verdict.Tally.NOT_COUNTED, report(schedule, reporter), Optional.empty());
    }

    private Optional<Letter> report(RetrySchedule schedule, Reporter reporter) {
        var expiresAt = leased.letter().acceptedAt().plus(schedule.expireAfter());
        return reporter.report(leased.letter(), ended, expiresAt, now, events);
    }

    private Verdict verdict(
            List<Attempt> tried, Verdict.Tally tally, Optional<Letter> report, Optional<Instant> warnedAt) {
        var next = isPending() ? new QueueState.Deferred(dueAt) : new QueueState.Ended(now);
        return new Verdict(recipients, tried, next, tally, report, warnedAt, events);
    }

    /// What is certain when judging has failed. Recipients that are pending go on hold, for an operator to look.
    Verdict salvaged(List<Attempt> tried, String reason) {
        if (!isPending()) {
            return new Verdict(
                    recipients, tried, new QueueState.Ended(now), Verdict.Tally.COUNTED, Optional.empty(), Optional.empty(), events);
        }
        events.add(new MailEvent.Held(id(), reason));
        return new Verdict(
                recipients, tried, new QueueState.Held(reason), Verdict.Tally.COUNTED, Optional.empty(), Optional.empty(), events);
    }

    private boolean isPending() {
        for (var recipient : recipients) {
            if (recipient.isPending()) {
                return true;
            }
        }
        return false;
    }

    private String id() {
        return leased.id().text();
    }

    private String office() {
        return leased.letter().provenance().office().text();
    }
}
