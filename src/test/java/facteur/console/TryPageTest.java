package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.json.JsonReader;
import facteur.store.Author;
import facteur.store.Precondition;
import facteur.store.Via;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TryPageTest {
    private static final String TRY = "/o/dupont/try";

    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        world = new ConsoleWorld(folder);
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"responsible\","
                + "\"contexts\":{\"task\":{\"reply-to\":\"sender\"},\"invoice\":{\"reply-to\":\"general\",\"address\":\"bills@dupont.example\"}},"
                + "\"users\":[\"Jan Janssens <jan@dupont.example>\"]}");
        world.store.cards().put(
                new OfficeId("dupont"),
                new RelationId("R-1042"),
                JsonReader.read("{\"name\":\"Bakkerij Peeters\",\"responsible\":[\"An Peeters <an@dupont.example>\"]}"),
                new Precondition.None(),
                new Author(Via.CONSOLE, "jan", "", "", ""));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void beforeAnythingIsTriedThereIsAFormAlone() {
        assertThat(world.get(As.READER, TRY).page())
                .contains("<option value=\"invoice\">", "<option value=\"Bakkerij Peeters (R-1042)\">", "name=\"writer\"")
                .doesNotContain("id=\"result\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind=&client=R-1042|An Peeters &lt;an@dupont.example&gt;|because the client’s card names An Peeters as the person responsible.",
                "kind=&client=Bakkerij+Peeters+(R-1042)|An Peeters &lt;an@dupont.example&gt;|General about Bakkerij Peeters (R-1042)",
                "kind=task&writer=Jan+Janssens|Jan Janssens &lt;jan@dupont.example&gt;|written by Jan Janssens",
                "kind=invoice|bills@dupont.example|because this kind of message has a reply address of its own.",
                "kind=task&writer=eve@evil.example|Cabinet Dupont &lt;office@dupont.example&gt;|because eve@evil.example is not in the list of people",
                "kind=other&client=R-7|Cabinet Dupont &lt;office@dupont.example&gt;|because there is no card of client R-7",
                "kind=other&client=R-7|Cabinet Dupont &lt;office@dupont.example&gt;|because “other” is not set on its own"
            })
    void saysWhatAMessageWouldGetAndByWhichRule(String query, String replies, String why) {
        assertThat(world.get(As.ADMIN, TRY + "?" + query).page()).contains("<b>" + replies + "</b>", why, "not looked at", "decides");
    }

    @Test
    void saysWhatClientsSeeInsteadOfThoseWhoAnswer() throws Exception {
        world.returns("{ domain: return.example.org, replies: reply.example.org }");
        assertThat(world.get(As.ADMIN, TRY + "?client=R-1042").page()).doesNotContain("Clients see");
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"responsible\",\"replies\":\"late\"}");
        assertThat(world.get(As.ADMIN, TRY + "?client=R-1042").page()).contains(
                "<b>An Peeters &lt;an@dupont.example&gt;</b>",
                "Clients see “An Peeters, Cabinet Dupont” and an address of the relay, …@reply.example.org, which passes replies on.");
    }

    @Test
    void namesTheVersionsThatDecided() {
        assertThat(world.get(As.ADMIN, TRY + "?client=R-1042").page())
                .contains("By the settings of version 2", "By the card of version 3", "href=\"/o/dupont/history/2\"", "href=\"/o/dupont/history/3\"");
    }

    @Test
    void theCommandLineThatGivesTheSameIsShown() {
        assertThat(world.get(As.ADMIN, TRY + "?kind=l'%C3%A9t%C3%A9&client=R-1042&writer=Jan+Janssens").page()).contains(
                "facteur explain --office dupont --context 'l'\\''été' --relation R-1042 --sender 'Jan Janssens &lt;jan@dupont.example&gt;'");
    }

    @Test
    void aHeaderCanBePasted() {
        var page =
                world.post(As.VIEWER, TRY, "header", "From: Jan <jan@dupont.example>\r\nX-Office: peeters\r\nX-Context: Task\r\nSubject: x").page();
        assertThat(page).contains("<b>Jan Janssens &lt;jan@dupont.example&gt;</b>", "X-Office: peeters", "By the settings of version 2")
                .doesNotContain("peeters.example");
    }

    @Test
    void aHeaderThatIsNoneIsAnsweredAsTheRelayWould() {
        assertThat(world.post(As.ADMIN, TRY, "header", "X-Context: a\r\nX-Context: b\r\n").status()).isEqualTo(200);
        assertThat(world.post(As.ADMIN, TRY, "header", "\u0001<script>alert(1)</script>").page()).doesNotContain("<script>alert");
        assertThat(world.post(As.ADMIN, TRY, "header", " ").page()).doesNotContain("id=\"result\"");
    }

    @Test
    void aMessageThatIsRefusedSaysWhy() throws Exception {
        world.put("dupont",
                "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"from\":{\"address\":\"o@unproved.example\"},\"when-unverified\":\"refuse\"}");
        assertThat(world.get(As.ADMIN, TRY + "?kind=task").page())
                .contains("It would be refused, because the domain unproved.example has not been added.", "<code lang=\"en\">550 5.7.1");
    }

    @Test
    void whatIsTypedIsText() {
        assertThat(world
                .get(As.ADMIN, TRY + "?kind=%3Cscript%3Ealert(1)%3C/script%3E&client=%22%3E%3Cimg%20src=x%20onerror=y%3E&writer=%E2%80%AEx@y.example")
                .page())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert", "<img src=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl"})
    void noPageMixesLanguages(String language) {
        world.language.set(language);
        assertThat(world.get(As.ADMIN, TRY + "?kind=task&client=R-1042&writer=eve@evil.example").page())
                .doesNotContain("did not apply", "replies", "because", "looked at");
    }

    @Test
    void worksWhereverSettingsAreKept() {
        world.elsewhere.set(Optional.of("files"));
        assertThat(world.get(As.READER, TRY + "?client=R-1042").page()).contains("An Peeters");
        assertThat(world.get(As.OTHER, TRY).status()).isEqualTo(404);
    }
}
