package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.store.Author;
import facteur.store.CardFilter;
import facteur.store.CardImport;
import facteur.store.CardsResult;
import facteur.store.ChangeResult;
import facteur.store.StoredCard;
import facteur.store.Via;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients, the people on their cards, and files of them.
@Timeout(60)
final class ClientsBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String CLIENTS = "/o/dupont/clients";
    private static final String PEOPLE = "/o/dupont/people";
    private static final Author JAN = new Author(Via.CONSOLE, "jan", "", "", "");
    private static final Author SUITE = new Author(Via.API, "suite", "", "", "");

    @TempDir
    private Path place;

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        console = ConsoleDaemon.start(folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    static Stream<Look> withAndWithoutScript() {
        return Stream.of(Look.DESK, Look.DESK.withoutScript());
    }

    /// The suite has pushed them before.
    private void takeOver() throws SQLException {
        assertThat(console.store().cards().takeOver(ConsoleDaemon.DUPONT, JAN)).isInstanceOf(ChangeResult.Changed.class);
    }

    private CardsResult write(Author author, String lines) throws SQLException, IOException {
        return console.store().imports().run(
                ConsoleDaemon.DUPONT,
                Files.writeString(place.resolve("cards"), lines),
                new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE),
                author);
    }

    private Optional<StoredCard> card(String relation) throws SQLException {
        return console.store().cards().card(ConsoleDaemon.DUPONT, new RelationId(relation));
    }

    private long cardsOf(String address) throws SQLException {
        return console.store().cards().count(
                ConsoleDaemon.DUPONT, new CardFilter(Optional.empty(), Optional.of(address), Optional.empty()), 1_000);
    }

    @Test
    @DisplayName("24: a person on 212 cards is replaced on all, in one version, and undo brings them back")
    void replacesSomeoneOnAllCards() throws SQLException, IOException {
        takeOver();
        write(JAN, IntStream.range(0, 212).mapToObj(i -> "{\"relation\":\"Z-" + i + "\",\"partner\":\"Kim Claes <kim@dupont.example>\"}")
                .collect(Collectors.joining("\n")));
        var tab = console.open(BROWSER, Look.DESK, As.ADMIN, PEOPLE);
        var page = tab.page();
        tab.fill("#name", "Kim Claes");
        tab.fill("#address", "kim@dupont.example");
        page.locator("form.filters button").click();
        assertThat(page.locator("#message")).containsText("Saved as version");
        page.locator("tr", new Page.LocatorOptions().setHasText("Kim Claes")).locator("form[action$='/remove'] button").click();
        assertThat(page.locator("h1")).hasText("Remove Kim Claes");
        assertThat(page.locator("main")).containsText("Kim Claes is on 212 cards.");
        tab.assertAccessible();
        var before = console.store().settings().office(ConsoleDaemon.DUPONT).orElseThrow().version();
        tab.fill("#to", "Marc Dupont <marc@dupont.example>");
        page.locator("button.main").click();
        assertThat(page.locator("#message")).containsText("212 cards, as version " + (before + 1));
        assertThat(page.locator("#message")).isFocused();
        assertThat(cardsOf("marc@dupont.example")).isEqualTo(212);
        assertThat(console.store().history().version(ConsoleDaemon.DUPONT, before + 1).orElseThrow().version().cards()).isEqualTo(212);
        page.locator("#message button").click();
        assertThat(page.locator("#message")).containsText("Undone");
        assertThat(cardsOf("kim@dupont.example")).isEqualTo(212);
        assertThat(page.locator("main")).containsText("Kim Claes");
        tab.assertAccessible();
    }

    @Test
    @DisplayName("25: client search by number, name, person; role empty gives as many as the hint says")
    void findsClients() throws SQLException, IOException {
        takeOver();
        write(JAN, """
                {"relation":"Y-1","name":"Garage Maes","partner":"Kim Claes <kim@dupont.example>"}
                {"relation":"Y-2","name":"Slagerij Wouters","substitute":"Kim Claes <kim@dupont.example>"}
                """);
        var empty = console.store().cards().countEmpty(ConsoleDaemon.DUPONT, Role.SUBSTITUTE);
        var total = console.store().cards().count(ConsoleDaemon.DUPONT);
        var tab = console.open(BROWSER, Look.DESK, As.READER, CLIENTS);
        var rows = tab.page().locator("tbody tr");
        for (var text : new String[] {"y-1", "GARAGE MAES"}) {
            tab.fill("#q", text);
            tab.press("Enter");
            assertThat(rows).hasCount(1);
            assertThat(rows.first()).containsText("Garage Maes");
        }
        tab.go(console.url(CLIENTS));
        tab.page().locator("#person").selectOption("kim@dupont.example");
        tab.page().locator("form[role=search] button").click();
        assertThat(rows).hasCount(2);
        tab.go(console.url(CLIENTS));
        tab.page().locator("#empty").selectOption("substitute");
        tab.page().locator("form[role=search] button").click();
        assertThat(tab.page().locator("#count")).containsText(empty + " of " + total + " clients");
        assertThat(rows).hasCount((int) empty);
        tab.assertAccessible();
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("26: a file with two bad lines: counts and lines first; nothing is written until it is taken over")
    void importsAFile(Look look) throws SQLException {
        takeOver();
        var total = console.store().cards().count(ConsoleDaemon.DUPONT);
        var tab = console.open(BROWSER, look, As.ADMIN, CLIENTS + "/import");
        tab.assertAccessible();
        var text = """
                relation,name,partner
                X-1,Nieuw,kim@dupont.example
                X-2,Slecht,kim@
                X-3,Te veel,a,b
                """;
        tab.page().locator("#file").setInputFiles(new FilePayload("../../x.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8)));
        tab.page().locator("button.main").click();
        assertThat(tab.page().locator("#counts")).containsText(Pattern.compile("1 new\\s+0 changed\\s+0 as they are\\s+2 lines with problems"));
        assertThat(tab.page().locator("table")).containsText(Pattern.compile("Line 3.*kim@.*Line 4", Pattern.DOTALL));
        assertThat(tab.page().locator("input[name=remove]")).not().isChecked();
        assertThat(console.store().cards().count(ConsoleDaemon.DUPONT)).isEqualTo(total);
        tab.assertAccessible();
        tab.page().locator("button.main").click();
        assertThat(tab.page().locator("#message")).containsText("one card was changed");
        assertThat(card("X-1")).isPresent();
        assertThat(console.store().cards().count(ConsoleDaemon.DUPONT)).isEqualTo(total + 1);
        tab.page().locator("#message button").click();
        assertThat(tab.page().locator("#message")).containsText("Undone");
        assertThat(card("X-1")).isEmpty();
    }

    @Test
    @DisplayName("27: cards kept by an app: no buttons; after take over a push gets 409")
    void takesCardsOver() throws SQLException, IOException {
        write(SUITE, "{\"relation\":\"R-1042\",\"name\":\"Pushed\"}\n");
        var tab = console.open(BROWSER, Look.DESK, As.ADMIN, CLIENTS);
        assertThat(tab.page().locator("#keeper")).containsText("“suite” keeps these cards");
        assertThat(tab.page().locator("main form[method=post]")).hasCount(1);
        assertThat(tab.page().locator("a[href$='/new'], a[href$='/import']")).hasCount(0);
        tab.assertAccessible();
        tab.page().locator("#keeper button").click();
        assertThat(tab.page().locator("#message")).containsText("Your office keeps the cards from now on.");
        assertThat(write(SUITE, "{\"relation\":\"R-1042\",\"name\":\"Again\"}\n")).isInstanceOf(CardsResult.Conflict.class);
        tab.page().locator("#keeper button").click();
        assertThat(tab.page().locator("#message")).containsText("Given back");
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    void addsPlacesAndGoesOnThere(Look look) throws SQLException {
        takeOver();
        var tab = console.open(BROWSER, look, As.ADMIN, CLIENTS + "/card?relation=R-1042");
        var partner = tab.page().locator("#role-partner");
        var before = partner.locator("input").count();
        tab.fill("#person-substitute-0", "kim@dupont.example");
        partner.locator("button[name=add]").click();
        assertThat(partner.locator("input")).hasCount(before + 1);
        assertThat(tab.page().locator("#person-partner-" + before)).isFocused();
        assertThat(tab.page().locator("#person-substitute-0")).hasValue("kim@dupont.example");
        tab.page().locator("#person-partner-" + before).fill("new@dupont.example");
        tab.assertAccessible();
        tab.page().locator("button.main").click();
        assertThat(tab.page().locator("#message")).containsText("Saved as version");
        assertThat(card("R-1042").orElseThrow().people().get(Role.PARTNER)).extracting(Object::toString).contains("new@dupont.example");
        partner.locator("button[name=remove]").last().click();
        assertThat(tab.page().locator("input[value='new@dupont.example']")).hasCount(0);
    }
}
