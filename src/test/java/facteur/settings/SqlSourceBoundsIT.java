package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import facteur.office.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ids that are never SQL, large answers, slow queries and many callers.
final class SqlSourceBoundsIT extends SqlSourceRig {
    @ParameterizedTest
    @ValueSource(strings = {
        "' or '1'='1",
        "R-1042' or '1'='1' --",
        "R-1042'; drop table t_dossier cascade; --",
        "\\' or 1=1 --",
        "%",
        ":office",
        "?",
        "$$",
        "{fn now()}",
        "🐘é"
    })
    void anIdIsOnlyEverAValue(String id) throws SQLException {
        var source = source(OFFICE, CARD);
        assertThat(OfficeId.parse(id)).isEmpty();
        assertThat(source.relation(DUPONT, new RelationId(id))).isEqualTo(new Lookup.Missing<>());
        assertThat(source.office(new OfficeId("dupont--"))).isEqualTo(new Lookup.Missing<>());
        assertThat(TABLES.server().count("select count(*) from t_dossier")).isEqualTo(200_004);
    }

    @Test
    void tenThousandRowsAreRead() {
        var source = source(
                "select 'o@d.example' as company, n || '@d.example' as users from generate_series(1, 10000) n where :office <> ''",
                null);
        assertThat(found(source.office(DUPONT)).users()).hasSize(10_000);
    }

    @Test
    void aSlowQueryIsCut() {
        var source = source(settings(OFFICE, CARD, PASSWORD, SHORT));
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        var start = Instant.now();
        assertThat(why(source.office(new OfficeId("traag")))).isEqualTo("office traag: ERROR: canceling statement due to user request");
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aStampedeSharesFourConnections() throws InterruptedException, ExecutionException, SQLException {
        var source = source(OFFICE.replace("where", "cross join lateral (select pg_sleep(0.02)) w where"), CARD);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lookups = new ArrayList<Future<Lookup<OfficeSettings>>>();
            for (var i = 0; i < 50; i++) {
                lookups.add(threads.submit(() -> source.office(DUPONT)));
            }
            for (var lookup : lookups) {
                assertThat(lookup.get()).isInstanceOf(Lookup.Found.class);
            }
        }
        assertThat(TABLES.server().count("select count(*) from pg_stat_activity where application_name = 'facteur'")).isBetween(1, 4);
    }

    @Test
    void findsACardAmongHundredsOfThousands() {
        var source = source(OFFICE, CARD);
        var peeters = new OfficeId("peeters");
        found(source.relation(peeters, new RelationId("G-1")));
        var start = Instant.now();
        for (var n = 1; n <= 1000; n++) {
            var card = found(source.relation(peeters, new RelationId("G-" + n * 199)));
            assertThat(card.people(Role.COLLABORATOR)).hasSize(1);
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
}
