package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.PostgresExtension;
import facteur.mail.letter.Letter;
import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a real PostgreSQL; each test in a schema of its own.
final class PostgresQueueDeskIT extends QueueDeskContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @Override
    Database openDatabase() throws SQLException {
        return POSTGRES.settings().open();
    }

    @Override
    Database openBeside() throws SQLException {
        return POSTGRES.settings().openBeside();
    }

    @Override
    boolean hasBody(Letter letter) throws SQLException {
        return database.reading(statements -> statements.first("select 1 from body_part where letter_id = ?", row -> true, letter.id().text()))
                .isPresent();
    }

    @Test
    void forgetsLettersThatEndedLongAgo() throws Exception {
        var letter = spool().acceptActive(Letters.ROUTE, letters.letter());
        var attempt = new Attempt(1, 0, NOON, "smarthost", "", "end-of-data", Attempt.Result.RELAYED, "250 2.0.0 ok");
        spool().settle(letter, letter.recipients(), List.of(attempt), new QueueState.Ended(NOON));
        assertThat(spool().upkeep().purge(NOON)).isZero();
        assertThat(spool().upkeep().purge(NOON.plus(Duration.ofMillis(1)))).isEqualTo(1);
        assertThat(spool().upkeep().shrink()).isFalse();
        assertThat(desk().life(letter.id())).isEmpty();
    }

    @Test
    void isRefusedADatabaseOfAnotherVersion() throws Exception {
        database.inTransaction(statements -> statements.update("delete from schema_history where version = '3'"));
        assertThatThrownBy(() -> openBeside())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another version");
    }
}
