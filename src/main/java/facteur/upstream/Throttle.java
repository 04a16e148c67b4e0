package facteur.upstream;

import java.time.Duration;
import java.time.Instant;

/// How many connections an upstream lets us have, as far as it has shown. Immutable; time comes in.
///
/// Additive increase, and a decrease that is measured. A refusal that comes while others are served tells the number: as
/// many as are served, at once. Halving, as TCP does, would give away what a provider's fixed number allows; feedback in
/// fractions, as Postfix has it, would need many refused letters to come down to it. Up it goes by one, when as many
/// letters as the limit were relayed while every connection was in use (an unused limit proves nothing), and a rest since
/// the last step is over. A step that is refused doubles the rest, so that a fixed number is soon left alone; one that
/// holds makes it short again.
///
/// @param most as configured
/// @param limit from 1 to `most`
/// @param served letters at the limit, since it changed
/// @param rest before the next step up
/// @param raiseAt no step before
/// @param step what became of the last one
record Throttle(int most, int limit, int served, Duration rest, Instant raiseAt, Step step) {
    static final Duration SHORTEST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(10);

    enum Step {
        NONE,
        /// Nothing has refused it so far.
        ON_TRIAL
    }

    static Throttle none(int most) {
        return new Throttle(most, most, 0, SHORTEST, Instant.EPOCH, Step.NONE);
    }

    /// @param others connections that are served all the same, at least one
    Throttle refused(int others, Instant now) {
        var longer = switch (step) {
            case NONE -> rest;
            case ON_TRIAL -> rest.multipliedBy(2).compareTo(LONGEST) < 0 ? rest.multipliedBy(2) : LONGEST;
        };
        return new Throttle(most, Math.clamp(others, 1, limit), 0, longer, now.plus(longer), Step.NONE);
    }

    /// A letter was relayed.
    ///
    /// @param used connections in use, its own included
    Throttle relayed(int used, Instant now) {
        if (limit == most || used < limit) {
            return this;
        }
        if (served + 1 < limit || now.isBefore(raiseAt)) {
            return new Throttle(most, limit, Math.min(served + 1, limit), rest, raiseAt, step);
        }
        var next = switch (step) {
            case NONE -> rest;
            case ON_TRIAL -> SHORTEST;
        };
        return new Throttle(most, limit + 1, 0, next, now.plus(next), Step.ON_TRIAL);
    }
}
