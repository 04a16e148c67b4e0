package facteur.store;

import facteur.platform.config.Problem;
import java.util.List;

/// What saving settings would say.
///
/// @param problems with any, nothing would be saved
public record Checked(List<Problem> problems, List<Problem> warnings) {
    public Checked {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
