package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The domains of all offices, worst first. Immutable.
///
/// @param message what a look has found
/// @param total how many fit
/// @param query text that was searched for
/// @param chosenState word of the state that was chosen
/// @param trusted those that the configuration vouches for
/// @param next address of the next page
/// @param first address of the first page, when this isn't it
public record AllDomainsModel(
        Optional<String> message,
        boolean mayOperate,
        TextField search,
        QueueModel.Choice state,
        boolean isFiltered,
        List<Row> rows,
        int total,
        List<String> trusted,
        Optional<String> next,
        Optional<String> first,
        String query,
        String chosenState) {
    public AllDomainsModel {
        rows = List.copyOf(rows);
        trusted = List.copyOf(trusted);
    }

    /// @param domain its name in A-labels
    /// @param shown as people know it
    /// @param reason what is wrong, in the words of the check
    public record Row(
            String domain,
            String shown,
            String office,
            StateWord state,
            Instant since,
            String reason,
            Optional<Instant> checkedAt,
            Instant nextCheckAt) {}
}
