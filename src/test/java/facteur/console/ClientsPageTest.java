package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Tokens;
import facteur.console.ConsoleWorld.As;
import facteur.mail.automatic.Language;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.json.JsonReader;
import facteur.store.Author;
import facteur.store.CardImport;
import facteur.store.CardsResult;
import facteur.store.Precondition;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of clients, as a page and as a file, and who keeps their cards.
final class ClientsPageTest {
    private static final String CLIENTS = "/o/dupont/clients";
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Author JAN = new Author(Via.CONSOLE, "jan", "", "", "");
    private static final Author SUITE = new Author(Via.API, "suite", "", "", "");

    @TempDir
    Path folder;

    private ConsoleWorld world;

    @BeforeEach
    void open() throws SQLException, IOException {
        world = new ConsoleWorld(folder);
        world.put("peeters", ConsoleWorld.DUPONT.replace("dupont", "peeters"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void card(String relation, String json) throws Exception {
        world.store.cards().put(DUPONT, new RelationId(relation), JsonReader.read(json), new Precondition.None(), JAN);
    }

    private void three() throws Exception {
        card("R-1", "{\"name\":\"Bakkerij Peeters\",\"partner\":[\"An Peeters <an@dupont.example>\"],\"responsible\":[\"jan@dupont.example\"]}");
        card("R-2", "{\"name\":\"Garage Claes\",\"partner\":[\"jan@dupont.example\"]}");
        card("X-3", "{\"name\":\"Dr. Lemaire\"}");
    }

    private String page(String query) {
        var reply = world.get(As.ADMIN, CLIENTS + query);
        assertThat(reply.status()).isEqualTo(200);
        return reply.page();
    }

    private CardsResult push() throws SQLException, IOException {
        var body = Files.writeString(folder.resolve("pushed"), "{\"relation\":\"R-9\"}\n");
        return world.store.imports().run(
                DUPONT, body, new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE), SUITE);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void saysWhatToDoWhenThereAreNone(Language language) {
        world.language.set(language.word());
        assertThat(page("")).contains(Texts.in(language).of("clients.none"), CLIENTS + "/import", "/o/dupont/apps").doesNotContain("<table");
    }

    @Test
    void findsClientsByNumberNameAndPerson() throws Exception {
        three();
        assertThat(page("")).contains("3 clients", "Bakkerij Peeters", "Garage Claes", "Dr. Lemaire", "An Peeters");
        assertThat(page("?q=x-3")).contains("One of 3 clients matches.", "Dr. Lemaire").doesNotContain("Garage");
        assertThat(page("?q=CLAES")).contains("Garage Claes").doesNotContain("Lemaire");
        assertThat(page("?person=jan%40dupont.example")).contains("2 of 3 clients match.").doesNotContain("Lemaire");
        assertThat(page("?q=jan%40dupont&empty=responsible")).contains("One of 3 clients matches.", "Garage Claes").doesNotContain("Bakkerij");
        assertThat(page("?q=nothing")).contains("None of 3 clients matches.").doesNotContain("<table");
    }

    @Test
    void countsTheCardsWhoseRoleIsEmptyAsTheHintDoes() throws Exception {
        three();
        assertThat(world.store.cards().countEmpty(DUPONT, Role.RESPONSIBLE)).isEqualTo(2);
        assertThat(page("?empty=responsible")).contains("2 of 3 clients match.", "<option value=\"responsible\" selected>");
    }

    @Test
    void showsFiftyOnAPage() throws Exception {
        for (var i = 100; i < 151; i++) {
            card("R-" + i, "{\"name\":\"Client " + i + " end\"}");
        }
        assertThat(page("")).contains("Client 149 end", "href=\"/o/dupont/clients?after=R-149\"").doesNotContain("Client 150 end");
        assertThat(page("?after=R-149")).contains("Client 150 end", "First page").doesNotContain("Client 149 end", "Next page");
        assertThat(page("?q=client")).contains("href=\"/o/dupont/clients?q=client&amp;after=R-149\"");
    }

    @Test
    void givesTheListAsAFileForProgramsAndForSpreadsheets() throws Exception {
        card("=R-1", "{\"name\":\"=cmd()|' /C calc'!A0\",\"partner\":[\"an@dupont.example\"]}");
        card("R-2", "{\"name\":\"\\\"Peeters\\\", Jan\"}");
        var exact = world.get(As.READER, "/o/dupont/clients.csv");
        assertThat(exact.page()).isEqualTo("relation,name,collaborator,substitute,responsible,partner\n"
                + "=R-1,=cmd()|' /C calc'!A0,,,,an@dupont.example\n"
                + "R-2,\"\"\"Peeters\"\", Jan\",,,,\n");
        assertThat(exact.fields()).containsEntry("Content-Disposition", "attachment; filename=\"clients.csv\"");
        assertThat(world.get(As.READER, "/o/dupont/clients.csv?for=spreadsheet").page()).contains("'=R-1,'=cmd()|");
        assertThat(world.get(As.READER, "/o/dupont/clients.csv?q=r-2").page()).doesNotContain("cmd");
        assertThat(world.get(As.OTHER, "/o/dupont/clients.csv").status()).isEqualTo(404);
    }

    @Test
    void takesWhatIsWrittenForText() throws Exception {
        card("\"><img src=x onerror=alert(1)>", "{\"name\":\"<script>alert(1)</script>\",\"partner\":[\"\\\"<b>x</b>\\\" <an@dupont.example>\"]}");
        assertThat(page("?q=%22%3E%3Cscript%3E")).doesNotContain("<script>alert", "\"><script>");
        assertThat(page("")).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert", "<img", "<b>x");
    }

    @Test
    void isNotThereForOthers() throws Exception {
        three();
        assertThat(world.get(As.OTHER, CLIENTS).status()).isEqualTo(404);
        assertThat(world.get(As.OTHER, "/o/peeters/clients").page()).doesNotContain("Bakkerij");
        assertThat(world.post(As.OTHER, CLIENTS + "/keeper", "keeper", "people").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keeper", "/card", "/delete", "/import", "/import/take", "/undo"})
    void readersChangeNothing(String path) throws Exception {
        three();
        assertThat(world.get(As.READER, CLIENTS).page()).contains("Bakkerij").doesNotContain("/new\"", "/import\"");
        assertThat(world.post(As.READER, CLIENTS + path, "relation", "R-1", "version", "2").status()).isEqualTo(404);
        assertThat(world.store.settings().office(DUPONT).orElseThrow().version()).isEqualTo(4);
    }

    /// Who keeps the cards is said with the app's name, and a push is refused from the moment that people have taken over.
    @Test
    void cardsKeptByAnAppAreReadOnlyUntilTheyAreTakenOver() throws Exception {
        assertThat(push()).isInstanceOf(CardsResult.Written.class);
        assertThat(page("")).contains("The software “suite” keeps these cards", "value=\"people\"").doesNotContain("/new\"", "/import\"");
        assertThat(world.get(As.READER, CLIENTS).page()).contains("“suite”").doesNotContain("value=\"people\"");
        assertThat(world.get(As.ADMIN, CLIENTS + "/card?relation=R-9").page()).contains("“suite”").doesNotContain("/delete", "data-guard");
        assertThat(world.post(As.ADMIN, CLIENTS + "/card", "relation", "R-9", "version", "2", "name", "x").location()).isEqualTo(CLIENTS);
        assertThat(world.post(As.ADMIN, CLIENTS + "/keeper", "keeper", "people").location()).isEqualTo(CLIENTS + "?keeper=people");
        assertThat(push()).isInstanceOfSatisfying(CardsResult.Conflict.class, why -> assertThat(why.code()).isEqualTo("cards-kept-by"));
        assertThat(page("?keeper=people")).contains("Your office keeps the cards from now on.", "value=\"apps\"", CLIENTS + "/new");
        assertThat(world.post(As.ADMIN, CLIENTS + "/keeper", "keeper", "apps").status()).isEqualTo(303);
        assertThat(push()).isInstanceOf(CardsResult.Written.class);
    }

    @Test
    void saysWhenTheAppWasLastHere() throws Exception {
        var text = ((Tokens.Addition.Made) world.tokens.add(
                new NewToken("suite", Optional.of(DUPONT), Set.of(Scope.CARDS_WRITE), Optional.empty()), "test"))
                .text().reveal();
        push();
        assertThat(world.tokens.authenticate(text)).isPresent();
        world.tokens.writeUses();
        assertThat(page("")).contains("It last connected on 23 November 2026");
    }

    @Test
    void cardsKeptElsewhereAreLookedUpOneByOne() throws Exception {
        three();
        world.elsewhere.set(Optional.of("files"));
        assertThat(page("")).contains("outside this console (files)").doesNotContain("Bakkerij", "method=\"post\" action=\"/o");
        var card = world.get(As.ADMIN, CLIENTS + "/card?relation=R-1");
        assertThat(card.page()).contains("Bakkerij Peeters", "an@dupont.example").doesNotContain("data-guard", "/delete");
        var none = world.get(As.ADMIN, CLIENTS + "/card?relation=none");
        assertThat(none.page()).contains("no client with the number none", "<title>Error: ");
        assertThat(world.post(As.ADMIN, CLIENTS + "/card", "relation", "R-1", "name", "x").status()).isEqualTo(303);
        assertThat(world.get(As.ADMIN, CLIENTS + ".csv").status()).isEqualTo(404);
    }
}
