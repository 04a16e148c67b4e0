package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.smtp.EnhancedStatus;
import facteur.smtp.Reply;
import facteur.spool.Letter;
import facteur.spool.Recipient;
import facteur.spool.Spooled;
import facteur.upstream.Jitter;
import facteur.upstream.Outcome;
import facteur.upstream.Route;
import java.time.Duration;
import java.time.InstantSource;
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
    private final InstantSource time;

    public Verdicts(RetrySchedule schedule, Jitter jitter, Reporter reporter, InstantSource time) {
        this.schedule = schedule;
        this.jitter = jitter;
        this.reporter = reporter;
        this.time = time;
    }

    Duration expireAfter() {
        return schedule.expireAfter();
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
        var news = switch (trial.purpose()) {
            case RELAY -> Judging.News.FIRST;
            case PROBE -> Judging.News.NONE;
        };
        var judging = new Judging(spooled, trial.upstream(), news, attempts, dueAt, now);
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
        var tried = Tries.of(spooled, trial, now);
        return wait == Wait.COUNTED
                ? judging.counted(tried, schedule, reporter)
                : judging.notCounted(tried, schedule, reporter);
    }

    /// Gives up, without another attempt, a letter whose time ran out while no upstream can be had.
    Verdict expire(Spooled spooled, Route.Outage outage) {
        var judging = new Judging(
                spooled, outage.upstream(), Judging.News.NONE, spooled.attempts(), Optional.empty(), time.instant());
        var last = outage.down().last();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending()) {
                var reply = recipient.lastReply();
                judging.expired(recipient, last.stage(), reply.isEmpty() ? last.cause().toString() : reply);
            } else {
                judging.keep(recipient);
            }
        }
        return judging.notCounted(List.of(), schedule, reporter);
    }

    /// What is certain when judging has failed: whom the upstream has taken the letter for. They never get it again.
    Verdict salvage(Spooled spooled, Trial trial, String reason) {
        var now = time.instant();
        var judging = new Judging(
                spooled, trial.upstream(), Judging.News.NONE, spooled.attempts(), Optional.empty(), now);
        var outcome = trial.outcomes().iterator();
        for (var recipient : spooled.recipients()) {
            if (recipient.isPending() && outcome.hasNext() && outcome.next() instanceof Outcome.Relayed taken) {
                judging.relayed(recipient, taken);
            } else {
                judging.keep(recipient);
            }
        }
        return judging.salvaged(Tries.of(spooled, trial, now), reason);
    }

    /// The recipients of a letter, as they stand when some have got it and it goes on to others.
    static List<Recipient> relayed(Spooled spooled, List<Outcome> outcomes) {
        var outcome = outcomes.iterator();
        return spooled.recipients().stream()
                .map(recipient -> recipient.isPending() && outcome.next() instanceof Outcome.Relayed taken
                        ? recipient.with(Recipient.Status.RELAYED, taken.reply().toString())
                        : recipient)
                .toList();
    }

    /// What the journal is to say of a letter that has to wait before its first attempt.
    static List<MailEvent> putOff(Letter letter, Route.Outage outage) {
        return letter.envelope().recipients().stream()
                .<MailEvent>map(path -> new MailEvent.Deferred(
                        letter.id().text(),
                        letter.provenance().office(),
                        path.address().toString(),
                        outage.upstream(),
                        outage.down().last().stage().word(),
                        outage.down().last().cause().toString(),
                        0,
                        outage.down().until()))
                .toList();
    }
}
