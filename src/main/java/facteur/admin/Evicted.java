package facteur.admin;

import java.util.List;

/// What came of forgetting one office's settings, and asking for them again.
public sealed interface Evicted {
    /// The source says that there is no such office.
    record NoOffice() implements Evicted {}

    /// @param answers how many were forgotten
    /// @param troubles why its settings can't be used, a sentence each; empty when they can
    record Done(int answers, List<String> troubles) implements Evicted {
        public Done {
            troubles = List.copyOf(troubles);
        }
    }
}
