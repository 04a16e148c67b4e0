package facteur.delivery;

import facteur.upstream.Outcome;
import java.util.List;

/// What an outcome means for the next attempt, the strongest last.
///
/// An attempt counts when its outcome is about the letter, or one of its recipients. One that is about the upstream alone
/// ([facteur.upstream.FailureScope#UPSTREAM]) doesn't count, and the letter is tried again as soon as the upstream is up. But
/// once the transaction has begun it waits as if the attempt had counted: should it be the letter after all that makes
/// the upstream hang up, other letters get their chance.
enum RetryClass {
    /// There is none: the recipient has ended.
    NONE,
    /// Soon, uncounted.
    SHORT,
    /// By the schedule, uncounted.
    SCHEDULED,
    /// By the schedule, counted.
    COUNTED;

    /// What they mean together: the strongest.
    static RetryClass after(List<Outcome> outcomes) {
        var strongest = NONE;
        for (var outcome : outcomes) {
            var one = after(outcome);
            strongest = one.compareTo(strongest) > 0 ? one : strongest;
        }
        return strongest;
    }

    static RetryClass after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed ignored -> NONE;
            case Outcome.PermFailed ignored -> NONE;
            case Outcome.NotTried ignored -> SHORT;
            case Outcome.InDoubt ignored -> COUNTED;
            case Outcome.TempFailed failure -> switch (failure.scope()) {
                case RECIPIENT, LETTER -> COUNTED;
                case UPSTREAM -> failure.stage().isWithinTransaction() ? SCHEDULED : SHORT;
            };
        };
    }
}
