package facteur.console;

import java.util.List;

/// The form that takes a file of clients. Immutable.
///
/// @param mayChange without it, there is no form
/// @param columns the names that the first line may have
/// @param example of a file
public record ImportModel(
        String base, CardKeeper keeper, boolean mayChange, List<FieldProblem> problems, List<Column> columns, String example) {
    /// @param what stands in it, in words
    public record Column(String name, String what) {}

    public ImportModel {
        problems = List.copyOf(problems);
        columns = List.copyOf(columns);
    }

    /// What is wrong with one of the two fields; empty when nothing is.
    public String problem(String field) {
        return problems.stream().filter(problem -> problem.field().equals(field)).map(FieldProblem::message).findFirst().orElse("");
    }
}
