package facteur.store;

import facteur.office.RelationId;
import facteur.platform.config.Problem;
import java.util.List;

/// What a line of a body is. Immutable.
sealed interface CardLine {
    /// @param line counted from 1
    record Card(int line, CardInput input) implements CardLine {}

    /// It can't be used; the others can.
    ///
    /// @param mentioned the clients that it may mean; empty when that can't be known
    record Bad(List<Problem> problems, List<RelationId> mentioned) implements CardLine {
        public Bad {
            problems = List.copyOf(problems);
            mentioned = List.copyOf(mentioned);
        }
    }

    /// Nothing of the body can be used, and reading ends.
    record Unreadable(List<Problem> problems) implements CardLine {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }
}
