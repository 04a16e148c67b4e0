package facteur.domain;

import facteur.office.OfficeId;
import facteur.platform.database.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The claims as of a moment ago, in memory: no letter waits for the database. Each change counts up an edition, in this
/// process or another, and [#refresh] reads them all when the edition has changed.
///
/// Thread-safe.
public final class Claims {
    private record Key(String domain, OfficeId office) {}

    private record Seen(long edition, Map<Key, DomainState> states) {}

    private volatile Seen seen = new Seen(-1, Map.of());

    /// Reads the claims if any has changed.
    ///
    /// @throws SQLException when that isn't known; the old ones stay in use
    public void refresh(Database database) throws SQLException {
        var before = seen.edition();
        if (database.reading(ClaimRows::edition) == before) {
            return;
        }
        // The number first: what changes in between is read again the next time.
        seen = database.reading(statements -> {
            var edition = ClaimRows.edition(statements);
            return new Seen(edition, states(ClaimRows.all(statements)));
        });
    }

    private static Map<Key, DomainState> states(List<Claim> claims) {
        return claims.stream()
                .collect(Collectors.toUnmodifiableMap(claim -> new Key(claim.domain(), claim.office()), Claim::state));
    }

    /// @param domain in lower case and A-labels
    /// @return empty when the office has no claim on it
    Optional<DomainState> stateOf(OfficeId office, String domain) {
        return Optional.ofNullable(seen.states().get(new Key(domain, office)));
    }

    /// How many are in each state, by its word; also zeros.
    public Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        List.of("pending", "verified", "unconfirmed", "degraded", "suspended", "failed").forEach(word -> counts.put(word, 0L));
        seen.states().values().forEach(state -> counts.merge(state.word(), 1L, Long::sum));
        return counts;
    }
}
