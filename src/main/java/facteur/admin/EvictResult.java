package facteur.admin;

import java.util.List;

/// What came of forgetting one office's settings, and asking for them again.
public sealed interface EvictResult {
    /// The source says that there is no such office.
    record NoOffice() implements EvictResult {}

    /// @param answers how many were forgotten
    /// @param troubles why its settings can't be used, a sentence each; empty when they can
    record Done(int answers, List<String> troubles) implements EvictResult {
        public Done {
            troubles = List.copyOf(troubles);
        }
    }
}
