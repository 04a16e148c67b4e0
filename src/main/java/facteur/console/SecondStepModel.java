package facteur.console;

import java.util.List;
import java.util.Optional;

/// The page of the second step. Immutable.
///
/// @param enrolment of an authenticator, for one who has none yet
public record SecondStepModel(TextField code, Optional<Enrolment> enrolment, Onward onward, List<FieldProblem> problems) {
    public SecondStepModel {
        problems = List.copyOf(problems);
    }
}
