package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import facteur.fixture.Act;
import facteur.fixture.Command;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedDns;
import facteur.fixture.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Makes the pictures of the documentation, when asked to by `-Dscreenshots=true`: they change with each letter of a page.
@EnabledIfSystemProperty(named = "screenshots", matches = "true")
@Timeout(120)
final class PicturesBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final Look WINDOW = Look.DESK.sized(1120, 860);
    private static final int LETTERS = 14;

    private ScriptedDns dns;
    private ScriptedUpstream upstream;
    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path place) throws Exception {
        dns = ScriptedDns.start();
        upstream = ScriptedUpstream.start().when("CONNECT", Act.say("421 4.3.2 Down for repair until noon"));
        var folder = new RelayFolder(place).configuredWith(
                Map.of("domains", "{ trusted: [dupont.example], resolvers: [\"" + dns.resolver() + "\"], timeout: 2s }"),
                ConsoleDaemon.lines("") + "upstreams: [{ name: smarthost, kind: smtp, address: \"127.0.0.1:" + upstream.port()
                        + "\", tls: none }]\n");
        console = ConsoleDaemon.start(folder, place);
    }

    @AfterEach
    void stop() {
        console.close();
        upstream.close();
        dns.close();
    }

    private Tab open(Look look, As as, String path) throws SQLException {
        return console.open(BROWSER, look, as, path);
    }

    @Test
    void mail() throws SQLException {
        for (var language : new String[] {"en", "fr", "nl"}) {
            var mail = MailTab.open(console, BROWSER, WINDOW.in(language), As.ADMIN);
            mail.page().locator("#client").fill("R-1042");
            mail.choose("reply", "responsible");
            assertThat(mail.page().locator("#preview del").first()).isVisible();
            Screenshots.take(mail.tab(), named("mail", language));
            mail.tab().close();
        }
        var mail = MailTab.open(console, BROWSER, WINDOW.sized(1120, 480), As.ADMIN);
        mail.choose("reply", "responsible");
        var _ = mail.save();
        assertThat(mail.message()).isVisible();
        Screenshots.take(mail.tab(), "saved");
    }

    @Test
    void domain() throws SQLException {
        var tab = open(WINDOW, As.ADMIN, "/o/dupont/domains");
        tab.page().locator("#domain").fill("dupont-fisc.example");
        tab.named(AriaRole.BUTTON, "Add").click();
        assertThat(tab.page().locator("h1")).hasText("Domain dupont-fisc.example");
        dns.txt(
                tab.page().locator(".record small code").first().textContent(),
                tab.page().locator(".record code.value").first().textContent());
        tab.named(AriaRole.BUTTON, "Check now").click();
        assertThat(tab.page().locator(".record .finding").first()).containsText("found: right");
        for (var language : new String[] {"en", "fr", "nl"}) {
            var other = open(WINDOW.in(language), As.ADMIN, "/o/dupont/domains/dupont-fisc.example");
            Screenshots.take(other, named("domain", language));
            other.close();
        }
    }

    @Test
    void history() throws SQLException {
        var mail = MailTab.open(console, BROWSER, WINDOW, As.ADMIN);
        mail.choose("reply", "responsible");
        mail.page().locator("#note").fill("An Peeters answers her clients herself");
        var _ = mail.save();
        Screenshots.take(open(WINDOW, As.ADMIN, "/o/dupont/history"), "history");
    }

    @Test
    void importOfClients() throws SQLException {
        var tab = open(WINDOW.sized(1120, 700), As.OTHER, "/o/martin/clients/import");
        tab.page().locator("#file").setInputFiles(new FilePayload("clients.csv", "text/csv", """
                relation;name;collaborator;responsible
                R-1042;Bakkerij Peeters;Jan Janssens <jan@martin.example>;An Peeters <an@martin.example>
                R-1043;Garage Claes;An Peeters <an@martin.example>;
                R-1044;Fleuriste Mertens;;jan.martin.example
                """.getBytes(StandardCharsets.UTF_8)));
        tab.named(AriaRole.BUTTON, "Show what would change").click();
        assertThat(tab.page().locator("h1")).hasText("What the file would change");
        Screenshots.take(tab, "import");
    }

    @Test
    void operators() throws Exception {
        var id = "";
        for (var i = 0; i < LETTERS; i++) {
            id = console.send("X-Context: invoice\r\nX-Relation-Id: R-1042\r\n");
        }
        await().until(() -> Command.run(console.folder().config(), "queue", "list").out().contains(LETTERS + " deferred"));
        Screenshots.take(open(WINDOW, As.ADMIN, "/o/dupont/log/" + id), "letter");
        Screenshots.take(open(WINDOW, As.OPERATOR, "/queue"), "queue");
        Screenshots.take(open(WINDOW.sized(1120, 560), As.OPERATOR, "/upstreams"), "upstreams");
    }

    private static String named(String page, String language) {
        return language.equals("en") ? page : page + "." + language;
    }
}
