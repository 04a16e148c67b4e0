package facteur.store;

import facteur.platform.config.Problem;
import java.util.List;

/// What came of many cards. Immutable.
///
/// @param version that the change made; the present one when nothing changed
/// @param refused lines that could not be used
public record CardCounts(long version, long created, long changed, long unchanged, long deleted, List<Problem> refused) {
    public CardCounts {
        refused = List.copyOf(refused);
    }
}
