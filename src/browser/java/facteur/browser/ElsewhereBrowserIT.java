package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Settings that are kept in files.
@Timeout(60)
final class ElsewhereBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        var lines = ConsoleDaemon.lines("").replace("source: store", "source: files");
        console = ConsoleDaemon.startBare(new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(lines));
        var _ = console.send("X-Context: invoice\r\nX-Relation-Id: R-1042\r\n");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    /// What is left are forms that look something up, and the ones of the frame.
    @Test
    @DisplayName("40: settings in files: the same pages say so, and none of their forms saves")
    void pagesAreThereToRead() throws SQLException {
        var tab = console.open(BROWSER, Look.DESK, As.ADMIN, MailTab.PATH);
        assertThat(tab.page().locator("h1")).hasText("Mail settings of Cabinet Dupont");
        for (var path : new String[] {MailTab.PATH, "/o/dupont/people", "/o/dupont/clients"}) {
            tab.go(console.url(path));
            assertThat(tab.page().locator("main")).containsText(Pattern.compile("kept outside (of )?this console \\(files\\)"));
            assertThat(tab.page().locator("main form[method=post]").count()).as(path).isZero();
            tab.assertAccessible();
        }
        tab.go(console.url("/o/dupont/log"));
        assertThat(tab.page().locator("main")).containsText("Invoices");
        var answer = tab.page().evaluate("""
                async () => (await fetch('/o/dupont/mail', {method: 'POST', body: new URLSearchParams({version: '1', reply: 'sender'})})).status""");
        assertThat((Integer) answer).isBetween(400, 499);
    }
}
