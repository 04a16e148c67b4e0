package facteur.delivery;

import facteur.upstream.Outcome;

/// What an outcome means for the next attempt, the strongest last.
///
/// An attempt counts when the upstream said something of the letter, or of one of its recipients. What says something of
/// the upstream alone ([facteur.upstream.FailureScope#UPSTREAM]) doesn't count, and the letter goes on as soon as the upstream
/// does. Only where there was talk of the letter already it waits as if the attempt had counted: should it be the letter
/// after all that makes the upstream hang up, the others get their chance.
enum RetryClass {
    NONE,
    SHORT,
    SCHEDULED,
    COUNTED;

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
