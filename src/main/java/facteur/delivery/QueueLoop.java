package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.RouteId;
import facteur.platform.clock.Clocks;
import facteur.route.Hop;
import facteur.route.Route;
import facteur.spool.ClaimedWork;
import facteur.spool.LeasedLetter;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes through the queue of one route, again and again: asks the spool what is due, starts as many attempts as there are
/// slots for, and waits until the next due date, a wake-up, or the end of a poll, so that changes made by an operator's
/// command are seen.
///
/// While no upstream of the route is up ([Route]) it claims only one letter at a time to probe an upstream with, and those
/// that have expired, for a last attempt. A letter that waits has no attempt counted and costs nothing. For one thread.
final class QueueLoop {
    private static final Logger LOG = LoggerFactory.getLogger(QueueLoop.class);
    private static final int CLAIM_LIMIT = 50;

    private final RouteId id;
    private final Spool spool;
    private final Journal journal;
    private final Clocks clocks;
    private final Attempts attempts;
    private final RunnerSignals signals;

    QueueLoop(RouteId id, DeliveryContext context, Attempts attempts, RunnerSignals signals) {
        this.id = id;
        this.spool = context.spool();
        this.journal = context.journal();
        this.clocks = context.clocks();
        this.attempts = attempts;
        this.signals = signals;
    }

    /// Runs until it is to stop.
    void run(Supplier<QueueRunner.Terms> terms) {
        while (!signals.isStopping()) {
            var now = terms.get();
            try {
                signals.awaitWakeUp(pass(now));
            } catch (SpoolException e) {
                SpoolWriter.report(e, journal);
                if (signals.awaitStop(poll(now))) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error bug) {
                LOG.error("queue runner", bug);
                if (signals.awaitStop(poll(now))) {
                    return;
                }
            }
        }
    }

    private static Duration poll(QueueRunner.Terms terms) {
        return terms.rules().limits().poll();
    }

    /// Starts the attempts that may start.
    ///
    /// @return how long to wait before the next pass
    Duration pass(QueueRunner.Terms now) throws SpoolException {
        return switch (now.route().permit(clocks.steady().instant())) {
            case Route.Permit.Unlimited() -> claim(now, CLAIM_LIMIT, now.delivery()::attempt).delay();
            case Route.Permit.Probe(var hop) -> probe(now, hop);
            case Route.Permit.None(var until) -> rest(now, until);
        };
    }

    private Duration probe(QueueRunner.Terms now, Hop hop) throws SpoolException {
        var isProbing = false;
        try {
            var claimed = claim(now, 1, leased -> now.delivery().probe(leased, hop));
            isProbing = claimed.started() == 1;
            return claimed.delay();
        } finally {
            if (!isProbing) {
                hop.breaker().noProbe();
            }
        }
    }

    /// @param delay before the next pass
    private record Claimed(int started, Duration delay) {}

    /// Starts what is due, as far as there are slots.
    private Claimed claim(QueueRunner.Terms now, int limit, Consumer<LeasedLetter> work) throws SpoolException {
        attempts.awaitEnd();
        var reserved = attempts.reserve(limit);
        if (reserved == 0) {
            return new Claimed(0, poll(now));
        }
        attempts.awaitNoEnd();
        var started = 0;
        try {
            var wall = clocks.wall().instant();
            spool.recall(id, wall.plus(now.rules().verdicts().longestDelay()), wall);
            return switch (spool.due(id, wall, reserved)) {
                case ClaimedWork.Now due -> {
                    started = start(due, work);
                    yield new Claimed(started, Duration.ZERO);
                }
                case ClaimedWork.At(var dueAt) -> new Claimed(0, least(Duration.between(clocks.wall().instant(), dueAt), poll(now)));
                case ClaimedWork.Idle() -> new Claimed(0, poll(now));
            };
        } finally {
            attempts.giveBack(reserved - started);
        }
    }

    /// Starts nothing but the last attempts of letters that have expired.
    ///
    /// @param until by the steady clock
    private Duration rest(QueueRunner.Terms now, Optional<Instant> until) throws SpoolException {
        attempts.awaitEnd();
        if (now.route().outage().isPresent() && now.rules().verdicts().isExpiryTrusted()) {
            var reserved = attempts.reserve(CLAIM_LIMIT);
            var started = 0;
            try {
                var wall = clocks.wall().instant();
                var old = spool.olderThan(id, wall.minus(now.rules().verdicts().expireAfter()), wall, reserved);
                started = start(old, now.delivery()::lastAttempt);
            } finally {
                attempts.giveBack(reserved - started);
            }
        }
        return until.map(at -> least(Duration.between(clocks.steady().instant(), at), poll(now))).orElse(poll(now));
    }

    private int start(ClaimedWork.Now due, Consumer<LeasedLetter> work) {
        due.corrupt().forEach(letter -> journal.record(new MailEvent.Held(letter.letterId(), letter.reason())));
        due.letters().forEach(leased -> attempts.startReserved(leased, work));
        return due.letters().size();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
