package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.Reply;
import facteur.route.Hop;
import facteur.route.Route;
import facteur.spool.LeasedLetter;
import facteur.spool.QueueState;
import facteur.spool.SpoolException;
import facteur.upstream.Outcome;
import facteur.upstream.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees an attempt through, from the upstream to the disk: attempt, verdict, journal, report, state, in this order.
///
/// A fault of ours after the upstream has spoken puts the letter on hold, but without those it was relayed to; the journal
/// hears of each of them once, and of nothing when the verdict was on disk before the fault.
///
/// Thread-safe; blocks.
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration REPORT_DELAY = Duration.ofMinutes(5);

    private final RouteAttempt courier;
    private final Verdicts verdicts;
    private final Journal journal;
    private final InstantSource time;
    private final DeliveryContext.ReportQueue reports;
    private final RunnerSignals signals;
    private final SpoolWriter writer;

    Delivery(DeliveryContext context, Route route, DeliveryRules rules, RunnerSignals signals) {
        this.courier = new RouteAttempt(route, context.journal(), context.clocks().steady());
        this.verdicts = rules.verdicts();
        this.journal = context.journal();
        this.time = context.clocks().wall();
        this.reports = context.reports();
        this.signals = signals;
        this.writer = new SpoolWriter(context.spool(), journal, rules.limits().poll(), signals);
    }

    void attempt(LeasedLetter leased) {
        run(leased, progress -> courier.attempt(leased, progress), _ -> Verdicts.Notified.NONE);
    }

    /// The same, to see whether an upstream is back.
    void probe(LeasedLetter leased, Hop hop) {
        run(leased, progress -> courier.probe(leased, hop, progress), _ -> Verdicts.Notified.NONE);
    }

    /// The same for a letter that has expired, even if no upstream is up.
    void lastAttempt(LeasedLetter leased) {
        run(leased, progress -> courier.lastAttempt(leased, progress), _ -> Verdicts.Notified.NONE);
    }

    /// The same, for an app that waits.
    void attempt(LeasedLetter leased, WaitingApp app) {
        try {
            run(
                    leased,
                    progress -> courier.attempt(leased, progress),
                    refusal -> app.refuse(refusal) ? Verdicts.Notified.APP : Verdicts.Notified.NONE);
        } finally {
            app.end();
        }
    }

    /// How far an attempt has come, for what has to clear up after a fault. For one thread.
    private static final class Stand {
        AttemptResult result = AttemptResult.NONE;
        /// How many recipients the journal has as relayed: they come in the order of the letter.
        int relayedJournalled;
        boolean isWritten;
    }

    private void run(
            LeasedLetter leased, Function<Upstream.Progress, AttemptResult> attempt, Function<Reply, Verdicts.Notified> app) {
        guarded(leased, stand -> {
            var beganAt = time.instant();
            var result = attempt.apply(new Progress(leased));
            stand.result = result;
            var notified = Verdicts.refusal(leased, result.outcomes()).map(app).orElse(Verdicts.Notified.NONE);
            conclude(leased, verdicts.judge(leased, result, beganAt, notified), stand);
            result.upstreamEvents().forEach(event -> journal.record(event, leased.letter().persons()));
            if (!result.upstreamEvents().isEmpty()) {
                signals.wake();
            }
        });
    }

    /// What the attempt asks and reports while it goes on.
    private final class Progress implements Upstream.Progress {
        private final LeasedLetter leased;

        Progress(LeasedLetter leased) {
            this.leased = leased;
        }

        @Override
        public void settled(List<Outcome> outcomes) {
            writer.noteRelayed(leased, Verdicts.relayed(leased, outcomes));
        }

        @Override
        public boolean isOurs() {
            return writer.isOurs(leased);
        }
    }

    private void guarded(LeasedLetter leased, Consumer<Stand> work) {
        var stand = new Stand();
        try {
            work.accept(stand);
        } catch (RuntimeException | Error bug) {
            LOG.error("attempt for {} failed", leased.id(), bug);
            if (!stand.isWritten) {
                salvage(leased, stand, bug);
            }
        }
    }

    private void conclude(LeasedLetter leased, Verdict verdict, Stand stand) {
        var persons = leased.letter().persons();
        for (var event : verdict.events()) {
            journal.record(event, persons);
            stand.relayedJournalled += event instanceof MailEvent.Relayed ? 1 : 0;
        }
        var last = verdict;
        if (verdict.report().isPresent() && !isStored(verdict.report().get())) {
            verdict.unconfirmed().ifPresent(journal::record);
            last = verdict.postponed(leased.recipients(), time.instant().plus(REPORT_DELAY));
        }
        settle(leased, last, stand);
    }

    private void settle(LeasedLetter leased, Verdict verdict, Stand stand) {
        verdict.warnedAt().ifPresent(at -> writer.noteWarning(leased, at));
        stand.isWritten = writer.settle(leased, verdict);
        if (stand.isWritten && verdict.next() instanceof QueueState.Deferred) {
            signals.wake();
        }
    }

    /// Tried once: a full disk may stay full for long, and the attempt holds a slot that others wait for.
    private boolean isStored(Letter report) {
        try {
            reports.enqueue(report);
            return true;
        } catch (SpoolException e) {
            SpoolWriter.report(e, journal);
            return false;
        }
    }

    private void salvage(LeasedLetter leased, Stand stand, Throwable bug) {
        var verdict = verdicts.salvage(leased, stand.result, "internal error: " + bug);
        if (writer.settle(leased, verdict)) {
            var relayed = verdict.events().stream().filter(MailEvent.Relayed.class::isInstance).skip(stand.relayedJournalled);
            var others = verdict.events().stream().filter(event -> !(event instanceof MailEvent.Relayed));
            var persons = leased.letter().persons();
            Stream.concat(relayed, others).forEach(event -> journal.record(event, persons));
        }
    }
}
