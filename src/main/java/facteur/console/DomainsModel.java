package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The domains of an office. Immutable.
///
/// @param shared the address under which letters leave otherwise
/// @param field for one more; empty for those who may not add one
/// @param meant the domain that what was typed probably meant
/// @param offered domains that the office's settings name, and that are not there yet
/// @param removed the domain that was removed just now
public record DomainsModel(
        List<Row> rows,
        String shared,
        Optional<TextField> field,
        List<FieldProblem> problems,
        Optional<String> meant,
        List<String> offered,
        Optional<String> removed) {
    public DomainsModel {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
        offered = List.copyOf(offered);
    }

    /// @param name of the domain, as people know it
    /// @param next when we look by ourselves
    public record Row(String name, String href, StateWord state, Instant since, String next) {}
}
