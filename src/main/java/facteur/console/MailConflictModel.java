package facteur.console;

import java.util.List;

/// The page that lets one choose where two people have changed the same. Immutable.
///
/// @param sentence who has saved what
/// @param hidden the rest of the form, which is merged
public record MailConflictModel(String path, String office, String sentence, List<Field> hidden, List<Point> points, String note) {
    /// A hidden one.
    public record Field(String name, String value) {}

    /// What both have changed.
    ///
    /// @param name of its two buttons
    /// @param chosen `mine`, `theirs` or empty
    public record Point(String key, String name, String label, String before, String mine, String theirs, String chosen) {}

    public MailConflictModel {
        hidden = List.copyOf(hidden);
        points = List.copyOf(points);
    }
}
