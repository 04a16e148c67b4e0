package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.AriaRole;
import facteur.fixture.PostgresExtension;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL.
@Timeout(90)
final class NodesBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @TempDir
    private Path temp;

    private RelayFolder node(String name) {
        return new RelayFolder(temp.resolve(name)).configured(ConsoleDaemon.lines("")
                + "spool: { url: \"" + POSTGRES.url() + "\", user: postgres }\n"
                + "upstreams: [{ name: out, kind: discard }]\n");
    }

    /// The second that is promised is a second of a machine that is not busy with other tests: a node looks twice in it.
    @Test
    @DisplayName("3: saved on one node, a letter to the other goes by it")
    void aLetterToTheOtherNodeGoesByWhatWasSaved() throws IOException, SQLException {
        var journal = new RecordingJournal();
        try (var console = ConsoleDaemon.start(node("first"), temp, POSTGRES.settings()); var other = node("second").start(journal)) {
            ConsoleDaemon.send(other, "X-Relation-Id: R-1042\r\n");
            assertThat(lastRule(journal)).isEqualTo("general.company");
            var tab = console.open(BROWSER, Look.DESK, As.ADMIN, "/o/dupont/mail");
            tab.page().locator("input[name=reply][value=responsible]").check();
            tab.named(AriaRole.BUTTON, "Save").click();
            assertThat(tab.page().locator("#message").textContent()).contains("Saved as version 43.");
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                ConsoleDaemon.send(other, "X-Relation-Id: R-1042\r\n");
                return lastRule(journal).equals("general.role");
            });
            tab.assertClean();
            tab.close();
        }
    }

    private static String lastRule(RecordingJournal journal) {
        return journal.events(MailEvent.Accepted.class).getLast().replyToRule();
    }
}
