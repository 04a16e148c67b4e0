package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.Lookup;
import facteur.office.RelationCard;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the cache makes of "there is none", said once, for longer, or by something in between.
final class SettingsCacheMissingTest extends SettingsCacheRig {
    @Test
    void believesForAWhileThatThereIsNone() {
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(new Lookup.Missing<>());
        cards = () -> new Lookup.Found<>(new RelationCard(Map.of()), time.instant());
        time.advance(Duration.ofSeconds(9));
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(new Lookup.Missing<>());
        time.advance(Duration.ofSeconds(1));
        assertThat(cache.relation(DUPONT, R1)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void anOfficeThatWasTakenAwayIsGoneAfterTheRefresh() {
        assertThat(version()).isEqualTo("1");
        offices = Lookup.Missing::new;
        time.advance(Duration.ofSeconds(60));
        assertThat(version()).isEqualTo("1");
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void reportsOnceThatSomethingKnownIsGone() {
        cards = () -> new Lookup.Found<>(RelationCard.EMPTY, time.instant());
        version();
        cache.relation(DUPONT, R1);
        offices = Lookup.Missing::new;
        cards = Lookup.Missing::new;
        time.advance(Duration.ofSeconds(60));
        for (var i = 0; i < 3; i++) {
            cache.office(DUPONT);
            cache.relation(DUPONT, R1);
            cache.office(DURAND);
        }
        assertThat(gone).containsExactly("dupont", "dupont R-1");
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void reportsThatSomethingIsGoneAlsoAfterAnEviction() {
        version();
        assertThat(cache.evictAll()).isEqualTo(1);
        offices = Lookup.Missing::new;
        assertThat(cache.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
        assertThat(gone).containsExactly("dupont");
    }

    private static <T> Lookup<T> uncertain() {
        return new Lookup.Missing<>(Lookup.Certainty.UNCERTAIN);
    }

    @Test
    void anUncertainNoCountsForWhatIsKnownOnlyWhenItStandsForAMinute() {
        cards = () -> new Lookup.Found<>(RelationCard.EMPTY, time.instant());
        version();
        cache.relation(DUPONT, R1);
        offices = SettingsCacheMissingTest::uncertain;
        cards = SettingsCacheMissingTest::uncertain;
        time.advance(Duration.ofSeconds(60));
        for (var second = 0; second < 60; second++) {
            assertThat(version()).isEqualTo("1");
            assertThat(cache.relation(DUPONT, R1)).isInstanceOf(Lookup.Found.class);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(gone).isEmpty();
        assertThat(trouble).hasSizeGreaterThan(2).allMatch(why -> why.contains("an answer that isn't JSON says"));
        version();
        cache.relation(DUPONT, R1);
        assertThat(gone).containsExactly("dupont", "dupont R-1");
        assertThat(cache.office(DUPONT)).isEqualTo(uncertain());
        assertThat(cache.relation(DUPONT, R1)).isEqualTo(uncertain());
    }

    @Test
    void aGoodAnswerEndsTheDoubt() {
        version();
        offices = SettingsCacheMissingTest::uncertain;
        time.advance(Duration.ofSeconds(60));
        version();
        offices = () -> found("2");
        time.advance(Duration.ofSeconds(30));
        version();
        offices = SettingsCacheMissingTest::uncertain;
        time.advance(Duration.ofSeconds(60));
        version();
        assertThat(version()).isEqualTo("2");
        assertThat(gone).isEmpty();
    }

    @Test
    void anUncertainNoAfterAnEvictionMakesWhatIsKnownWait() {
        version();
        cache.evictAll();
        offices = SettingsCacheMissingTest::uncertain;
        assertThat(cache.office(DUPONT)).isInstanceOf(Lookup.Unavailable.class);
        time.advance(Duration.ofSeconds(59));
        cache.evictAll();
        assertThat(cache.office(DUPONT)).isInstanceOf(Lookup.Unavailable.class);
        time.advance(Duration.ofSeconds(1));
        assertThat(cache.office(DUPONT)).isEqualTo(uncertain());
        assertThat(gone).containsExactly("dupont");
    }

    @Test
    void anUncertainNoCountsAtOnceForWhatWasNeverKnown() {
        offices = SettingsCacheMissingTest::uncertain;
        assertThat(cache.office(DUPONT)).isEqualTo(uncertain());
        assertThat(trouble).isEmpty();
        assertThat(gone).isEmpty();
    }
}
