package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What comes back, on the page of mail settings of a relay that takes it in.
@Timeout(60)
final class MailReturnsBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void isChosenSavedAndTakenBackAndFitsANarrowPageInEachLanguage(@TempDir Path folder) throws IOException, SQLException {
        var relay = new RelayFolder(folder)
                .configured(ConsoleDaemon.lines("") + "returns: { domain: return.shared.example, replies: reply.shared.example, tell: company }\n");
        try (var console = ConsoleDaemon.start(relay, folder)) {
            var mail = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
            mail.choose("replies", "late");
            mail.page().locator("#tell").selectOption("none");
            mail.page().locator("#notice-language").selectOption("fr");
            mail.unfold("invoice");
            mail.page().locator("select[name='kind.invoice.replies']").selectOption("direct");
            mail.tab().assertAccessible();
            mail.save();
            assertThat(mail.message()).containsText("Saved as version 43.");
            assertThat(console.settings().toString())
                    .contains("\"replies\":\"direct\"", "\"replies\":\"late\"", "\"returns\":{\"language\":\"fr\",\"tell\":\"none\"}");
            assertThat(mail.page().locator("#tell option:checked")).hasText("No one");
            assertThat(mail.page().locator("#known-bad option:checked")).hasText("Standard: Send them, and note it in the log");
            mail.page().locator("#tell").selectOption("");
            mail.page().locator("#notice-language").selectOption("");
            mail.save();
            assertThat(mail.message()).containsText("Saved as version 44.");
            assertThat(console.settings().toString()).doesNotContain("returns");
            fits(console, "fr");
            fits(console, "nl");
        }
    }

    private static void fits(ConsoleDaemon console, String language) throws SQLException {
        var mail = MailTab.open(console, BROWSER, Look.NARROW.in(language), As.READER);
        var words = Words.of(mail.page(), language);
        assertThat(words.keys()).isEmpty();
        assertThat(words.english()).isEmpty();
        mail.tab().assertNoSidewaysScroll();
        mail.tab().assertAccessible();
    }
}
