package facteur.store;

import facteur.platform.config.Problem;
import java.util.List;

/// What came of a change of many cards. Immutable.
public sealed interface CardsResult {
    /// It is on disk. With [CardImport.OnError#SKIP] there may be lines that were refused.
    record Written(CardCounts counts) implements CardsResult {}

    /// Lines have problems, and nothing was written.
    ///
    /// @param count of all problems
    /// @param problems the first thousand
    record Refused(long count, List<Problem> problems) implements CardsResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /// More lines than one body may have. Nothing was written.
    record TooMany(int limit) implements CardsResult {}

    /// Cards of this office are being written by another request.
    record Busy() implements CardsResult {}

    /// There is no such office, or no such push.
    record Missing() implements CardsResult {}

    /// It can't be done as things are. What was written before, if anything, is a version of its own.
    ///
    /// @param code a stable word: `cards-kept-by`, `push-under-way`, `push-incomplete`, `interrupted`
    /// @param message a sentence
    record Conflict(String code, String message) implements CardsResult {}

    /// So many cards would go that it may be a mistake; the request must say the number.
    record WouldDelete(long count, long cards) implements CardsResult {}
}
