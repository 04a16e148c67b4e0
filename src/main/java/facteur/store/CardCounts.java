package facteur.store;

import facteur.platform.config.Problem;
import java.util.List;

/// What came of many cards. Immutable.
///
/// @param version that the change made; the present one when nothing changed
/// @param refusals how many lines could not be used
/// @param refused what is wrong with them, the first thousand
public record CardCounts(
        long version, long created, long changed, long unchanged, long deleted, long refusals, List<Problem> refused) {
    public CardCounts {
        refused = List.copyOf(refused);
    }
}
