package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.json.JsonValue;
import facteur.platform.log.Erasure;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A person leaves the history, and the history stays one.
abstract class HistoryErasureContract extends StoreRig {
    private static final String ZOE = "zoe.bakker@dupont.example";
    private static final JsonValue OF_ZOE = json(
            "{'company': 'Zoé Bakker <Zoe.Bakker@dupont.example>', 'reply-to': 'sender'}");
    private static final Author OF_NOTES = new Author(Via.API, ZOE, "Zoe.Bakker@DUPONT.example", "192.0.2.1", "asked by " + ZOE + ", as agreed");
    private static final RelationId R_1 = new RelationId("R-1");
    private static final RelationId R_2 = new RelationId("R-2");

    private HistoryErasure erasure;

    @BeforeEach
    void ofZoe() {
        erasure = new HistoryErasure(database, time, Erasure.of(ZOE).orElseThrow());
    }

    private void card(RelationId relation, String card) throws SQLException {
        assertThat(store.cards().put(DUPONT, relation, json(card), ANY, JAN)).isInstanceOf(ChangeResult.Changed.class);
    }

    private String everything() throws SQLException {
        return database.reading(statements -> String.join(
                "\n",
                List.of(
                        statements.list("select before || after || actor || behalf || note as text from office_change", row -> row.getString(1))
                                .toString(),
                        statements.list("select relation || before || after as text from card_change", row -> row.getString(1)).toString())));
    }

    @Test
    void findsWhereSheIsNamedAndChangesNothing() throws SQLException {
        put(A);
        assertThat(erasure.find()).isEmpty();
        put(OF_ZOE);
        assertThat(erasure.find()).as("the row of what is in force is no past").containsExactly(new PersonTraces(DUPONT, true, 0, 0));
        put(B);
        settings.put(DURAND, json("{'company': 'Durand <d@durand.example>'}"), ANY, OF_NOTES);
        card(R_1, "{'partner': ['Zoé <zoe.bakker@dupont.example>']}");
        card(R_2, "{'partner': ['zoe.bakker@dupont.example', 'an@dupont.example']}");
        card(R_2, "{'partner': ['an@dupont.example']}");
        var before = everything();
        assertThat(erasure.find()).containsExactly(new PersonTraces(DUPONT, false, 1, 4), new PersonTraces(DURAND, false, 0, 1));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void erasesThePastAndNeverWhatIsInForce() throws SQLException {
        put(A);
        put(OF_ZOE);
        card(R_1, "{'partner': ['Zoé <zoe.bakker@dupont.example>']}");
        var office = settings.office(DUPONT);
        var card = store.cards().card(DUPONT, R_1);
        changes.clear();
        erasure.erase();
        assertThat(settings.office(DUPONT)).isEqualTo(office);
        assertThat(store.cards().card(DUPONT, R_1)).isEqualTo(card);
        assertThat(history.version(DUPONT, 2).orElseThrow().after()).as("the present version says what is in force").contains(OF_ZOE);
        assertThat(changes).as("no cache is told of anything").isEmpty();
        assertThat(erasure.find()).containsExactly(new PersonTraces(DUPONT, true, 1, 0));

        put(B);
        var replaced = store.cards()
                .replacePerson(DUPONT, Address.of(ZOE), Optional.of(Mailbox.parse("an@dupont.example").orElseThrow()), Set.<Role>of(), JAN);
        assertThat(replaced).isInstanceOf(CardsResult.Written.class);
        erasure.erase();
        assertThat(erasure.find()).isEmpty();
        assertThat(everything()).doesNotContainIgnoringCase("bakker").doesNotContain("Zoé").contains("office@dupont.example", "an@dupont.example");
    }

    @Test
    void erasesNotesAndAuthorsAndNothingElseOfThem() throws SQLException {
        settings.put(DUPONT, A, ANY, OF_NOTES);
        put(B);
        erasure.erase();
        var first = history.version(DUPONT, 1).orElseThrow();
        assertThat(first.version().author())
                .isEqualTo(new Author(Via.API, "***@dupont.example", "***@DUPONT.example", "192.0.2.1", "asked by ***@dupont.example, as agreed"));
        assertThat(first.after()).contains(A);
        assertThat(history.restore(DUPONT, 1, JAN)).as("only who wrote it is erased").isInstanceOf(ChangeResult.Changed.class);
    }

    @Test
    void whatWasErasedIsComparedButNotBroughtBack() throws SQLException {
        put(A);
        put(OF_ZOE);
        put(B);
        erasure.erase();
        assertThat(history.diff(DUPONT, 1, 2)).hasValue(json(
                "[{'op': 'replace', 'path': '/company', 'value': 'forgotten@forgotten.invalid'}, {'op': 'add', 'path': '/reply-to', 'value': 'sender'}]"));
        var versions = everything();
        assertErased(history.restore(DUPONT, 2, JAN));
        assertErased(notUndone(history.undo(DUPONT, 3, JAN)));
        assertThat(everything()).isEqualTo(versions);
        assertSettings(B.toString());
        assertThat(number(history.restore(DUPONT, 1, JAN))).isEqualTo(4);
    }

    @Test
    void cardsThatNamedHerAreLeftByAnUndo() throws SQLException {
        put(A);
        card(R_1, "{'partner': ['zoe.bakker@dupont.example']}");
        card(R_2, "{'partner': ['bo@dupont.example', 'zoe.bakker@dupont.example']}");
        assertThat(store.cards().replacePerson(DUPONT, Address.of(ZOE), Optional.empty(), Set.<Role>of(), JAN))
                .isInstanceOf(CardsResult.Written.class);
        erasure.erase();
        var replaced = history.versions(DUPONT, OptionalLong.empty(), 1).getFirst();
        assertThat(replaced.cards()).isEqualTo(2);
        assertErased(notUndone(history.undo(DUPONT, replaced.number(), JAN)));
        assertThat(history.cards(DUPONT, replaced.number(), Optional.empty(), 10))
                .extracting(CardChange::before)
                .containsExactly(
                        Optional.of(json("{'partner': ['forgotten@forgotten.invalid']}")),
                        Optional.of(json("{'partner': ['bo@dupont.example', 'forgotten@forgotten.invalid']}")));
    }

    @Test
    void anUndoPutsBackTheOthers() throws Exception {
        put(A);
        var body = Files.writeString(state.resolve("body"), """
                {"relation":"R-1","partner":"zoe.bakker@dupont.example"}
                {"relation":"R-2","partner":"an@dupont.example"}
                """);
        store.imports().run(
                DUPONT, body, new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE), JAN);
        card(R_1, "{'partner': ['bo@dupont.example']}");
        erasure.erase();
        assertThat(history.undo(DUPONT, 2, JAN)).isEqualTo(new UndoResult.Undone(4, 1, List.of(R_1), List.of()));
        assertThat(store.cards().card(DUPONT, R_2)).isEmpty();
        assertThat(store.cards().card(DUPONT, R_1)).isPresent();
    }

