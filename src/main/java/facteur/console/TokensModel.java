package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tokens of apps: of one office, or of all. Immutable.
///
/// @param section of the navigation
/// @param action where the form goes
/// @param made what was made just now; it is shown once
/// @param keeper of the office's cards; empty on the page of all offices
public record TokensModel(
        String title,
        String section,
        String action,
        Optional<Made> made,
        List<Line> lines,
        TextField name,
        Optional<TextField> office,
        Optional<TextField> suite,
        TextField until,
        List<Choice> scopes,
        Optional<CardKeeper> keeper,
        String keeperBase,
        List<FieldProblem> problems,
        Optional<String> message) {
    public record Made(String name, String text) {}

    /// @param office empty text: all
    /// @param isGood neither ended nor revoked
    public record Line(
            String id,
            String name,
            String office,
            List<String> scopes,
            Instant madeAt,
            String madeBy,
            Instant until,
            Optional<Instant> usedAt,
            boolean isGood,
            StateWord state) {
        public Line {
            scopes = List.copyOf(scopes);
        }
    }

    /// @param word of the API: `settings:read`
    public record Choice(String word, String label, boolean isChosen) {}

    public TokensModel {
        lines = List.copyOf(lines);
        scopes = List.copyOf(scopes);
        problems = List.copyOf(problems);
    }
}
