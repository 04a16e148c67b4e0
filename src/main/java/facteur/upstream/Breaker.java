package facteur.upstream;

import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether an upstream is worth trying.
///
/// It is *up* until an attempt fails in a way that isn't the letter's fault ([FailureScope#UPSTREAM]). Then it is *down* for a
/// second, and no letter tries. When the time is over one letter may try, the *probe*; when that fails too, the time doubles,
/// up to a minute; where it says that we have sent as much as we may ([Quota]), from a minute up to half an hour, lest our
/// probes keep its limit filled. Any other outcome of a probe, even a refusal, shows that it answers: it is up again.
///
/// Attempts overlap, so an outcome may be old news: each attempt takes a [Ticket] first, and an outcome counts only when
/// nothing else has counted since. So twenty connections that break together are one failure, and a letter that was
/// already being sent when the upstream failed doesn't bring it back.
///
/// Thread-safe.
public final class Breaker {
    private static final Condition UP = new Condition.Up();
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration FIRST_OF_QUOTA = Duration.ofMinutes(1);
    private static final Duration LONGEST_OF_QUOTA = Duration.ofMinutes(30);

    /// How the upstream stands.
    public sealed interface Condition {
        record Up() implements Condition {}

        /// @param since when it failed first
        /// @param delay how long it rests now
        /// @param until when it may be probed
        /// @param last why
        record Down(Instant since, Duration delay, Instant until, Outcome.TempFailed last) implements Condition {}
    }

    /// Who may start an attempt now.
    public sealed interface Permit {
        record Unlimited() implements Permit {}

        /// The probe: to be followed by [#end] or [#noProbe].
        record Probe() implements Permit {}

        /// @param until when to ask again; empty while a probe is running
        record None(Optional<Instant> until) implements Permit {}
    }

    /// An attempt that began.
    ///
    /// @param epoch how often an outcome had counted
    public record Ticket(long epoch, Purpose purpose) {}

    /// What an attempt is for.
    public enum Purpose {
        RELAY,
        PROBE
    }

    /// The upstream went down, or came up again.
    public record Change(Condition from, Condition to) {}

    private final Jitter jitter;
    private final SteadyTime time;
    private Condition condition = UP;
    private long epoch;
    private boolean isProbing;

    public Breaker(Jitter jitter, SteadyTime time) {
        this.jitter = jitter;
        this.time = time;
    }

    public synchronized Condition condition() {
        return condition;
    }

    public synchronized Permit permit() {
        return switch (condition) {
            case Condition.Up() -> new Permit.Unlimited();
            case Condition.Down down when isProbing -> new Permit.None(Optional.empty());
            case Condition.Down down when time.instant().isBefore(down.until()) -> new Permit.None(Optional.of(down.until()));
            case Condition.Down down -> {
                isProbing = true;
                yield new Permit.Probe();
            }
        };
    }

    /// Ends a rest: the next letter may try, and if that fails too, the first, short rest follows. Without effect on an
    /// upstream that is up.
    ///
    /// @return whether it was down
    public synchronized boolean wake() {
        return switch (condition) {
            case Condition.Up() -> false;
            case Condition.Down(var since, _, _, var last) -> {
                condition = new Condition.Down(since, Duration.ZERO, time.instant(), last);
                yield true;
            }
        };
    }

    /// There was no letter to probe with.
    public synchronized void noProbe() {
        isProbing = false;
    }

    public synchronized Ticket begin() {
        return new Ticket(epoch, Purpose.RELAY);
    }

    /// For the attempt that [#permit] let go as the only one.
    public synchronized Ticket beginProbe() {
        return new Ticket(epoch, Purpose.PROBE);
    }

    /// Why an attempt that had to wait need not go on: the upstream failed meanwhile.
    synchronized Optional<Outcome.TempFailed> failedSince(Ticket ticket) {
        return switch (condition) {
            case Condition.Up() -> Optional.empty();
            case Condition.Down down -> epoch == ticket.epoch() ? Optional.empty() : Optional.of(down.last());
        };
    }

    /// Learns from an attempt.
    ///
    /// @param outcomes empty when it had none, for a fault of ours
    /// @return the change that it makes
    public synchronized Optional<Change> end(Ticket ticket, List<Outcome> outcomes) {
        if (ticket.purpose() == Purpose.PROBE) {
            isProbing = false;
        }
        if (ticket.epoch() != epoch || !isTried(outcomes)) {
            return Optional.empty();
        }
        var before = condition;
        condition = condition(outcomes);
        if (condition instanceof Condition.Down || before instanceof Condition.Down) {
            epoch++;
        }
        if (condition.getClass().equals(before.getClass())) {
            return Optional.empty();
        }
        isProbing = false;
        return Optional.of(new Change(before, condition));
    }

    private static boolean isTried(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (!(outcome instanceof Outcome.NotTried)) {
                return true;
            }
        }
        return false;
    }

    private Condition condition(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (outcome instanceof Outcome.TempFailed failure && failure.scope() == FailureScope.UPSTREAM) {
                return down(failure);
            }
        }
        return UP;
    }

    private Condition.Down down(Outcome.TempFailed last) {
        var now = time.instant();
        var isOfQuota = isOfQuota(last);
        var first = isOfQuota ? FIRST_OF_QUOTA : FIRST;
        var longest = isOfQuota ? LONGEST_OF_QUOTA : LONGEST;
        return switch (condition) {
            case Condition.Up() -> new Condition.Down(now, first, now.plus(jitter.spread(first)), last);
            case Condition.Down(var since, var delay, _, _) -> {
                var doubled = delay.multipliedBy(2);
                var longer = doubled.compareTo(first) < 0 ? first : doubled.compareTo(longest) < 0 ? doubled : longest;
                yield new Condition.Down(since, longer, now.plus(jitter.spread(longer)), last);
            }
        };
    }

    private static boolean isOfQuota(Outcome.TempFailed failure) {
        return failure.cause() instanceof FailureCause.Answer(var reply) && Quota.isLasting(reply);
    }
}
