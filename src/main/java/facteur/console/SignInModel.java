package facteur.console;

import java.util.List;
import java.util.Optional;

/// The page of name and password. Immutable.
///
/// @param message what led here: a session that ended, a password that was set
/// @param provider how the company's own sign-in is called; empty without one
public record SignInModel(
        TextField login, TextField password, Onward onward, List<FieldProblem> problems, Optional<String> message, Optional<String> provider) {
    public SignInModel {
        problems = List.copyOf(problems);
    }
}
