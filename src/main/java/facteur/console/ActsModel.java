package facteur.console;

import java.time.Instant;
import java.util.List;

/// What operators did, the latest first. Immutable.
public record ActsModel(List<Line> lines, int most) {
    /// @param command in the words of `facteur`
    /// @param letters how many were moved; 0 when it was not about letters
    public record Line(Instant at, String operator, String command, long letters) {}

    public ActsModel {
        lines = List.copyOf(lines);
    }
}
