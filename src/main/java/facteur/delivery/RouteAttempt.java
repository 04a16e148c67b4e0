package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.Stopwatch;
import facteur.mail.smtp.ForwardPath;
import facteur.platform.clock.SteadyTime;
import facteur.route.Hop;
import facteur.route.Route;
import facteur.spool.LeasedLetter;
import facteur.upstream.Breaker;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.Upstream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Makes one attempt to relay a letter by the upstreams of a route: by the first that is up. The next one gets the letter
/// only when the one before has heard nothing of it, so an attempt sends it once at most. Thread-safe; blocks.
final class RouteAttempt {
    private final Route route;
    private final Journal journal;
    private final SteadyTime time;

    /// @param journal hears how long attempts take
    RouteAttempt(Route route, Journal journal, SteadyTime time) {
        this.route = route;
        this.journal = journal;
        this.time = time;
    }

    /// Tries, unless every upstream went down in the meantime. One whose rest is over is probed with this letter.
    ///
    /// @param progress hears what an attempt of several transactions has come to so far
    AttemptResult attempt(LeasedLetter leased, Upstream.Progress progress) {
        return attempt(leased, route.turn(), hop -> hop.breaker().permit(), progress);
    }

    /// Tries one that is down first, with the leave to probe it.
    AttemptResult probe(LeasedLetter leased, Hop probed, Upstream.Progress progress) {
        if (!progress.isOurs() || leased.pending().isEmpty()) {
            probed.breaker().noProbe();
        }
        var turn = new ArrayList<>(route.turn());
        turn.remove(probed);
        turn.addFirst(probed);
        return attempt(leased, turn, hop -> hop.equals(probed) ? new Breaker.Permit.Probe() : hop.breaker().permit(), progress);
    }

    /// Tries even upstreams that are down: a letter that has expired has a right to one more attempt.
    AttemptResult lastAttempt(LeasedLetter leased, Upstream.Progress progress) {
        return attempt(leased, route.turn(), hop -> new Breaker.Permit.Unlimited(), progress);
    }

    private AttemptResult attempt(
            LeasedLetter leased, List<Hop> turn, Function<Hop, Breaker.Permit> permit, Upstream.Progress progress) {
        if (!progress.isOurs()) {
            return notTried(leased, Upstream.Progress.NOT_OURS);
        }
        var pending = leased.pending();
        if (pending.isEmpty()) {
            // All came back, or arrived, before the attempt that relayed them was written down.
            return AttemptResult.NONE;
        }
        var results = new ArrayList<AttemptResult>();
        for (var hop : turn) {
            var isLast = switch (permit.apply(hop)) {
                case Breaker.Permit.Unlimited() -> isEnough(hop, attempt(leased, pending, hop, hop.breaker().begin(), progress), results);
                case Breaker.Permit.Probe() -> isEnough(hop, attempt(leased, pending, hop, hop.breaker().beginProbe(), progress), results);
                case Breaker.Permit.None ignored -> false;
            };
            if (isLast) {
                break;
            }
        }
        return results.isEmpty() ? notTried(leased) : withNews(results);
    }

    /// Whether no other is asked. One that is up, and only busy, isn't passed over.
    private static boolean isEnough(Hop hop, AttemptResult result, List<AttemptResult> results) {
        results.add(result);
        return !result.isUnheard() || hop.breaker().condition() instanceof Breaker.Condition.Up;
    }

    /// The last one, with what changed of all upstreams.
    private static AttemptResult withNews(List<AttemptResult> results) {
        var last = results.getLast();
        if (results.size() == 1) {
            return last;
        }
        return new AttemptResult(
                last.upstream(),
                last.purpose(),
                last.outcomes(),
                results.stream().flatMap(result -> result.upstreamEvents().stream()).toList());
    }

    private AttemptResult notTried(LeasedLetter leased) {
        var outage = route.outage();
        var cause = outage.map(out -> out.down().last().cause()).orElseGet(() -> new FailureCause.Trouble("upstream down"));
        return notTried(leased, new Outcome.NotTried(cause));
    }

    private AttemptResult notTried(LeasedLetter leased, Outcome outcome) {
        return new AttemptResult(
                route.outage().map(Route.Outage::upstream).orElseGet(() -> route.turn().getFirst().name()),
                Breaker.Purpose.RELAY,
                Collections.nCopies(leased.pending().size(), outcome),
                List.of());
    }

    private AttemptResult attempt(
            LeasedLetter leased, List<ForwardPath> pending, Hop hop, Breaker.Ticket ticket, Upstream.Progress progress) {
        var letter = leased.letter();
        var outcomes = List.<Outcome>of();
        var news = new ArrayList<MailEvent>();
        var since = Stopwatch.start();
        try {
            var envelope = letter.envelope().withRecipients(pending);
            outcomes = hop.upstream().relay(letter.id(), envelope, letter.message(), progress);
        } finally {
            journal.tried(hop.name(), since);
            hop.breaker().end(ticket, outcomes).map(change -> event(hop, change)).ifPresent(news::add);
        }
        return new AttemptResult(hop.name(), ticket.purpose(), outcomes, news);
    }

    private MailEvent event(Hop hop, Breaker.Change change) {
        return switch (change.to()) {
            case Breaker.Condition.Down down -> new MailEvent.UpstreamFailed(
                    hop.name(), down.last().stage().word(), down.last().cause().toString(), time.onWall(down.until()));
            case Breaker.Condition.Up() -> new MailEvent.UpstreamRecovered(hop.name(), downMillis(change.from()));
        };
    }

    private long downMillis(Breaker.Condition before) {
        return switch (before) {
            case Breaker.Condition.Up() -> 0;
            case Breaker.Condition.Down down ->
                time.since(down.since()).toMillis();
        };
    }
}
