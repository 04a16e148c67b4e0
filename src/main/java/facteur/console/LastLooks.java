package facteur.console;

import facteur.domain.Claim;
import facteur.domain.Findings;
import facteur.domain.RecordFault;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found when pages last looked for the records of claims: the latest thousand, since this process began. Thread-safe.
final class LastLooks {
    private static final int MOST = 1_000;

    /// @param faults why wrong records may be so
    record Look(Findings findings, List<RecordFault> faults, Instant at) {
        Look {
            faults = List.copyOf(faults);
        }
    }

    /// By their tokens, which no two claims share.
    private final Map<String, Look> looks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Look> of(Claim claim) {
        return Optional.ofNullable(looks.get(claim.token()));
    }

    synchronized void keep(Look look) {
        looks.put(look.findings().claim().token(), look);
    }
}
