package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import facteur.fixture.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A change tried on past letters, held against `facteur explain`.
@Timeout(90)
final class ReplayBrowserIT {
    private static final int LETTERS = 500;
    private static final List<String> CLIENTS = List.of("R-1042", "R-1043", "R-1044", "R-9999");
    private static final List<String> KINDS = List.of("", "task", "invoice", "reminder", "question");
    private static final Pattern REPLY_TO = Pattern.compile("(?m)^Reply-To .*$");

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        console = ConsoleDaemon.start(folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private static String header(int letter) {
        var kind = KINDS.get(letter % KINDS.size());
        return (kind.isEmpty() ? "" : "X-Context: " + kind + "\r\n") + "X-Relation-Id: " + CLIENTS.get(letter / KINDS.size() % CLIENTS.size())
                + "\r\n";
    }

    /// There are twenty kinds of letters among them: of each, explain says what all get.
    @Test
    @DisplayName("13: counts of a replay of responsible → partner on 500 letters equal those of facteur explain on each")
    void countsAsExplainDoes() throws SQLException, IOException {
        var mail = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
        mail.choose("reply", "responsible");
        mail.save();
        assertThat(mail.message()).isVisible();
        for (var i = 0; i < LETTERS; i++) {
            var _ = console.send(header(i));
        }
        mail.choose("reply", "partner");
        mail.tab().named(AriaRole.BUTTON, "Try on the last 500 messages").click();
        var result = mail.page().locator("#replay .result");
        assertThat(result).isVisible();
        var said = result.textContent();
        var before = replies();
        mail.save();
        assertThat(mail.message()).containsText("version 44");
        var after = replies();
        var changed = 0;
        for (var i = 0; i < LETTERS; i++) {
            var kind = i % (KINDS.size() * CLIENTS.size());
            changed += before.get(kind).equals(after.get(kind)) ? 0 : 1;
        }
        assertThat(changed).isBetween(1, LETTERS - 1);
        assertThat(said).contains("Of " + LETTERS + " messages since ").contains((LETTERS - changed) + " stay the same and " + changed + " change.");
    }

    private List<String> replies() {
        var replies = new ArrayList<String>();
        for (var i = 0; i < KINDS.size() * CLIENTS.size(); i++) {
            var letter = "From: Jan Janssens <jan@dupont.example>\r\n" + header(i) + "\r\n";
            var explained = Command.runWithInput(letter, console.folder().config(), "explain");
            assertThat(explained.exitCode()).as(explained.err()).isZero();
            var reply = REPLY_TO.matcher(explained.out());
            assertThat(reply.find()).as(explained.out()).isTrue();
            replies.add(reply.group());
        }
        return replies;
    }
}