    /// A client's id may be the address.
    @Test
    void nothingIsLeftOfACardThatHadTheAddressAsItsId() throws SQLException {
        put(A);
        var relation = new RelationId(ZOE);
        card(relation, "{'partner': ['an@dupont.example']}");
        assertThat(erasure.find()).containsExactly(new PersonTraces(DUPONT, false, 1, 0));
        erasure.erase();
        assertThat(store.cards().card(DUPONT, relation)).isPresent();
        assertThat(store.cards().delete(DUPONT, relation, ANY, JAN)).isInstanceOf(ChangeResult.Changed.class);
        assertThat(erasure.find()).containsExactly(new PersonTraces(DUPONT, false, 0, 2));
        erasure.erase();
        assertThat(erasure.find()).isEmpty();
        assertThat(everything()).doesNotContain("bakker");
    }

    /// More than a page of them, and between them what only looks like it.
    @Test
    void erasesAllOfMany() throws SQLException {
        put(A);
        for (var i = 0; i < 230; i++) {
            put(json("{'company': '%s.bakker@dupont.example'}".formatted(i % 3 == 0 ? "zoe" : "xzoe" + i)));
        }
        put(B);
        assertThat(erasure.find()).extracting(PersonTraces::changes).containsExactly(154L);
        erasure.erase();
        assertThat(erasure.find()).isEmpty();
        assertThat(everything()).contains("xzoe229.bakker@dupont.example", "xzoe1.bakker@dupont.example").doesNotContain("\"zoe.bakker");
    }

    private static ChangeResult notUndone(UndoResult result) {
        return result instanceof UndoResult.NotUndone(var why) ? why : new ChangeResult.Missing();
    }

    private static void assertErased(ChangeResult result) {
        assertThat(result).isInstanceOfSatisfying(ChangeResult.Conflict.class, conflict -> {
            assertThat(conflict.code()).isEqualTo("erased");
            assertThat(conflict.message()).startsWith("a person was erased from version ");
        });
    }
}
