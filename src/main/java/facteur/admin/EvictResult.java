package facteur.admin;

import java.util.List;

/// The result of evicting one office's settings from the cache, and looking them up again.
public sealed interface EvictResult {
    /// The settings source has no such office.
    record NoOffice() implements EvictResult {}

    /// @param entries how many were evicted
    /// @param troubles why its settings can't be used, one sentence each
    record Done(int entries, List<String> troubles) implements EvictResult {
        public Done {
            troubles = List.copyOf(troubles);
        }
    }
}
