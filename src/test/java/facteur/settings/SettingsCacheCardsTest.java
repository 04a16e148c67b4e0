package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Many cards at once: from the cache, unless the source gives them in one answer.
final class SettingsCacheCardsTest extends SettingsCacheRig {
    private static final RelationId R2 = new RelationId("R-2");

    @Test
    void areCachedWhereTheSourceGivesThemOneByOne() {
        assertThat(cache.cardsAtOnce()).isEqualTo(1);
        assertThat(cache.relations(DUPONT, Set.of(R1)).keySet()).containsExactly(R1);
        assertThat(cache.relations(DUPONT, Set.of(R1)).keySet()).containsExactly(R1);
        assertThat(loads).hasValue(1);
    }

    @Test
    void leaveTheCacheAloneWhereTheSourceGivesThemAtOnce() {
        try (var bulk = new SettingsCache(new Bulk(), TIMES, time, Runnable::run, (_, _) -> {})) {
            assertThat(bulk.cardsAtOnce()).isEqualTo(2);
            assertThat(bulk.relations(DUPONT, Set.of(R1, R2)).keySet()).containsExactlyInAnyOrder(R1, R2);
            assertThat(bulk.statistics().entries()).isZero();
        }
    }

    private static final class Bulk implements SettingsSource {
        @Override
        public String name() {
            return "bulk";
        }

        @Override
        public Lookup<OfficeSettings> office(OfficeId office) {
            return new Lookup.Missing<>();
        }

        @Override
        public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
            throw new AssertionError("one by one");
        }

        @Override
        public Map<RelationId, Lookup<RelationCard>> relations(OfficeId office, Set<RelationId> relations) {
            return Map.of(R1, new Lookup.Missing<>(), R2, new Lookup.Missing<>());
        }

        @Override
        public int cardsAtOnce() {
            return 2;
        }

        @Override
        public void close() {}
    }
}
