package facteur.console;

import java.util.List;
import java.util.Optional;

/// The list of an office's clients. Immutable.
///
/// @param base `/o/dupont/clients`
/// @param mayChange whether this person may change cards here
/// @param isEmpty whether the office has no client at all
/// @param counted how many there are, or fit
/// @param text that is searched for
/// @param roles to choose the empty one from
/// @param people to choose one from
/// @param columns the roles' labels
/// @param next the page after this one
/// @param first the first page, when this isn't it
/// @param csv where the list is to be had as a file, as it is filtered
/// @param addresses where those that don't work are listed
public record ClientsModel(
        String base,
        CardKeeper keeper,
        boolean mayChange,
        Optional<DoneModel> done,
        boolean isEmpty,
        boolean isFiltered,
        String counted,
        String text,
        List<Option> roles,
        List<Option> people,
        List<String> columns,
        List<Row> rows,
        Optional<String> next,
        Optional<String> first,
        String csv,
        String spreadsheet,
        Optional<String> addresses) {
    /// @param people in the order of the columns; an empty text where there are none
    public record Row(String relation, String href, String name, List<String> people) {
        public Row {
            people = List.copyOf(people);
        }
    }

    public record Option(String value, String text, boolean isChosen) {}

    public ClientsModel {
        roles = List.copyOf(roles);
        people = List.copyOf(people);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// Whether any client fits.
    public boolean hasRows() {
        return !rows.isEmpty();
    }
}
