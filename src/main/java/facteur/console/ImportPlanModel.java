package facteur.console;

import java.util.List;

/// What taking over a file would do. Immutable.
///
/// @param file its id
/// @param seen what these numbers were, so that no other ones are taken over
/// @param counts in words; none when the file can't be used at all
/// @param lines how many lines have problems
/// @param found what is wrong, line by line; perhaps not all
/// @param more how many problems aren't shown
/// @param unnamed how many clients the file doesn't name
/// @param mayRemove whether these can be removed: with a line that may mean any client, they can't
/// @param mayTake whether there is anything to take over
public record ImportPlanModel(
        String base,
        String file,
        String seen,
        List<FieldProblem> problems,
        List<String> counts,
        long lines,
        List<ImportProblem> found,
        long more,
        long unnamed,
        boolean mayRemove,
        boolean mayTake) {
    public ImportPlanModel {
        problems = List.copyOf(problems);
        counts = List.copyOf(counts);
        found = List.copyOf(found);
    }

    public boolean isUsable() {
        return !counts.isEmpty();
    }
}
