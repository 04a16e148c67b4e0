package facteur.console;

import java.util.List;

/// The page of a new password. Immutable.
///
/// @param action where the form goes
/// @param isFirst whether the person is made by it
public record PasswordModel(String action, boolean isFirst, TextField login, TextField password, List<FieldProblem> problems) {
    public PasswordModel {
        problems = List.copyOf(problems);
    }
}
