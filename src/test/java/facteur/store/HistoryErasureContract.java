package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.RelationId;
import facteur.platform.log.Erasure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// One person forgotten in what was, while what is stays.
abstract class HistoryErasureContract extends StoreRig {
    private static final Author HERSELF = new Author(Via.CONSOLE, "an@dupont.example", "", "", "An wants it, an@DUPONT.example");
    private static final RelationId R1 = new RelationId("R-1");

    private HistoryErasure erasure() {
        return new HistoryErasure(database, Erasure.of("an@dupont.example").orElseThrow());
    }

    private String everything() throws SQLException {
        return database.reading(statements -> String.join("\n", statements.list(
                "select number || actor || note || before || after as line from office_change "
                        + "union all select relation || before || after as line from card_change",
                row -> row.getString("line"))));
    }

    @Test
    void takesAPersonOutOfWhatWas() throws SQLException {
        settings.put(DUPONT, json("{'company': 'D <o@dupont.example>', 'users': ['An <an@dupont.example>', 'Luc <luc@dupont.example>']}"), ANY, HERSELF);
        put(A);
        put(json("{'company': 'D <o@dupont.example>', 'users': ['An <AN@dupont.example>']}"));
        assertThat(store.cards().put(DUPONT, R1, json("{'partner': ['An <an@dupont.example>']}"), ANY, JAN)).isInstanceOf(ChangeResult.Changed.class);
        assertThat(store.cards().put(DUPONT, R1, json("{'partner': ['luc@dupont.example']}"), ANY, JAN)).isInstanceOf(ChangeResult.Changed.class);
        assertThat(erasure().find()).isEqualTo(4);
        assertThat(everything()).contains("An <an@dupont.example>");
        assertThat(erasure().forget()).isEqualTo(4);
        assertThat(everything())
                .contains("{\"company\":\"D <o@dupont.example>\",\"users\":[\"forgotten@forgotten.invalid\",\"Luc <luc@dupont.example>\"]}")
                .contains("An <AN@dupont.example>")
                .doesNotContain("an@dupont.example", "an@DUPONT.example")
                .containsOnlyOnce("An <");
        assertThat(erasure().find()).as("what is in force stays").isZero();
        put(A);
        assertThat(erasure().forget()).as("what was in force").isEqualTo(2);
        assertThat(everything()).doesNotContainIgnoringCase("an@dupont.example");
    }

    @Test
    void nothingIsMadeOfWhatAPersonWasTakenOutOf() throws SQLException {
        put(json("{'company': 'D <o@dupont.example>', 'users': ['an@dupont.example']}"));
        put(A);
        store.cards().put(DUPONT, R1, json("{'partner': ['an@dupont.example']}"), ANY, JAN);
        store.cards().put(DUPONT, R1, json("{'partner': ['luc@dupont.example']}"), ANY, JAN);
        erasure().forget();
        assertThat(history.restore(DUPONT, 1, JAN)).isInstanceOfSatisfying(
                ChangeResult.Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("erased"));
        assertThat(history.undo(DUPONT, 2, JAN)).isInstanceOf(UndoResult.NotUndone.class);
        assertThat(history.undo(DUPONT, 4, JAN)).isEqualTo(new UndoResult.Undone(4, 0, List.of(R1), List.of()));
        assertThat(store.cards().card(DUPONT, R1).orElseThrow().version()).isEqualTo(4);
        assertThat(history.versions(DUPONT, OptionalLong.empty(), 9)).hasSize(4);
        assertThat(history.cards(DUPONT, 3, Optional.empty(), 9)).hasSize(1);
    }
}
