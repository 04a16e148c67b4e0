package facteur.office;

import java.time.Instant;
import java.util.function.Function;

/// The result of asking a source for settings.
public sealed interface Lookup<T> {
    /// Continues with what was found; any other result stays as it is.
    default <R> Lookup<R> then(Function<Found<T>, Lookup<R>> next) {
        return switch (this) {
            case Found<T> found -> next.apply(found);
            case Missing<T>(var certainty) -> new Missing<>(certainty);
            case Unavailable<T>(var why) -> new Unavailable<>(why);
            case Unusable<T>(var why) -> new Unusable<>(why);
        };
    }

    /// @param loadedAt when the source answered
    record Found<T>(T value, Instant loadedAt) implements Lookup<T> {}

    /// The source answered that there is none.
    record Missing<T>(Certainty certainty) implements Lookup<T> {
        public Missing() {
            this(Certainty.CERTAIN);
        }
    }

    /// Whether that answer certainly came from the source.
    enum Certainty {
        CERTAIN,
        /// It may have come from a proxy or load balancer in between.
        UNCERTAIN
    }

    /// There is no usable answer; an earlier one stays in use.
    sealed interface Failed<T> extends Lookup<T> {
        String why();
    }

    /// The source didn't answer.
    record Unavailable<T>(String why) implements Failed<T> {}

    /// The source answered, and what it holds is wrong: it must be corrected there.
    record Unusable<T>(String why) implements Failed<T> {}
}
