package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The offices, and the form for a new one. Immutable.
///
/// @param kept a sentence that they are kept elsewhere, so that they can't be listed here
/// @param mayAdd whether an office can be made here
/// @param next address of the next page
/// @param first address of the first page, when this isn't it
/// @param added fields of a new one
public record OfficesModel(
        Optional<String> kept,
        boolean mayAdd,
        TextField search,
        boolean isFiltered,
        List<Row> rows,
        Optional<String> next,
        Optional<String> first,
        List<TextField> added,
        List<FieldProblem> problems) {
    public OfficesModel {
        rows = List.copyOf(rows);
        added = List.copyOf(added);
        problems = List.copyOf(problems);
    }

    /// @param company its name; the id where its settings can't be used
    /// @param from which address its messages leave under, and whether they may
    /// @param keptBy the app that sends its cards; empty when people keep them
    public record Row(
            String id, String company, StateWord from, String fromAddress, long cards, String keptBy, Instant changedAt, long version) {}
}
