package facteur.console;

import java.util.List;

/// Where cards are kept outside of facteur, one is looked up by its number. Immutable.
///
/// @param source `files`, `sql` or `http`
/// @param problems of the number that was asked for
public record ClientsElsewhereModel(String base, String source, List<FieldProblem> problems, String relation) {
    public ClientsElsewhereModel {
        problems = List.copyOf(problems);
    }

    public TextField number(String label) {
        return TextField.of("relation", label, relation).among(problems);
    }
}
