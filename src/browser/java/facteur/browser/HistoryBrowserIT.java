package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The history of an office, and what is tried before it is believed.
@Timeout(60)
final class HistoryBrowserIT {
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

    static List<Look> withAndWithoutScript() {
        return List.of(Look.DESK, Look.DESK.withoutScript());
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("17, 18: a restored version is a new one, said before and taken back after")
    void restoresAndTakesBack(Look look) throws SQLException, IOException {
        var letter = console.send("X-Context: task\r\nX-Relation-Id: R-1042\r\n");
        assertThat(letter).isNotEmpty();
        var before = console.settings();
        var tab = console.open(BROWSER, look, As.ADMIN, "/o/dupont/history/41/restore");
        assertThat(tab.page().locator("main")).containsText("Of 1 messages since");
        assertThat(tab.page().locator("table").first()).containsText("What changes");
        tab.assertClean();
        tab.page().locator("#note").fill("as it was");
        tab.named(AriaRole.BUTTON, "Restore as version 43").click();
        assertThat(tab.page().locator("#message")).containsText("Saved as version 43. It counts from now on.");
        assertThat(console.settings()).isNotEqualTo(before);
        tab.assertClean();
        tab.page().locator("#message button").click();
        assertThat(tab.page().locator("#message")).containsText("Saved as version 44.");
        assertThat(console.settings()).isEqualTo(before);
        assertThat(tab.page().locator("tbody tr").first()).containsText("Takes back what came from version 43 on.");
    }

    @Test
    @DisplayName("19: who, by which app, and why; nothing of it can be edited")
    void namesWhoAndWhy() throws SQLException {
        var tab = console.open(BROWSER, Look.DESK, As.READER, "/o/dupont/history");
        assertThat(tab.page().locator("table.versions")).containsText("Jan Janssens (suite)");
        assertThat(tab.page().locator("main input, main textarea, main button")).hasCount(0);
        tab.page().locator("tbody tr").first().getByRole(AriaRole.LINK).first().click();
        assertThat(tab.page().locator("h1")).hasText("Version 42");
        tab.page().locator("details summary").click();
        assertThat(tab.page().locator("details")).containsText("reply-to");
    }

    @Test
    void triesAMessage() throws SQLException {
        var tab = console.open(BROWSER, Look.DESK, As.READER, "/o/dupont/try");
        tab.page().locator("#kind").fill("invoice");
        tab.page().locator("#client").fill("R-1042");
        tab.named(AriaRole.BUTTON, "Try").click();
        assertThat(tab.page().locator("#result")).containsText("An Peeters");
        assertThat(tab.page().locator("table.rules").last()).containsText("decides");
        tab.page().locator("summary", new Page.LocatorOptions().setHasText("paste a header")).click();
        tab.page().locator("#header").fill("From: jan@dupont.example\nX-Context: task\n");
        tab.named(AriaRole.BUTTON, "Try this header").click();
        assertThat(tab.page().locator("#result")).containsText("tasks@dupont.example");
    }
}
