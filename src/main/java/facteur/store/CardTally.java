package facteur.store;

import facteur.platform.config.Problem;
import java.util.List;

/// How many cards were what. Immutable.
record CardTally(long created, long changed, long unchanged, long deleted) {
    static final CardTally ZERO = new CardTally(0, 0, 0, 0);

    /// @param edits how many there were
    static CardTally of(int edits, List<CardDifference> differences) {
        var created = differences.stream().filter(difference -> difference.before().isEmpty()).count();
        var deleted = differences.stream().filter(difference -> difference.after().isEmpty()).count();
        return new CardTally(created, differences.size() - created - deleted, edits - differences.size(), deleted);
    }

    CardTally plus(CardTally other) {
        return new CardTally(created + other.created, changed + other.changed, unchanged + other.unchanged, deleted + other.deleted);
    }

    CardCounts counts(long version, long refused, List<Problem> problems) {
        return new CardCounts(version, created, changed, unchanged, deleted, refused, problems);
    }
}
