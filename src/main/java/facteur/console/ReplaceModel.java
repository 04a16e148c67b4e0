package facteur.console;

import java.util.List;

/// One person for another on all cards. Immutable.
///
/// @param person who goes
/// @param isRemoval whether they leave the list, too
/// @param count on how many cards
/// @param roles in which
/// @param mayReplace without it, an app keeps the cards
/// @param app that does
/// @param isReplaced which of the two was chosen
/// @param known people to choose from
public record ReplaceModel(
        String base,
        String person,
        String address,
        boolean isRemoval,
        long count,
        String roles,
        boolean mayReplace,
        String app,
        List<FieldProblem> problems,
        boolean isReplaced,
        TextField to,
        List<String> known,
        TextField note) {
    public ReplaceModel {
        problems = List.copyOf(problems);
        known = List.copyOf(known);
    }
}
