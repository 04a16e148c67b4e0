package facteur.settings;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.util.Optional;

/// What a source may be asked for. Immutable.
sealed interface CacheKey {
    OfficeId office();

    /// Empty when it is the office itself.
    Optional<RelationId> client();

    record OfOffice(OfficeId office) implements CacheKey {
        @Override
        public Optional<RelationId> client() {
            return Optional.empty();
        }
    }

    record OfRelation(OfficeId office, RelationId relation) implements CacheKey {
        @Override
        public Optional<RelationId> client() {
            return Optional.of(relation);
        }
    }
}
