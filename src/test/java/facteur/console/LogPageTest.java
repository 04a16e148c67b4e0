package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.mail.returned.Action;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.json.JsonReader;
import facteur.spool.Attempt;
import facteur.spool.NewReturn;
import facteur.spool.Recipient;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Via;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The message log, and the page of a letter.
final class LogPageTest {
    private ConsoleWorld world;
    private QueuedLetters letters;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        world = new ConsoleWorld(folder);
        letters = new QueuedLetters(world, folder);
    }

    @AfterEach
    void close() {
        letters.close();
        world.close();
    }

    @Test
    void listsAnOfficesOwnLetters() throws Exception {
        var own = letters.relayed("dupont", "bakkerij@client.example");
        letters.relayed("peeters", "other@client.example");
        var page = world.get(As.READER, "/o/dupont/log");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.page())
                .contains("/o/dupont/log/" + own, "bakkerij@client.example", "Invoices", "R-1042", "jan@dupont.example", ">sent<")
                .contains("Cabinet Dupont<small class=\"below\">office@dupont.example")
                .doesNotContain("other@client.example", "SECRET");
    }

    @Test
    void showsOperatorsTheLettersOfAllOffices() throws Exception {
        letters.relayed("dupont", "one@client.example");
        letters.relayed("peeters", "two@client.example");
        assertThat(world.get(As.VIEWER, "/log").page()).contains("one@client.example", "two@client.example",
                "<td data-label=\"Office\">peeters</td>");
        assertThat(world.get(As.ADMIN, "/log").status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, "/o/peeters/log").status()).isEqualTo(404);
    }

    @Test
    void findsByAddressDomainAndDay() throws Exception {
        letters.relayed("dupont", "one@client.example");
        letters.relayed("dupont", "two@other.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/log?address=two%40other.example").page()).contains("two@other.example")
                .doesNotContain("one@client.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/log?address=%40client.example").page()).contains("one@client.example")
                .doesNotContain("two@other.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/log?address=client.example").page()).contains("one@client.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/log?since=2100-01-01").page()).contains("Nothing matches").doesNotContain("one@client.example");
    }

    @Test
    void refusesWhatIsNoAddressAndNoDay() {
        var page = world.get(As.ADMIN, "/o/dupont/log?address=hello%3Cscript%3E&since=yesterday");
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.page())
                .contains("<title>Error: ", "href=\"#address\"", "href=\"#since\"", "aria-invalid=\"true\"", "hello&lt;script&gt;")
                .doesNotContain("hello<script>");
        assertThat(world.get(As.ADMIN, "/o/dupont/log?address=a%00%40b.example").status()).isEqualTo(400);
    }

    @Test
    void goesToTheLetterWhoseIdWasTyped() throws Exception {
        var id = letters.relayed("dupont", "one@client.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/log?address=" + id).location()).isEqualTo("/o/dupont/log/" + id);
        assertThat(world.get(As.OPERATOR, "/log?address=" + id).location()).isEqualTo("/log/" + id);
    }

    @Test
    void leadsToOlderLetters() throws Exception {
        for (var i = 0; i < LogPage.LETTERS + 1; i++) {
            letters.accept("dupont", "client" + i + "@client.example");
            world.time.advance(Duration.ofSeconds(1));
        }
        var first = world.get(As.ADMIN, "/o/dupont/log?address=%40client.example").page();
        assertThat(first).contains("client50@client.example").doesNotContain("client0@client.example");
        var older = first.replaceFirst("(?s).*href=\"(/o/dupont/log[^\"]*after=[^\"]*)\".*", "$1").replace("&amp;", "&");
        assertThat(world.get(As.ADMIN, older).page()).contains("client0@client.example").doesNotContain("client50@client.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "nl"})
    void saysWhenThereIsNothing(String language) {
        world.language.set(language);
        assertThat(world.get(As.ADMIN, "/o/dupont/log").page()).contains(switch (language) {
            case "fr" -> "Aucun message pour l’instant.";
            case "nl" -> "Nog geen bericht.";
            default -> "No message yet.";
        });
        assertThat(world.get(As.OPERATOR, "/log").page()).contains("facteur send-test");
    }

    @Test
    void tellsTheLifeOfALetterAndWhyItWasDecidedSo() throws Exception {
        var letter = letters.accept("dupont", "nobody@client.example", "task", "R-1042", "from.shared", "context.role.empty", "v1", "v9");
        letters.end(letter, Recipient.Status.FAILED, Attempt.Result.PERM_FAILED, "550 5.1.1 <script>no such user</script>");
        var page = world.get(As.READER, "/o/dupont/log/" + letter.id()).page();
        assertThat(page)
                .contains("taken from the software “suite”", "try 1: refused for nobody@client.example", "could not be sent")
                .contains(QueuedLetters.PEER)
                .contains("<q lang=\"en\">550 5.1.1 &lt;script&gt;no such user&lt;/script&gt;</q>")
                .contains("because the client’s card names no one as the role asked for", "4 rules were looked at before")
                .contains("href=\"/o/dupont/history/1\"", "settings, version 1", "client’s card, version 9", "removed since")
                .contains("What it would get today", "the same addresses",
                        "/o/dupont/try?kind=task&amp;client=R-1042&amp;writer=jan%40dupont.example")
                .doesNotContain("SECRET", "<script>no");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "en|came back from gone@client.example|This address does not exist. Ask the client|came back<",
        "fr|revenu de gone@client.example|Cette adresse n’existe pas. Demandez|revenu<",
        "nl|teruggekomen van gone@client.example|Dit adres bestaat niet. Vraag|teruggekomen<"
    })
    void tellsInPlainWordsWhyALetterCameBack(String language, String step, String plain, String state) throws Exception {
        world.language.set(language);
        var id = letters.bounced("dupont", "gone@client.example");
        assertThat(world.get(As.READER, "/o/dupont/log").page()).contains(">" + state);
        assertThat(world.get(As.READER, "/o/dupont/log/" + id).page())
                .contains(">" + step + "<", "<p>" + plain, "<span lang=\"en\">mx.client.example</span>")
                .contains("<q lang=\"en\">550 5.1.1 &lt;script&gt;no such user&lt;/script&gt;</q>")
                .doesNotContain("<script>no");
    }

    /// What came later stands below, and the state at the end of its way isn't said as if it had been known then.
    @Test
    void tellsAllThatCameBackInOrderOfTime() throws Exception {
        var id = letters.relayed("dupont", "one@client.example");
        assertThat(world.get(As.READER, "/o/dupont/log/" + id).page()).contains("<li>\n<p><span class=\"state ok\">sent<");
        letters.take("dupont", id, NewReturn.Kind.REPORT, "<>", said(0, "one@client.example", Action.DELAYED, "4.4.1"));
        letters.take("dupont", id, NewReturn.Kind.REPORT, "<>", said(0, "one@client.example", Action.RELAYED, "2.0.0"));
        letters.take("dupont", id, NewReturn.Kind.AUTOMATIC, "<one@client.example>");
        letters.take("dupont", id, NewReturn.Kind.REPORT, "<>", said(0, "one@client.example", Action.DELIVERED, "2.0.0"));
        letters.take("dupont", id, NewReturn.Kind.READ, "<one@client.example>");
        letters.take("dupont", id, NewReturn.Kind.REPORT, "<>", said(NewReturn.UNKNOWN, "two@other.example", Action.FAILED, "5.2.2"));
        letters.take("dupont", id, NewReturn.Kind.UNREADABLE, "<>");
        letters.take("dupont", id, NewReturn.Kind.COMPLAINT, "<>");
        letters.take("dupont", id, NewReturn.Kind.REPLY, "<>");
        assertThat(world.get(As.READER, "/o/dupont/log/" + id).page()).containsSubsequence(
                "taken from", "try 1: sent to one@client.example", "not yet arrived at one@client.example", "handed on for one@client.example",
                "an automatic answer came from one@client.example", "arrived at one@client.example", "a read receipt came from one@client.example",
                "came back from two@other.example", "one of its recipients may have mail forwarded there. The mailbox is full.",
                "a report came that cannot be read automatically", "a complaint came", "a reply came from a mail system")
                .doesNotContain("<li>\n<p><span class=\"state ok\">arrived<");
        assertThat(world.get(As.READER, "/o/dupont/log").page()).contains(">arrived<");
    }

    private static NewReturn.Status said(int position, String address, Action action, String status) {
        return new NewReturn.Status(position, address, action, status, "", "mx.client.example", false);
    }

    @Test
    void saysWhatHasChangedSinceAndWhatItWouldGetToday() throws Exception {
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"responsible\"}");
        var saved = world.store.cards().put(
                new OfficeId("dupont"),
                RelationId.parse("R-1042").orElseThrow(),
                JsonReader.read("{\"name\":\"Bakkerij <Peeters>\",\"responsible\":[\"An Peeters <an@dupont.example>\"]}"),
                new Precondition.None(),
                new Author(Via.API, "suite", "", "", ""));
        assertThat(saved).isInstanceOf(ChangeResult.Changed.class);
        var id = letters.relayed("dupont", "one@client.example");
        var page = world.get(As.OPERATOR, "/log/" + id).page();
        assertThat(page)
                .contains("Bakkerij &lt;Peeters&gt; (R-1042)", "changed since: now version 2", "other addresses than then")
                .contains("An Peeters &lt;an@dupont.example&gt;", "because the client’s card names An Peeters");
    }

    @Test
    void hidesALetterOfAnotherOffice() throws Exception {
        var other = letters.relayed("peeters", "one@client.example");
        assertThat(world.get(As.ADMIN, "/o/dupont/log/" + other).status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, "/o/dupont/log/zzz").status()).isEqualTo(404);
        assertThat(world.get(As.ADMIN, "/log/" + other).status()).isEqualTo(404);
        assertThat(world.get(As.VIEWER, "/log/" + other).status()).isEqualTo(200);
    }
}
