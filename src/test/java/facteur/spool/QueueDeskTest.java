package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MigratedDatabase;
import facteur.mail.letter.Letter;
import facteur.platform.database.Database;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// On SQLite.
final class QueueDeskTest extends QueueDeskContract {
    @Override
    Database openDatabase() throws SQLException {
        return MigratedDatabase.open(state);
    }

    @Override
    Database openBeside() throws SQLException {
        return Database.openBeside(state);
    }

    @Override
    boolean hasBody(Letter letter) {
        return Files.exists(folder.bodyFile(letter.id()));
    }

    @Test
    void looksAtALetterThatIsDamaged() throws Exception {
        var letter = letters.letter();
        Letters.defer(spool(), letter, NOON);
        database.inTransaction(statements -> statements.update("update letter set reverse_path = '<', body_type = '9BIT'"));
        database.inTransaction(statements -> statements.update("delete from content"));
        assertThat(((ClaimedWork.Now) spool().due(Letters.ROUTE, NOON, 1)).corrupt()).hasSize(1);
        assertThat(desk().line(letter.id()).orElseThrow().holdReason()).startsWith("corrupt: ");
        assertThat(desk().life(letter.id()).orElseThrow().bodyType()).isEqualTo("9BIT");
        assertThat(desk().move(QueueAct.REMOVE, List.of(letter.id()))).containsExactly(MoveResult.REMOVED);
    }

    @Test
    void readsAlongTheIndexAndSortsNothing() throws Exception {
        var everything = new QueueFilter(
                Set.of(), Optional.of("o"), Optional.of("@x.example"), Optional.of("u"), Optional.of(NOON));
        var values = new ArrayList<Object>(List.of("deferred", 0L, ""));
        values.addAll(everything.values());
        values.add(9);
        assertThat(plan(ListRows.SELECT + ListRows.PAGE + everything.conditions() + ListRows.ORDER, values))
                .contains("SEARCH queue USING INDEX queue_due (state=? AND (due_at,letter_id)>(?,?))")
                .noneMatch(step -> step.startsWith("SCAN"))
                .filteredOn(step -> step.contains("TEMP B-TREE"))
                .hasSize(1); // The recipients of one letter.
        assertThat(plan(ListRows.COUNT, List.of())).anyMatch(step -> step.contains("COVERING INDEX queue_due"));
    }

    /// The page of the queue asks again and again.
    @Test
    void countsTheYoungAloneByThePrimaryKey() throws Exception {
        assertThat(plan(ListRows.YOUNGER + " group by queue.state", List.of("0")))
                .anyMatch(step -> step.contains("id>?"))
                .noneMatch(step -> step.startsWith("SCAN"));
    }

    private List<String> plan(String sql, List<Object> values) throws SQLException {
        return database.reading(statements -> statements.list("explain query plan " + sql, row -> row.getString("detail"), values.toArray()));
    }

    @Test
    void isRefusedADatabaseOfAnotherVersion() throws Exception {
        database.inTransaction(statements -> statements.update("delete from schema_history where version = '3'"));
        assertThatThrownBy(() -> Database.openBeside(state))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another version");
        assertThatThrownBy(() -> Database.openBeside(state.resolve("nowhere")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("there is no database");
        assertThat(state.resolve("nowhere")).doesNotExist();
    }
}
