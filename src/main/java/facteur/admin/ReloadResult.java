package facteur.admin;

import java.util.List;

/// The result of reloading the configuration.
public sealed interface ReloadResult {
    /// The new one is in force.
    ///
    /// @param changed keys that differ from the previous configuration
    /// @param atNextStart keys that differ from the configuration at the start, and take effect at the next start
    /// @param troubles files of offices that can't be used, one sentence each
    record Applied(List<String> changed, List<String> atNextStart, List<String> warnings, List<String> troubles)
            implements ReloadResult {
        public Applied {
            changed = List.copyOf(changed);
            atNextStart = List.copyOf(atNextStart);
            warnings = List.copyOf(warnings);
            troubles = List.copyOf(troubles);
        }
    }

    /// The previous one stays in force.
    ///
    /// @param problems all problems of the new one
    record Refused(List<String> problems) implements ReloadResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
