package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Addresses of an office's clients that don't work. Immutable.
///
/// @param clients address of the list of clients
/// @param forget where a form is sent that takes one off
/// @param mayForget whether this person may
/// @param forgotten the one that was taken off just now
/// @param next the page after this one
/// @param first the first page, when this isn't it
public record AddressesModel(
        String clients,
        String forget,
        boolean mayForget,
        Optional<String> forgotten,
        List<Row> rows,
        Optional<String> next,
        Optional<String> first) {
    public AddressesModel {
        rows = List.copyOf(rows);
    }

    /// @param href its letters in the log
    /// @param since when the first came back
    /// @param count how many came back
    /// @param why in plain words
    /// @param said what the host said of the last
    public record Row(String address, String href, Instant since, Instant lastAt, int count, String why, String said) {}
}
