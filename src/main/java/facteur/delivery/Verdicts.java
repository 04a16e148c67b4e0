package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.mail.bounce.Dsn;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.EnhancedStatus;
import facteur.mail.smtp.Reply;
import facteur.platform.clock.Clocks;
import facteur.route.Route;
import facteur.spool.LeasedLetter;
import facteur.spool.Recipient;
import facteur.upstream.Jitter;
import facteur.upstream.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Judges the result of an attempt. Writes nothing: a [Verdict] says what to write. Thread-safe.
public final class Verdicts {
    /// Who has heard that the letter is refused.
    enum Notified {
        NONE,
        /// No report is needed.
        APP
    }

    private final RetrySchedule schedule;
    private final Jitter jitter;
    private final Reporter reporter;
    private final Clocks clocks;

    public Verdicts(RetrySchedule schedule, Jitter jitter, Reporter reporter, Clocks clocks) {
        this.schedule = schedule;
        this.jitter = jitter;
        this.reporter = reporter;
        this.clocks = clocks;
    }

    Duration expireAfter() {
        return schedule.expireAfter();
    }

    Duration longestDelay() {
        return schedule.longest();
    }

    /// Whether letters expire now: not just after the clock was set.
    boolean isExpiryTrusted() {
        return clocks.trust().isSettled();
    }

    /// The upstream's refusal of the letter as a whole, in the form that an app gets it.
    static Optional<Reply> refusal(LeasedLetter leased, List<Outcome> outcomes) {
        if (outcomes.size() < leased.recipients().size() || !areRefusals(outcomes)) {
            return Optional.empty();
        }
        var first = ((Outcome.PermFailed) outcomes.getFirst()).reply();
        return Optional.of(first.enhanced().isPresent()
                ? first
                : new Reply(first.code(), Optional.of(new EnhancedStatus(0, 0)), first.lines()));
    }

    private static boolean areRefusals(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (!(outcome instanceof Outcome.PermFailed)) {
                return false;
            }
        }
        return !outcomes.isEmpty();
    }

    /// @param beganAt when the attempt did
    Verdict judge(LeasedLetter leased, AttemptResult result, Instant beganAt, Notified notified) {
        var now = clocks.wall().instant();
        var isSettled = clocks.trust().isSettled();
        var acceptedAt = leased.letter().acceptedAt();
        var isOver = schedule.isExpired(acceptedAt, beganAt);
        var wait = RetryClass.after(result.outcomes());
        var attempts = leased.attempts() + (wait == RetryClass.COUNTED ? 1 : 0);
        var age = !isSettled ? VerdictBuilder.Age.UNKNOWN : isOver ? VerdictBuilder.Age.OVER : VerdictBuilder.Age.WITHIN;
        // One that has expired is tried even if the upstream is down: not again and again.
        var isSoon = wait.compareTo(RetryClass.SHORT) <= 0 && age != VerdictBuilder.Age.OVER;
        var dueAt = isSoon
                ? schedule.soon(acceptedAt, beganAt, now)
                : schedule.next(acceptedAt, leased.attempts() + 1, beganAt, now, jitter);
        var news = switch (result.purpose()) {
            case RELAY -> VerdictBuilder.News.FIRST;
            case PROBE -> VerdictBuilder.News.NONE;
        };
        var builder = new VerdictBuilder(leased, result.upstream(), news, attempts, dueAt, age, now);
        var outcome = result.outcomes().iterator();
        for (var recipient : leased.recipients()) {
            if (recipient.isPending()) {
                builder.judge(recipient, outcome.next());
            } else {
                builder.unchanged(recipient);
            }
        }
        switch (notified) {
            case NONE -> {}
            case APP -> builder.appKnows();
        }
        var tried = AttemptLog.of(leased, result, now);
        return wait == RetryClass.COUNTED
                ? builder.counted(tried, schedule, reporter)
                : builder.notCounted(tried, schedule, reporter);
    }

    /// The report on recipients of a letter that fail without an attempt.
    ///
    /// @param events gets what the journal is to say of it
    Optional<Letter> report(Letter letter, List<Dsn.ReportedRecipient> failed, List<MailEvent> events) {
        var expiresAt = letter.acceptedAt().plus(schedule.expireAfter());
        return reporter.report(letter, failed, expiresAt, clocks.wall().instant(), events);
    }

    /// What is certain when judging has failed: the recipients that the letter was relayed to. They never get it again.
    Verdict salvage(LeasedLetter leased, AttemptResult result, String reason) {
        var now = clocks.wall().instant();
        var builder = new VerdictBuilder(
                leased, result.upstream(), VerdictBuilder.News.NONE, leased.attempts(), now, VerdictBuilder.Age.UNKNOWN, now);
        var outcome = result.outcomes().iterator();
        for (var recipient : leased.recipients()) {
            if (recipient.isPending() && outcome.hasNext() && outcome.next() instanceof Outcome.Relayed relayed) {
                builder.relayed(recipient, relayed);
            } else {
                builder.unchanged(recipient);
            }
        }
        return builder.salvaged(AttemptLog.of(leased, result, now), reason);
    }

    /// The recipients of a letter in the middle of an attempt, after some were relayed to.
    static List<Recipient> relayed(LeasedLetter leased, List<Outcome> outcomes) {
        var outcome = outcomes.iterator();
        return leased.recipients().stream()
                .map(recipient -> recipient.isPending() && outcome.next() instanceof Outcome.Relayed relayed
                        ? recipient.with(Recipient.Status.RELAYED, relayed.reply().toString())
                        : recipient)
                .toList();
    }

    /// What the journal is to say of a letter that has to wait before its first attempt.
    ///
    /// @param retryAt when one of them is tried
    static List<MailEvent> deferrals(Letter letter, Route.Outage outage, Instant retryAt) {
        return letter.envelope().recipients().stream()
                .<MailEvent>map(path -> new MailEvent.Deferred(
                        letter.id().text(),
                        letter.provenance().office().text(),
                        path.address().toString(),
                        outage.upstream(),
                        outage.down().last().stage().word(),
                        outage.down().last().cause().toString(),
                        0,
                        retryAt))
                .toList();
    }
}
