package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.console.ConsoleWorld.Reply;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.store.Author;
import facteur.store.Precondition;
import facteur.store.Via;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a change would do, to examples and to past messages. Nothing is saved.
final class MailPreviewTest {
    private static final String PAGE = "/o/dupont/mail";
    private static final OfficeId DUPONT = new OfficeId("dupont");

    @TempDir
    private Path folder;

    private ConsoleWorld world;

    @BeforeEach
    void open() throws SQLException, IOException, JsonException {
        world = new ConsoleWorld(folder);
        card("R-1042", "{\"name\":\"Bakkerij Peeters\",\"responsible\":[\"An Peeters <an@dupont.example>\"]}");
        card("R-1043", "{\"name\":\"Garage <Claes>\",\"collaborator\":[\"Jan Janssens <jan@dupont.example>\"]}");
    }

    private void card(String relation, String json) throws SQLException, JsonException {
        var _ = world.store.cards().put(
                DUPONT, RelationId.parse(relation).orElseThrow(), JsonReader.read(json), new Precondition.None(),
                new Author(Via.API, "suite", "", "", ""));
    }

    @AfterEach
    void close() throws SQLException {
        assertThat(world.store.settings().office(DUPONT).orElseThrow().settingsAt()).isEqualTo(1);
        world.close();
    }

