package facteur.store;

import facteur.platform.config.Problem;
import java.time.Instant;
import java.util.List;

/// What came of a change. Immutable.
public sealed interface ChangeResult {
    /// It is on disk, and letters use it from now on.
    ///
    /// @param version that the change made
    /// @param warnings of what is allowed and probably a mistake
    record Changed(long version, List<Problem> warnings) implements ChangeResult {
        public Changed {
            warnings = List.copyOf(warnings);
        }
    }

    /// It was like that already.
    ///
    /// @param version that made it so
    record Unchanged(long version, List<Problem> warnings) implements ChangeResult {
        public Unchanged {
            warnings = List.copyOf(warnings);
        }
    }

    /// The rules say no.
    record Invalid(List<Problem> problems) implements ChangeResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /// The [Precondition] isn't true.
    ///
    /// @param version the present one
    /// @param author of that version; empty when it is no longer known
    record Stale(long version, String author, Instant at) implements ChangeResult {}

    /// There is none.
    record Missing() implements ChangeResult {}

    /// It can't be done as things are.
    ///
    /// @param code a stable word, such as `cards-kept-by`
    /// @param message a sentence
    record Conflict(String code, String message) implements ChangeResult {}
}
