package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The versions of an office. Immutable.
///
/// @param older the next page
/// @param isFirst whether the newest version is on this page
/// @param message what was done just now
/// @param elsewhere where settings are kept, when it isn't here
public record HistoryModel(List<Row> rows, Optional<String> older, boolean isFirst, Optional<Message> message, Optional<String> elsewhere) {
    public HistoryModel {
        rows = List.copyOf(rows);
    }

    /// @param note why, in the words of who did it
    /// @param what each a sentence
    /// @param undoes the version that it takes back
    /// @param restore where it can be restored
    public record Row(
            long number,
            Instant at,
            String who,
            String note,
            List<String> what,
            Optional<String> undoes,
            boolean isOfCards,
            String href,
            Optional<String> restore) {
        public Row {
            what = List.copyOf(what);
        }

        /// As people and addresses write it.
        public String name() {
            return Long.toString(number);
        }
    }

    /// @param undo where it can be taken back
    public record Message(String text, Optional<String> undo) {}
}
