package facteur.console;

import java.util.List;
import java.util.Optional;

/// Where cards are kept outside of facteur, one is looked up by its number. Immutable.
///
/// @param source `files`, `sql` or `http`
/// @param problems of the number that was asked for
/// @param addresses where those that don't work are listed
public record ClientsElsewhereModel(String base, String source, List<FieldProblem> problems, String relation, Optional<String> addresses) {
    public ClientsElsewhereModel {
        problems = List.copyOf(problems);
    }

    public TextField number(String label) {
        return TextField.of("relation", label, relation).among(problems);
    }
}
