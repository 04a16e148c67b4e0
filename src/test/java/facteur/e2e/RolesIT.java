package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facteur.admin.ReloadResult;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The six people that newer suites have on a client's card, from the file to the header, and a role that goes.
final class RolesIT {
    private static final String SIX = "roles: [partner, responsible, { name: senior, fr: Chef de dossier }, assistant, substitute, invoicing]\n";

    /// The names of people and clients hold what could write another header, or turn it around.
    private static final String CARDS = """
            relation,name,partner,responsible,senior,assistant,substitute,invoicing
            R-1,"Bakkerij \u202ENV, Bcc: eve@evil.example",,,Sen Ior <sen@o.example>,,,"In\u202E Voicing <inv@o.example>, two@o.example"
            R-2,,Par Tner <par@o.example>,,,,,
            """;

    /// The same in JSON, which can say any character.
    private static final String CARD = """
            {"name": "Bakkerij\\r\\nBcc: eve@evil.example", "invoicing": "\\"In\\r\\n Bcc: eve\\u202E\\u0085eve@evil.example Voicing\\" <inv@o.example>"}
            """;

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void anyListedRoleGetsRepliesAndOneThatIsInUseCantGo() throws IOException {
        var relay = new RelayFolder(folder)
                .configured(SIX)
                .office("dupont", "company: Own <own@o.example>\nreply-to: senior\ncontexts: { invoice: { reply-to: invoicing } }\n");
        var cards = Files.writeString(folder.resolve("offices").resolve("dupont.relations.csv"), CARDS);
        assertThat(Command.run(relay.config(), "check").err()).isEmpty();
        assertThat(Command.run(relay.config(), "explain", "--context", "invoice", "--relation", "R-1").out())
                .contains("In Voicing <inv@o.example>", "context.role");
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            var letter = accepted(app, "invoice", "R-1");
            assertThat(letter.replyToRule()).isEqualTo("context.role");
            Awaitility.await().untilAsserted(() -> assertThat(relay.state().resolve("captured")).isNotEmptyDirectory());
            assertThat(captured(relay)).contains("\r\nReply-To: In Voicing <inv@o.example>,").contains("two@o.example").doesNotContain("evil",
                    "Bakkerij");
            assertThat(accepted(app, "none", "R-1")).extracting(MailEvent.Accepted::replyTo, MailEvent.Accepted::replyToRule)
                    .containsExactly("sen@o.example", "general.role");
            assertThat(accepted(app, "invoice", "R-2").replyToRule()).isEqualTo("context.role.empty");

            relay.edited(", substitute, invoicing]", ", substitute, invoices]");
            assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class, refused -> assertThat(refused.problems()).satisfiesExactly(
                    csv -> assertThat(csv).contains("facteur.yaml: roles: ", "dupont.relations.csv:1: invoicing: unknown column"),
                    yaml -> assertThat(yaml)
                            .contains("dupont.yaml:3: contexts.invoice.reply-to: 'invoicing' is not one of general, sender, partner,")));
            assertThat(accepted(app, "invoice", "R-1").replyToRule()).describedAs("the old roles stay").isEqualTo("context.role");
            var check = Command.run(relay.config(), "check");
            assertThat(check.exitCode()).isEqualTo(78);
            assertThat(check.err() + check.out()).contains("dupont.yaml:3: ", "dupont.relations.csv:1: ");

            relay.office("dupont", "company: Own <own@o.example>\nreply-to: senior\ncontexts: { invoice: { reply-to: invoices } }\n");
            Files.writeString(cards, CARDS.replace("invoicing", "invoices"));
            assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class, applied -> {
                assertThat(applied.changed()).anyMatch(key -> key.startsWith("roles"));
                assertThat(applied.troubles()).isEmpty();
            });
            assertThat(accepted(app, "invoice", "R-1")).extracting(MailEvent.Accepted::replyTo, MailEvent.Accepted::replyToRule)
                    .containsExactly("inv@o.example,two@o.example", "context.role");
        }
    }

    /// A service can't list its offices: what it answered for letters is all there is to know.
    @Test
    void aRoleThatAServiceAnsweredIsInUse() throws IOException {
        var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/offices/dupont", exchange -> answer(exchange, "{\"company\": \"Own <own@o.example>\", \"reply-to\": \"invoicing\"}"));
        service.createContext("/offices/dupont/relations/R-1", exchange -> answer(exchange, CARD));
        service.start();
        var relay = new RelayFolder(folder).configured(
                SIX + "settings: { source: http, http: { url: \"http://127.0.0.1:%d\" } }\n".formatted(service.getAddress().getPort()));
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(accepted(app, "none", "R-1")).extracting(MailEvent.Accepted::replyTo).isEqualTo("inv@o.example");
            Awaitility.await().untilAsserted(() -> assertThat(relay.state().resolve("captured")).isNotEmptyDirectory());
            assertThat(captured(relay)).contains("\r\nReply-To: \"In Bcc: eve Voicing\" <inv@o.example>\r\n").doesNotContain("Bakkerij", "evil");
            relay.edited(", invoicing]", "]");
            assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class, refused -> assertThat(refused.problems()).satisfiesExactly(
                    card -> assertThat(card).contains("office dupont: relations.R-1: 'invoicing' is not one of partner, responsible,"),
                    office -> assertThat(office).contains("office dupont: reply-to: 'invoicing' is not one of partner, responsible,")));
            relay.edited("substitute]", "substitute, invoicing, tax]");
            assertThat(daemon.reload()).isInstanceOf(ReloadResult.Applied.class);
            assertThat(accepted(app, "none", "R-1")).extracting(MailEvent.Accepted::replyTo).isEqualTo("inv@o.example");
        } finally {
            service.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length());
            exchange.getResponseBody().write(json.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String captured(RelayFolder relay) throws IOException {
        try (var files = Files.list(relay.state().resolve("captured"))) {
            var first = files.filter(file -> file.toString().endsWith(".eml")).findFirst().orElseThrow();
            return Files.readString(first, StandardCharsets.US_ASCII);
        }
    }

    private MailEvent.Accepted accepted(AppConnection app, String context, String relation) throws IOException {
        var letter = "X-Context: " + context + "\r\nX-Relation-Id: " + relation + "\r\nFrom: jan@o.example\r\n\r\nGood day!\r\n";
        assertThat(app.submit("<jan@o.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.US_ASCII)).toString())
                .startsWith("250 ");
        return journal.events(MailEvent.Accepted.class).getLast();
    }
}
