package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.Reply;
import facteur.route.Hop;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import facteur.upstream.Outcome;
import facteur.upstream.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees an attempt through, from the upstream to the disk: attempt, verdict, journal, report, state, in this order.
///
/// While the spool can't be written, it keeps the verdict and tries again: what the upstream has taken must not be sent
/// twice. A fault of ours after the upstream has spoken puts the letter on hold, but without those it was taken for; the
/// journal is told of each of them once, and of nothing when the verdict was on disk before the fault.
///
/// Thread-safe; blocks.
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration REPORT_DELAY = Duration.ofMinutes(5);

    /// Keeps a report of ours, as any new letter.
    @FunctionalInterface
    interface Reports {
        void accept(Letter report) throws SpoolException;
    }

    private final Spool spool;
    private final Courier courier;
    private final Verdicts verdicts;
    private final Journal journal;
    private final InstantSource time;
    private final Duration poll;
    private final Reports reports;
    private final Runnable wake;
    private final CountDownLatch stopped;

    /// @param poll how long to wait when the spool can't be written
    /// @param wake makes the queue be looked at
    /// @param stopped when it is over, nobody waits for the spool any more
    Delivery(
            Spool spool,
            Courier courier,
            Verdicts verdicts,
            Journal journal,
            InstantSource time,
            Duration poll,
            Reports reports,
            Runnable wake,
            CountDownLatch stopped) {
        this.spool = spool;
        this.courier = courier;
        this.verdicts = verdicts;
        this.journal = journal;
        this.time = time;
        this.poll = poll;
        this.reports = reports;
        this.wake = wake;
        this.stopped = stopped;
    }

    void attempt(LeasedLetter spooled) {
        see(spooled, progress -> courier.attempt(spooled, progress), refusal -> Verdicts.Told.NOBODY);
    }

    /// The same, to see whether an upstream is back.
    void probe(LeasedLetter spooled, Hop hop) {
        see(spooled, progress -> courier.probe(spooled, hop, progress), refusal -> Verdicts.Told.NOBODY);
    }

    /// The same for a letter that is too old, though no upstream be up.
    void lastAttempt(LeasedLetter spooled) {
        see(spooled, progress -> courier.lastAttempt(spooled, progress), refusal -> Verdicts.Told.NOBODY);
    }

    /// The same, for an app that waits.
    void attempt(LeasedLetter spooled, WaitingApp app) {
        try {
            see(
                    spooled,
                    progress -> courier.attempt(spooled, progress),
                    refusal -> app.refuse(refusal) ? Verdicts.Told.APP : Verdicts.Told.NOBODY);
        } finally {
            app.end();
        }
    }

    /// How far one attempt has come, for whoever has to clear up after a fault. For one thread.
    private static final class Course {
        AttemptResult trial = AttemptResult.NONE;
        /// How many of those it was relayed to the journal was told of: they come in the order of the letter.
        int relayedTold;
        boolean isWritten;
    }

    private void see(LeasedLetter spooled, Function<Upstream.Progress, AttemptResult> attempt, Function<Reply, Verdicts.Told> app) {
        guarded(spooled, course -> {
            var beganAt = time.instant();
            var trial = attempt.apply(new Progress(spooled));
            course.trial = trial;
            var told = Verdicts.refusal(spooled, trial.outcomes()).map(app).orElse(Verdicts.Told.NOBODY);
            conclude(spooled, verdicts.judge(spooled, trial, beganAt, told), course);
            trial.news().forEach(event -> journal.record(event, spooled.letter().persons()));
            if (!trial.news().isEmpty()) {
                wake.run();
            }
        });
    }

    /// What the attempt asks and tells while it goes on.
    private final class Progress implements Upstream.Progress {
        private final LeasedLetter spooled;

        Progress(LeasedLetter spooled) {
            this.spooled = spooled;
        }

        @Override
        public void settled(List<Outcome> outcomes) {
            noteRelayed(spooled, outcomes);
        }

        @Override
        public boolean isOurs() {
            return spool.isOurs(spooled);
        }
    }

    /// Before the next transaction of the same attempt. When it can't be written the attempt goes on all the same: what it comes
    /// to is written at its end.
    private void noteRelayed(LeasedLetter spooled, List<Outcome> outcomes) {
        try {
            spool.noteRelayed(spooled, Verdicts.relayed(spooled, outcomes));
        } catch (SpoolException e) {
            trouble(e);
        }
    }

    private void guarded(LeasedLetter spooled, Consumer<Course> work) {
        var course = new Course();
        try {
            work.accept(course);
        } catch (RuntimeException | Error bug) {
            LOG.error("attempt for {} failed", spooled.id(), bug);
            if (!course.isWritten) {
                setAside(spooled, course, bug);
            }
        }
    }

    private void conclude(LeasedLetter spooled, Verdict verdict, Course course) {
        var persons = spooled.letter().persons();
        for (var event : verdict.events()) {
            journal.record(event, persons);
            course.relayedTold += event instanceof MailEvent.Relayed ? 1 : 0;
        }
        var kept = verdict;
        if (verdict.report().isPresent() && !isKept(verdict.report().get())) {
            verdict.unconfirmed().ifPresent(journal::record);
            kept = verdict.postponed(spooled.recipients(), time.instant().plus(REPORT_DELAY));
        }
        settle(spooled, kept, course);
    }

    private void settle(LeasedLetter spooled, Verdict kept, Course course) {
        if (kept.warnedAt().isPresent()) {
            var _ = written(() -> spool.noteWarning(spooled, kept.warnedAt().get()));
        }
        course.isWritten = written(() -> write(spooled, kept));
        if (course.isWritten && kept.next() instanceof QueueState.Deferred) {
            wake.run();
        }
    }

    private void write(LeasedLetter spooled, Verdict verdict) throws SpoolException {
        if (verdict.next() instanceof QueueState.Deferred(var dueAt) && verdict.tally() == Verdict.Tally.NOT_COUNTED) {
            spool.putOff(spooled, verdict.recipients(), verdict.attempts(), dueAt);
        } else {
            spool.settle(spooled, verdict.recipients(), verdict.attempts(), verdict.next());
        }
    }

    /// Tried once: a full disk may stay full for long, and the attempt holds a place that others wait for.
    private boolean isKept(Letter report) {
        try {
            reports.accept(report);
            return true;
        } catch (SpoolException e) {
            trouble(e);
            return false;
        }
    }

    private void setAside(LeasedLetter spooled, Course course, Throwable bug) {
        var verdict = verdicts.salvage(spooled, course.trial, "internal error: " + bug);
        if (written(() -> write(spooled, verdict))) {
            var relayed = verdict.events().stream().filter(MailEvent.Relayed.class::isInstance).skip(course.relayedTold);
            var others = verdict.events().stream().filter(event -> !(event instanceof MailEvent.Relayed));
            var persons = spooled.letter().persons();
            Stream.concat(relayed, others).forEach(event -> journal.record(event, persons));
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws SpoolException;
    }

    /// Writes, again and again while the spool can't be written. False when the runner has stopped before it could: the
    /// letter is found again at the next start.
    private boolean written(Writing writing) {
        while (true) {
            try {
                writing.run();
                return true;
            } catch (SpoolException e) {
                trouble(e);
                if (isReached(stopped, poll)) {
                    return false;
                }
            }
        }
    }

    /// The spool itself tells, once, that the database is away.
    void trouble(SpoolException e) {
        switch (e.remedy()) {
            case STORAGE -> journal.record(new MailEvent.SpoolTrouble(e.report()));
            case PATIENCE -> LOG.debug("the spool can't be had: {}", e.getMessage());
        }
    }

    /// Waits for a milestone, this long at most.
    ///
    /// @return whether it is reached
    static boolean isReached(CountDownLatch milestone, Duration most) {
        try {
            return milestone.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
