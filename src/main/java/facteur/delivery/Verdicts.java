package facteur.delivery;

import facteur.journal.MailEvent;
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

/// Judges what came of an attempt. Writes nothing: a [Verdict] says what to write. Thread-safe.
public final class Verdicts {
    /// Who has heard already that the letter is refused.
    enum Told {
        NOBODY,
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

    /// Whether letters end by their age now.
    boolean areTheOldGivenBack() {
        return clocks.trust().isSettled();
    }

    /// The upstream's refusal of the letter as a whole, in the form that an app gets it.
    static Optional<Reply> refusal(LeasedLetter spooled, List<Outcome> outcomes) {
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

    /// @param beganAt when the attempt did
    Verdict judge(LeasedLetter spooled, AttemptResult trial, Instant beganAt, Told told) {
        var now = clocks.wall().instant();
        var isSettled = clocks.trust().isSettled();
        var acceptedAt = spooled.letter().acceptedAt();
        var isOver = schedule.isExpired(acceptedAt, beganAt);
        var wait = trial.outcomes().stream().map(RetryClass::after).max(RetryClass::compareTo).orElse(RetryClass.NONE);
        var attempts = spooled.attempts() + (wait == RetryClass.COUNTED ? 1 : 0);
        var age = !isSettled ? VerdictBuilder.Age.UNKNOWN : isOver ? VerdictBuilder.Age.OVER : VerdictBuilder.Age.WITHIN;
        // One that is past its time is tried though the upstream be down: not again and again.
        var isSoon = wait.compareTo(RetryClass.SHORT) <= 0 && age != VerdictBuilder.Age.OVER;
        var dueAt = isSoon
                ? schedule.soon(acceptedAt, beganAt, now)
                : schedule.next(acceptedAt, spooled.attempts() + 1, beganAt, now, jitter);
        var news = switch (trial.purpose()) {
            case RELAY -> VerdictBuilder.News.FIRST;
            case PROBE -> VerdictBuilder.News.NONE;
        };
        var judging = new VerdictBuilder(spooled, trial.upstream(), news, attempts, dueAt, age, now);
        var outcome = trial.outcomes().iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending()) {
                judging.judge(recipient, outcome.next());
            } else {
                judging.keep(recipient);
            }
        }
        switch (told) {
            case NOBODY -> {}
            case APP -> judging.appKnows();
        }
        var tried = AttemptLog.of(spooled, trial, now);
        return wait == RetryClass.COUNTED
                ? judging.counted(tried, schedule, reporter)
                : judging.notCounted(tried, schedule, reporter);
    }

    /// What is certain when judging has failed: whom the upstream has taken the letter for. They never get it again.
    Verdict salvage(LeasedLetter spooled, AttemptResult trial, String reason) {
        var now = clocks.wall().instant();
        var judging = new VerdictBuilder(
                spooled, trial.upstream(), VerdictBuilder.News.NONE, spooled.attempts(), now, VerdictBuilder.Age.UNKNOWN, now);
        var outcome = trial.outcomes().iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending() && outcome.hasNext() && outcome.next() instanceof Outcome.Relayed taken) {
                judging.relayed(recipient, taken);
            } else {
                judging.keep(recipient);
            }
        }
        return judging.salvaged(AttemptLog.of(spooled, trial, now), reason);
    }

    /// The recipients of a letter, as they stand when some have got it and it goes on to others.
    static List<Recipient> relayed(LeasedLetter spooled, List<Outcome> outcomes) {
        var outcome = outcomes.iterator();
        return spooled.recipients().stream()
                .map(recipient -> recipient.isPending() && outcome.next() instanceof Outcome.Relayed taken
                        ? recipient.with(Recipient.Status.RELAYED, taken.reply().toString())
                        : recipient)
                .toList();
    }

    /// What the journal is to say of a letter that has to wait before its first attempt.
    ///
    /// @param retryAt when one of them is tried
    static List<MailEvent> putOff(Letter letter, Route.Outage outage, Instant retryAt) {
        return letter.envelope().recipients().stream()
                .<MailEvent>map(path -> new MailEvent.Deferred(
                        letter.id().text(),
                        letter.provenance().office(),
                        path.address().toString(),
                        outage.upstream(),
                        outage.down().last().stage().word(),
                        outage.down().last().cause().toString(),
                        0,
                        retryAt))
                .toList();
    }
}
