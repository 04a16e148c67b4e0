package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.upstream.Breaker;
import facteur.upstream.FailureScope;
import facteur.upstream.Outcome;
import java.util.List;

/// What an attempt brought, before it is judged: from here on it must not get lost.
///
/// @param upstream that the outcomes are of
/// @param outcomes one for each recipient that was pending, in order
/// @param upstreamEvents of the upstreams that were tried
record AttemptResult(String upstream, Breaker.Purpose purpose, List<Outcome> outcomes, List<MailEvent> upstreamEvents) {
    /// Of an attempt that a fault of ours ended before the upstream said anything, or that had no one to relay to.
    static final AttemptResult NONE = new AttemptResult("", Breaker.Purpose.RELAY, List.of(), List.of());

    /// Whether the upstream has heard nothing of the letter, because of trouble of its own: then another may get it.
    boolean isUnheard() {
        for (var outcome : outcomes) {
            if (!isUnheard(outcome)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnheard(Outcome outcome) {
        return switch (outcome) {
            case Outcome.TempFailed failure -> failure.scope() == FailureScope.UPSTREAM && !failure.stage().isWithinTransaction();
            case Outcome.NotTried ignored -> true;
            case Outcome.Relayed ignored -> false;
            case Outcome.PermFailed ignored -> false;
            case Outcome.InDoubt ignored -> false;
        };
    }
}
