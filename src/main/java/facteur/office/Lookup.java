package facteur.office;

import java.time.Instant;
import java.util.function.Function;

/// What came of asking a source.
public sealed interface Lookup<T> {
    /// Looks further with what was found; what else came of asking stays as it is.
    default <R> Lookup<R> then(Function<Found<T>, Lookup<R>> next) {
        return switch (this) {
            case Found<T> found -> next.apply(found);
            case Missing<T>(var certainty) -> new Missing<>(certainty);
            case Unavailable<T>(var why) -> new Unavailable<>(why);
            case Unusable<T>(var why) -> new Unusable<>(why);
        };
    }

    /// @param loadedAt when the source said so
    record Found<T>(T value, Instant loadedAt) implements Lookup<T> {}

    /// The source answered, and there is none.
    record Missing<T>(Certainty certainty) implements Lookup<T> {
        public Missing() {
            this(Certainty.CERTAIN);
        }
    }

    /// Whether it was the source that said so.
    enum Certainty {
        CERTAIN,
        /// It may have been something on the way to it.
        UNCERTAIN
    }

    /// There is no answer to go by, and one that was held before goes on.
    sealed interface Failed<T> extends Lookup<T> {
        String why();
    }

    /// The source didn't answer.
    record Unavailable<T>(String why) implements Failed<T> {}

    /// The source answered, and what it holds is wrong. Somebody has to mend it there.
    record Unusable<T>(String why) implements Failed<T> {}
}
