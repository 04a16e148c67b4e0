package facteur.console;

import facteur.web.Form;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A page of the queue. Immutable.
///
/// @param summary how many letters are in each state, and which upstreams take none now, in words; empty when no letter waits
/// @param lastMinute how many letters left in the last minute
/// @param mayOperate whether letters may be moved from here
/// @param state filter
/// @param upstream filter
/// @param fields the other filters
/// @param isFiltered whether some letters are left out
/// @param total how many fit
/// @param hidden which page this is, for a form
/// @param shown ids of this page, between commas
/// @param next address of the next page
/// @param first address of the first page, when this isn't it
/// @param news where changes are asked for; empty when they aren't
/// @param refresh address of the same page with or without refreshing
/// @param move what was done last, if the page is to tell
/// @param lately what was done here lately
public record QueueModel(
        List<String> summary,
        long lastMinute,
        boolean mayOperate,
        Choice state,
        Choice upstream,
        List<TextField> fields,
        List<FieldProblem> problems,
        boolean isFiltered,
        List<Row> rows,
        long total,
        List<Form.Field> hidden,
        String shown,
        Optional<String> next,
        Optional<String> first,
        Optional<String> news,
        String refresh,
        Optional<MoveModel> move,
        List<Lately> lately) {
    public QueueModel {
        summary = List.copyOf(summary);
        fields = List.copyOf(fields);
        problems = List.copyOf(problems);
        rows = List.copyOf(rows);
        hidden = List.copyOf(hidden);
        lately = List.copyOf(lately);
    }

    /// A field with a few answers.
    public record Choice(String name, String label, List<Option> options) {
        public Choice {
            options = List.copyOf(options);
        }
    }

    public record Option(String value, String text, boolean isChosen) {}

    /// A letter.
    ///
    /// @param due when it is tried next, where that is known
    /// @param others how many recipients wait besides
    /// @param reason why it is held
    /// @param lastReply what was last said of it
    public record Row(
            String id,
            String href,
            Instant acceptedAt,
            StateWord state,
            Optional<Instant> due,
            int attempts,
            String office,
            String sender,
            String recipient,
            int others,
            String reason,
            String lastReply,
            String size) {}

    /// @param command as `facteur` would do it
    public record Lately(String href, Instant at, String operator, String command, String outcome) {}
}
