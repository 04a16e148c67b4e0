package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One version of an office, beside another. Immutable.
///
/// @param number as people write it
/// @param path of this page
/// @param what it changed, each a sentence
/// @param others versions that it can be compared with
/// @param columns its settings beside those of another; empty when only cards changed
/// @param cards what it did to cards
/// @param message what was done just now
/// @param left cards that an undoing left alone
public record CompareModel(
        String number,
        String path,
        Instant at,
        String who,
        String note,
        Optional<String> undoes,
        List<String> what,
        List<Other> others,
        Optional<Columns> columns,
        Optional<Cards> cards,
        Actions actions,
        List<FieldProblem> problems,
        Optional<String> message,
        List<String> left) {
    public CompareModel {
        what = List.copyOf(what);
        others = List.copyOf(others);
        problems = List.copyOf(problems);
        left = List.copyOf(left);
    }

    /// @param number of a version
    public record Other(String number, String text, boolean isChosen) {}

    /// Two settings side by side.
    ///
    /// @param before heads the first column
    /// @param after heads the second
    public record Columns(String before, String after, List<Row> rows) {
        public Columns {
            rows = List.copyOf(rows);
        }
    }

    /// @param key of the settings
    /// @param rawBefore as it is kept
    /// @param rawAfter as it is kept
    public record Row(String subject, String before, String after, String key, String rawBefore, String rawAfter) {}

    /// @param counts a sentence
    /// @param next where more of them are
    public record Cards(String counts, List<Card> rows, Optional<String> next) {
        public Cards {
            rows = List.copyOf(rows);
        }
    }

    /// @param what each a sentence
    public record Card(String relation, String name, List<String> what) {
        public Card {
            what = List.copyOf(what);
        }
    }

    /// @param restore where it can be restored
    /// @param undo where it can be taken back
    /// @param undoText what that does
    public record Actions(Optional<String> restore, Optional<String> undo, String undoText) {}
}
