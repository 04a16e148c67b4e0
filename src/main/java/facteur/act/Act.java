package facteur.act;

import java.time.Instant;
import java.util.List;

/// A command of an operator that changed something. Immutable.
///
/// @param at when it began
/// @param operator as [Operator] has it
/// @param command as it was given, such as `queue hold --office dupont`
/// @param letters how many were moved; 0 when it was not about letters
/// @param ids of the first of them
public record Act(Instant at, String operator, String command, long letters, List<String> ids) {
    public Act {
        ids = List.copyOf(ids);
    }
}
