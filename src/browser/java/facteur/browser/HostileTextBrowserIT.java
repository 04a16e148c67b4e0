package facteur.browser;

import static facteur.fixture.Act.say;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.office.RelationId;
import facteur.store.Author;
import facteur.store.Precondition;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Text of others on our pages.
@Timeout(120)
final class HostileTextBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String SCRIPT = "<script>window.hasRun = true</script>";
    private static final String IMAGE = "\"><img src=x onerror=\"window.hasRun = true\">";
    private static final String TURNED = "\u202Etxt.exe";
    private static final Author STRANGER = new Author(Via.API, SCRIPT, IMAGE, "192.0.2.1", SCRIPT + TURNED);

    private ScriptedUpstream upstream;
    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        upstream = ScriptedUpstream.start();
        upstream.when("RCPT TO:", say("550 5.1.1 " + SCRIPT + IMAGE));
        console = ConsoleDaemon.start(new RelayFolder(folder).relayingTo(upstream.port(), ConsoleDaemon.lines("")), folder);
    }

    @AfterEach
    void stop() {
        console.close();
        upstream.close();
    }

    @Test
    @DisplayName("29: <script>, \"><img onerror> and U+202E in names, kinds, relations and hosts' replies are text everywhere")
    void isTextEverywhere() throws SQLException, IOException {
        console.put(ConsoleDaemon.DUPONT, ConsoleDaemon.json("""
                {"company": "\\"SCRIPT\\" <office@dupont.example>", "reply-to": "company",
                 "contexts": {"KIND": {"reply-to": "sender"}}, "users": ["\\"SCRIPT\\" <jan@dupont.example>"]}"""
                .replace("SCRIPT", SCRIPT).replace("KIND", IMAGE.replace("\"", "\\\""))), STRANGER);
        var _ = console.store().cards().put(ConsoleDaemon.DUPONT, new RelationId("<i>R-1</i>"),
                ConsoleDaemon.json("{\"name\": \"" + SCRIPT + TURNED + "\", \"partner\": [\"\\\"" + SCRIPT + "\\\" <p@dupont.example>\"]}"),
                new Precondition.None(), STRANGER);
        var _ = console.send("X-Context: " + IMAGE + "\r\nX-Relation-Id: <i>R-1</i>\r\n");
        var _ = console.send("X-Context: " + SCRIPT + "\r\n");
        console.journal().await(MailEvent.Bounced.class, 2);
        assertNothingRuns(As.ADMIN, List.of("/o/dupont/"));
        assertNothingRuns(As.OPERATOR, List.of("/"));
    }

    private void assertNothingRuns(As as, List<String> places) throws SQLException {
        var tab = BROWSER.open(Look.DESK);
        console.signIn(tab, as);
        var paths =
                Crawl.through(tab, console.url("/me"), path -> path.equals("/me") || places.stream().anyMatch(path::startsWith), (path, status) -> {
                    assertThat(tab.page().evaluate("() => window.hasRun === undefined")).as(path).isEqualTo(true);
                    assertThat(tab.page().locator("img, script:not([src]), i:has-text('R-1')").count()).as(path).isZero();
                    assertThat(tab.page().title() + tab.page().locator("body").innerText()).as(path).doesNotContain("\u202E");
                });
        assertThat(paths).hasSizeGreaterThan(5);
        assertThat(tab.messages()).isEmpty();
        tab.close();
    }
}
