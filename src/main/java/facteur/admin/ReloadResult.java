package facteur.admin;

import java.util.List;

/// What came of reading the configuration anew.
public sealed interface ReloadResult {
    /// It is in force.
    ///
    /// @param changed keys that differ from what was in force before
    /// @param atNextStart keys that differ from what the daemon was started with, and have to wait for the next start
    /// @param troubles files of offices that can't be used, a sentence each
    record TakenOver(List<String> changed, List<String> atNextStart, List<String> warnings, List<String> troubles)
            implements ReloadResult {
        public TakenOver {
            changed = List.copyOf(changed);
            atNextStart = List.copyOf(atNextStart);
            warnings = List.copyOf(warnings);
            troubles = List.copyOf(troubles);
        }
    }

    /// The old one goes on.
    ///
    /// @param problems all that the new one has
    record Kept(List<String> problems) implements ReloadResult {
        public Kept {
            problems = List.copyOf(problems);
        }
    }
}
