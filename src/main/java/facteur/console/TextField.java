package facteur.console;

import java.util.List;
import java.util.Optional;

/// A field for one line of text, with all that stands around it. Immutable.
///
/// @param id of the element; a problem links to it
/// @param hint below the label; empty for none
/// @param type of the element: text, email, password, search
/// @param autocomplete what browsers may fill in; empty for none
/// @param problem what is wrong with what was typed
public record TextField(
        String id, String name, String label, String hint, String value, String type, String autocomplete, Optional<String> problem) {
    /// Its id is its name.
    public static TextField of(String name, String label, String value) {
        return new TextField(name, name, label, "", value, "text", "", Optional.empty());
    }

    public TextField hint(String other) {
        return new TextField(id, name, label, other, value, type, autocomplete, problem);
    }

    public TextField type(String other) {
        return new TextField(id, name, label, hint, value, other, autocomplete, problem);
    }

    public TextField autocomplete(String other) {
        return new TextField(id, name, label, hint, value, type, other, problem);
    }

    /// With what is wrong with it, if anything is.
    public TextField among(List<FieldProblem> problems) {
        var own = problems.stream().filter(found -> found.field().equals(id)).map(FieldProblem::message).findFirst();
        return new TextField(id, name, label, hint, value, type, autocomplete, own);
    }

    /// The ids of what describes it, hint first.
    public String describedBy() {
        return ((hint.isEmpty() ? "" : id + "-hint ") + (problem.isPresent() ? id + "-problem" : "")).strip();
    }
}