    /// As htmx sends it.
    private Reply part(String path, String... fields) {
        var body = new ArrayList<>(List.of("version=1"));
        for (var i = 0; i < fields.length; i += 2) {
            body.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return world.ask("POST", PAGE + path, Map.of(
                "Host", "localhost",
                "Cookie", "facteur=ADMIN",
                "HX-Request", "true",
                "Sec-Fetch-Site", "same-origin",
                "Content-Type", "application/x-www-form-urlencoded"), String.join("&", body));
    }

    private static String letter(Reply reply, String kind) {
        var start = reply.page().indexOf("id=\"kind." + kind + ".preview\"");
        return reply.page().substring(start, reply.page().indexOf("</li>", start)).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void showsWhatIsWithoutAChange() {
        var page = world.get(As.ADMIN, PAGE);
        assertThat(letter(page, "")).contains(
                "From Cabinet Dupont inbox@relay.example Replies go to Cabinet Dupont office@dupont.example Because that is the general setting.");
        assertThat(page.page()).contains("value=\"Bakkerij Peeters (R-1042)\"").doesNotContain("class=\"badge\">changes");
    }

    @Test
    void showsWhatIsAndWhatWouldBe() {
        var reply = part("/preview", "reply", "responsible", "client", "Bakkerij Peeters (R-1042)", "kind.task.reply", "general");
        assertThat(letter(reply, "")).contains(
                "General changes", "now Cabinet Dupont office@dupont.example", "with your change An Peeters an@dupont.example",
                "Because the client’s card names An Peeters as the person responsible.");
        assertThat(letter(reply, "task")).doesNotContain("changes").contains("Because replies to this kind of message go to your company.");
        assertThat(letter(reply, "invoice")).contains("changes");
        assertThat(reply.page()).contains("data-said=\"2 examples change.\"").doesNotContain("<html");
    }

    @Test
    void showsTheAddressOfTheRelayWhereItPassesRepliesOn() {
        world.returns("{ domain: return.example.org, replies: reply.example.org }");
        var reply = part("/preview", "reply", "responsible", "client", "R-1042", "replies", "late", "kind.task.replies", "direct");
        assertThat(letter(reply, "")).contains("with your change An Peeters an@dupont.example Clients see now Cabinet Dupont office@dupont.example "
                + "with your change An Peeters, Cabinet Dupont …@reply.example.org");
        assertThat(letter(reply, "task")).contains("changes").doesNotContain("Clients see");
        assertThat(letter(part("/preview", "replies", "late"), "")).contains(
                "General changes", "Replies go to Cabinet Dupont office@dupont.example Clients see",
                "with your change Cabinet Dupont …@reply.example.org");
        assertThat(part("/preview", "replies", "direct", "tell", "none").page()).contains("No example changes.");
    }

    @Test
    void findsAClientByNumberNameOrBoth() {
        for (var typed : List.of("R-1043", "garage", "Garage <Claes> (R-1043)", "(R-1043)")) {
            assertThat(letter(part("/preview", "reply", "collaborator", "client", typed), "")).as(typed).contains("jan@dupont.example");
        }
        var unknown = part("/preview", "reply", "collaborator", "client", "<nobody>");
        assertThat(unknown.page()).contains("No client matches “&lt;nobody&gt;”.");
        assertThat(letter(unknown, "")).contains("names no one as collaborator");
    }

    @Test
    void saysWhoWrote() {
        assertThat(letter(part("/preview", "reply", "sender", "writer", "\"Janssens, Jan\" <jan@dupont.example>"), ""))
                .contains("Janssens, Jan jan@dupont.example");
        assertThat(letter(part("/preview", "reply", "sender", "writer", ""), "")).contains("Because it is not known who wrote.");
        assertThat(letter(part("/preview", "reply", "sender", "writer", "\r\nX-Context: invoice"), "")).contains("it is not known who wrote");
    }

    @Test
    void saysWhyAnAddressIsNotUsed() {
        var reply = part("/preview", "from", "own", "from-address", "jan@new.example");
        assertThat(letter(reply, "")).contains("inbox@relay.example", "because the domain new.example has not been added", "Verify new.example");
        assertThat(reply.page()).contains("href=\"/o/dupont/domains\"", "<p class=\"state bad\" id=\"from-address-state\" hx-swap-oob=\"true\">");
        assertThat(letter(part("/preview", "from", "own", "from-address", "jan@new.example", "unverified", "refuse"), ""))
                .contains("would be refused: the domain new.example has not been added");
    }

    @Test
    void staysAsItWasWhileAFieldIsWrong() {
        var reply = part("/preview", "from", "own", "from-address", "jan@gmail.com");
        assertThat(reply.fields()).containsEntry("HX-Retarget", "#preview-problem");
        assertThat(reply.page()).contains("Complete the form", "Anyone can have an address at gmail.com").doesNotContain("<li");
    }

    @Test
    void isAWholePageWithoutScript() {
        var reply = world.post(As.ADMIN, PAGE + "/preview", "version", "1", "reply", "sender", "company-name", "Typed", "writer",
                "Jan <jan@dupont.example>");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.page()).contains("<html", "Not saved yet.", "value=\"Typed\"");
        assertThat(letter(reply, "")).contains("with your change");
    }

    @Test
    void triesAChangeOnPastMessages() throws Exception {
        try (var letters = new QueuedLetters(world, folder)) {
            for (var i = 0; i < 6; i++) {
                world.time.advance(Duration.ofMinutes(1));
                letters.accept("dupont", "client@example.com", i % 2 == 0 ? "invoice" : "question", "R-1042", "from.shared", "general.company", "v1",
                        "");
            }
        }
        var reply = part("/replay", "reply", "responsible", "kind", "question", "kind.question.reply", "general");
        assertThat(reply.page().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ")).contains(
                "Of 6 messages since 23 November 2026, 3 stay the same and 3 change.",
                "3 messages: Invoices",
                "Replies go to: An Peeters &lt;an@dupont.example&gt; instead of Cabinet Dupont &lt;office@dupont.example&gt;");
        assertThat(reply.page()).contains("href=\"/o/dupont/log/");
        var seen = world.get(As.ADMIN, PAGE).page();
        assertThat(seen).contains("Seen in the last 30 days but not set here: question (3 messages)", "value=\"add:question\"")
                .doesNotContain("invoice (");
        assertThat(world.post(As.ADMIN, PAGE, "version", "1", "act", "add:question").page()).contains("id=\"kind.question.box\" open");
        world.time.advance(Duration.ofDays(31));
        assertThat(world.get(As.ADMIN, PAGE).page()).doesNotContain("Seen in the last 30 days");
    }

    @Test
    void saysThatThereAreNoPastMessages() {
        assertThat(part("/replay", "reply", "sender").page()).contains("There are no past messages to try this on.");
        assertThat(part("/replay", "from", "own", "from-address", "").page()).contains("Complete the form", "Give an e-mail address.");
        assertThat(world.post(As.ADMIN, PAGE + "/replay", "version", "1", "reply", "sender").page()).contains("<html", "There are no past messages");
    }

    @Test
    void countsEmptyRolesAndPeopleWhoAreNotListed() throws SQLException {
        assertThat(world.get(As.ADMIN, PAGE).page())
                .contains("Person responsible: empty on 1 of 2 cards.", "Partner: empty on 2 of 2 cards.")
                .doesNotContain("not in your list of people");
    }
}
