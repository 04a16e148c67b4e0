package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryPagesTest {
    private static final String HISTORY = "/o/dupont/history";
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String RESPONSIBLE = "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"responsible\"}";

    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static JsonValue json(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private ChangeResult save(String settings, Author author) throws SQLException {
        return world.store.settings().put(DUPONT, json(settings), new Precondition.None(), author);
    }

    private static Author suite(String note) {
        return new Author(Via.CONSOLE, "suite", "An Peeters", "", note);
    }

    private static Author jan() {
        return new Author(Via.CONSOLE, "jan", "", "", "");
    }

    private void card(String relation, String person) throws SQLException {
        assertThat(world.store.cards().put(
                DUPONT,
                new RelationId(relation),
                json("{\"name\":\"Bakkerij\",\"responsible\":[\"" + person + "\"]}"),
                new Precondition.None(),
                jan()))
                .isInstanceOf(ChangeResult.Changed.class);
    }

    private String replyTo() throws SQLException {
        return world.store.settings().office(DUPONT).orElseThrow().settings().toString();
    }

    @ParameterizedTest
    @CsvSource({"en,Version 1 is all there is.", "fr,Il n’y a que la version 1.", "nl,Er is alleen versie 1."})
    void anOfficeWithOneVersionHasNothingToRestore(String language, String words) {
        world.language.set(language);
        assertThat(world.get(As.ADMIN, HISTORY).page()).contains(words).doesNotContain("/restore");
    }

    @Test
    void saysWhoChangedWhatAndWhy() throws SQLException {
        save(RESPONSIBLE, suite("for <b>the season</b>"));
        var page = world.get(As.ADMIN, HISTORY).page();
        assertThat(page).contains(
                "General: replies went to your company, now to the person responsible.", "An Peeters (suite)", "app suite",
                "“for &lt;b&gt;the season&lt;/b&gt;”", HISTORY + "/1/restore");
        assertThat(page.indexOf("Version 2")).isLessThan(page.indexOf("Version 1"));
        assertThat(page).doesNotContain(HISTORY + "/2/restore", "<textarea", "type=\"text\"");
    }

    @Test
    void aPushOfCardsIsOneLine() throws SQLException {
        card("R-1", "jan@dupont.example");
        assertThat(world.get(As.ADMIN, HISTORY).page()).contains("One client’s card changed.");
        assertThat(world.get(As.READER, HISTORY + "/2").page())
                .contains("1 new, 0 changed, 0 removed.", "Bakkerij (R-1)", "Person responsible: jan@dupont.example");
    }

    @Test
    void pagesGoBackToTheFirstVersion() throws SQLException {
        for (var i = 0; i < 22; i++) {
            save(RESPONSIBLE.replace("Cabinet", "Cabinet " + i), jan());
        }
        var first = world.get(As.ADMIN, HISTORY).page();
        assertThat(first).contains("Version 23", "Version 4", "?before=4").doesNotContain("Version 3<");
        assertThat(world.get(As.ADMIN, HISTORY + "?before=4").page()).contains("Version 3", "Version 1", "Newest versions")
                .doesNotContain("Version 4<");
    }

    @Test
    void comparesTwoVersionsInWordsAndByKeys() throws SQLException {
        save(RESPONSIBLE, jan());
        save(RESPONSIBLE.replace("Cabinet", "Kantoor"), jan());
        assertThat(world.get(As.ADMIN, HISTORY + "/3").page()).contains("<td data-label=\"before\">Cabinet Dupont</td>",
                "<td data-label=\"Version 3\">Kantoor Dupont</td>");
        assertThat(world.get(As.ADMIN, HISTORY + "/3?with=1").page())
                .contains("General: replies go", "to your company", "to the person responsible", "<code>reply-to</code>",
                        "<code>\"responsible\"</code>");
        assertThat(world.get(As.ADMIN, HISTORY + "/1?with=3").page()).contains("<th scope=\"col\">Version 1</th><th scope=\"col\">Version 3</th>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/0", "/9", "/x", "/1?with=9", "/9/restore", "/01"})
    void aVersionThatIsNotThereIsNoPage(String path) {
        assertThat(world.get(As.ADMIN, HISTORY + path).status()).isEqualTo(404);
    }

    @Test
    void restoringShowsWhatChangesAndWritesANewVersion() throws SQLException {
        save(RESPONSIBLE, jan());
        var page = world.get(As.ADMIN, HISTORY + "/1/restore").page();
        assertThat(page).contains("Restore as version 3", "to the person responsible", "There are no past messages to try this on.");
        var saved = world.post(As.ADMIN, HISTORY + "/1/restore", "at", "2", "note", "as it was");
        assertThat(saved.location()).isEqualTo(HISTORY + "?restored=3");
        assertThat(replyTo()).doesNotContain("responsible");
        assertThat(world.get(As.ADMIN, saved.location()).page())
                .contains("Saved as version 3. It counts from now on.", HISTORY + "/3/undo", "Takes back what came from version 2 on.",
                        "“as it was”");
        assertThat(world.post(As.ADMIN, HISTORY + "/3/undo").location()).isEqualTo(HISTORY + "?restored=4");
        assertThat(replyTo()).contains("responsible");
    }

    @Test
    void whatWasSavedMeanwhileIsShownFirst() throws SQLException {
        save(RESPONSIBLE, jan());
        save(RESPONSIBLE.replace("Cabinet", "Kantoor"), suite(""));
        var refused = world.post(As.ADMIN, HISTORY + "/1/restore", "at", "2", "note", "why");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.page()).contains("Version 3 was saved meanwhile.", "value=\"why\"", "name=\"at\" value=\"3\"");
        assertThat(replyTo()).contains("Kantoor");
    }

    @Test
    void onlyTheNewestSettingsCanBeTakenBackAlone() throws SQLException {
        save(RESPONSIBLE, jan());
        save(RESPONSIBLE.replace("Cabinet", "Kantoor"), jan());
        var refused = world.post(As.ADMIN, HISTORY + "/2/undo");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.page()).contains("The settings have changed since.");
    }

    @Test
    void undoingCardsListsThoseThatChangedSince() throws SQLException {
        card("R-1", "jan@dupont.example");
        card("R-1", "an@dupont.example");
        var undone = world.post(As.ADMIN, HISTORY + "/2/undo");
        assertThat(undone.status()).isEqualTo(303);
        assertThat(world.get(As.ADMIN, undone.location()).page()).contains("One card has changed since", "<li>R-1</li>");
        var good = world.post(As.ADMIN, HISTORY + "/3/undo");
        assertThat(good.location()).isEqualTo(HISTORY + "/4?undone=3");
        assertThat(world.get(As.ADMIN, good.location()).page()).contains("Version 3 is undone: the cards are as they were before it.");
    }

    @Test
    void cardsThatAnAppKeepsAreUndoneThere() throws SQLException {
        card("R-1", "jan@dupont.example");
        world.database.inTransaction(statements -> statements.update("update office set cards_kept_by = 'payroll'"));
        var refused = world.post(As.ADMIN, HISTORY + "/2/undo");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.page()).contains("Your software keeps the clients’ cards").doesNotContain("payroll");
    }

    @Test
    void whetherLettersAreSetAsideIsForOperators() throws SQLException {
        save(RESPONSIBLE.replace("}", ",\"sandbox\":true}"), jan());
        save(RESPONSIBLE, jan());
        assertThat(world.get(As.ADMIN, HISTORY + "/2/restore").page()).contains("Only an operator can change that.")
                .doesNotContain("Restore as version");
        assertThat(world.post(As.ADMIN, HISTORY + "/2/restore", "at", "3").status()).isEqualTo(422);
        assertThat(world.post(As.ADMIN, HISTORY + "/3/undo").status()).isEqualTo(422);
        assertThat(world.post(As.OPERATOR, HISTORY + "/2/restore", "at", "3").location()).isEqualTo(HISTORY + "?restored=4");
    }

    @Test
    void whoOnlyReadsHasNoButtons() throws SQLException {
        save(RESPONSIBLE, jan());
        for (var as : new As[] {As.READER, As.VIEWER}) {
            assertThat(world.get(as, HISTORY).page()).contains("Version 2").doesNotContain("/restore");
            assertThat(world.get(as, HISTORY + "/2").page()).doesNotContain("/undo");
            assertThat(world.get(as, HISTORY + "/1/restore").status()).isEqualTo(404);
            assertThat(world.post(as, HISTORY + "/1/restore", "at", "2").status()).isEqualTo(404);
            assertThat(world.post(as, HISTORY + "/2/undo").status()).isEqualTo(404);
        }
        assertThat(world.get(As.OTHER, HISTORY).status()).isEqualTo(404);
    }

    @Test
    void settingsThatAreKeptElsewhereAreNotRestoredHere() throws SQLException {
        save(RESPONSIBLE, jan());
        world.elsewhere.set(Optional.of("files"));
        assertThat(world.get(As.ADMIN, HISTORY).page()).contains("These settings are kept outside this console (files).").doesNotContain("/restore");
        assertThat(world.post(As.ADMIN, HISTORY + "/1/restore", "at", "2").status()).isEqualTo(404);
        assertThat(world.post(As.ADMIN, HISTORY + "/2/undo").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl"})
    void noPageMixesLanguages(String language) throws SQLException {
        save(RESPONSIBLE, jan());
        world.store.cards().takeOver(DUPONT, jan());
        world.language.set(language);
        for (var path : new String[] {"", "/2", "/2?with=1", "/1/restore"}) {
            assertThat(world.get(As.ADMIN, HISTORY + path).page()).doesNotContain("replies", "was ", "people have taken", "Restore", "Compare ");
        }
    }
}
