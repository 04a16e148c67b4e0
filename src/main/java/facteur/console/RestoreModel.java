package facteur.console;

import java.util.List;
import java.util.Optional;

/// Asks whether the settings of a version are to be restored. Immutable.
///
/// @param number of the version
/// @param next the number that the new version gets
/// @param at the version of the settings that are in force, as this page was made
/// @param path of the version's page
/// @param rows what would be different from now on
/// @param replay what it would have done to past letters
/// @param note why, as typed
/// @param mayRestore false when there is something in the way
public record RestoreModel(
        String number,
        String next,
        String at,
        String path,
        List<CompareModel.Row> rows,
        Optional<MailModel.Replay> replay,
        TextField note,
        List<FieldProblem> problems,
        boolean mayRestore) {
    public RestoreModel {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }
}
