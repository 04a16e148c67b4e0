package facteur.settings;

import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The relation cards of one file, by their ids in composed form. A card with a mistake is unusable, or keeps its previous
/// value; the others are unaffected. Immutable.
///
/// @param version changes when the file does
record Cards(String version, Map<RelationId, Lookup<RelationCard>> byId) {
    Cards {
        byId = Map.copyOf(byId);
    }

    Lookup<RelationCard> card(RelationId relation) {
        var card = byId.get(relation.composed());
        return card == null ? new Lookup.Missing<>() : card;
    }

    /// Those that can be used.
    Stream<RelationCard> found() {
        return foundById().values().stream();
    }

    /// Those that can be used.
    Map<RelationId, RelationCard> foundById() {
        var found = new HashMap<RelationId, RelationCard>();
        byId.forEach((id, card) -> {
            if (card instanceof Lookup.Found<RelationCard>(var value, _)) {
                found.put(id, value);
            }
        });
        return found;
    }

    /// Gathers cards as they are read. For one thread.
    static final class Builder {
        private final Optional<Cards> before;
        private final Instant loadedAt;
        private final Map<RelationId, Lookup<RelationCard>> byId = new HashMap<>();

        /// @param before what the same file said last time
        Builder(Optional<Cards> before, Instant loadedAt) {
            this.before = before;
            this.loadedAt = loadedAt;
        }

        /// @return false when there is one already
        boolean put(RelationId relation, RelationCard card) {
            return byId.putIfAbsent(relation.composed(), new Lookup.Found<>(card, loadedAt)) == null;
        }

        /// Replaces what was put for it: a card with a mistake must not direct any reply.
        void spoil(RelationId relation, String why) {
            @Nullable
            Lookup<RelationCard> old = before.map(cards -> cards.byId.get(relation.composed())).orElse(null);
            byId.put(relation.composed(), old instanceof Lookup.Found<RelationCard> ? old : new Lookup.Unusable<>(why));
        }

        Cards build(String version) {
            return new Cards(version, byId);
        }
    }
}
