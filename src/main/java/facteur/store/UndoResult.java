package facteur.store;

import facteur.office.RelationId;
import facteur.platform.config.Problem;
import java.util.List;

/// What came of taking a version back.
public sealed interface UndoResult {
    /// @param version that the undoing made
    /// @param restored how many cards are as they were; 0 when it was about settings
    /// @param left cards that have changed since, and were left alone
    /// @param warnings of the settings that are back
    record Undone(long version, long restored, List<RelationId> left, List<Problem> warnings) implements UndoResult {
        public Undone {
            left = List.copyOf(left);
            warnings = List.copyOf(warnings);
        }
    }

    /// @param why anything but [ChangeResult.Changed]
    record NotUndone(ChangeResult why) implements UndoResult {}
}
