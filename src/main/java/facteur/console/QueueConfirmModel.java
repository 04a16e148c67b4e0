package facteur.console;

import facteur.web.Form;
import java.util.List;
import java.util.Optional;

/// The question before letters are removed. Immutable.
///
/// @param count how many
/// @param isOfAll whether all that fit are meant
/// @param filters which, in words
/// @param hidden the letters
/// @param number field where it is to be typed; empty for a few
/// @param cancel address of the page before
public record QueueConfirmModel(
        long count,
        boolean isOfAll,
        List<String> filters,
        List<Form.Field> hidden,
        Optional<TextField> number,
        List<FieldProblem> problems,
        String cancel) {
    public QueueConfirmModel {
        filters = List.copyOf(filters);
        hidden = List.copyOf(hidden);
        problems = List.copyOf(problems);
    }
}
