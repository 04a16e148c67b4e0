package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import facteur.access.Totp;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Signing in and out.
@Timeout(60)
final class SignInBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String PASSWORD = "vier woorden op rij";

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        var lines = ConsoleDaemon.lines("").replace("second-step: none", "second-step: operators");
        console = ConsoleDaemon.start(new RelayFolder(folder).configured(lines), folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    @DisplayName("33: by keyboard alone: a wrong password, the right one, the second step, out again; and Back shows nothing")
    void byKeyboardAlone() throws SQLException {
        var tab = BROWSER.open(Look.DESK);
        var page = tab.page();
        tab.go(console.url("/password/" + console.persons().reset(As.OPERATOR.login()).orElseThrow().text()));
        tab.assertClean();
        tab.fill("#password", PASSWORD);
        tab.press("Enter");
        assertThat(tab.named(AriaRole.HEADING, "Sign in")).isVisible();
        assertThat(page.locator("#message")).isFocused();
        tab.assertClean();

        tab.go(console.url("/me"));
        tab.fill("#login", "olga");
        tab.fill("#password", "not this one");
        tab.press("Enter");
        assertThat(page.locator("#problems")).isFocused();
        assertThat(page.title()).startsWith("Error: ");
        assertThat(page.locator("#problems")).containsText("Name or password is wrong.");
        tab.assertClean();
        tab.press("Tab");
        tab.press("Enter");
        assertThat(page.locator("#login")).isFocused();
        assertThat(page.locator("#login")).hasValue("olga");
        tab.fill("#password", PASSWORD);
        tab.press("Enter");

        assertThat(tab.named(AriaRole.HEADING, "Set up your second step")).isVisible();
        tab.assertClean();
        var secret = console.persons().secondSteps().secret(As.OPERATOR.login()).orElseThrow();
        assertThat(page.locator("details code").textContent().replace(" ", "")).isEqualTo(secret.base32());
        tab.fill("#code", Totp.code(secret, Instant.now()));
        tab.press("Enter");
        assertThat(tab.named(AriaRole.HEADING, "Your recovery codes")).isVisible();
        tab.assertClean();
        tab.tabTo("a.button.main");
        tab.press("Enter");
        assertThat(page).hasURL(console.url("/me"));
        assertThat(page.locator("header")).containsText("Olga Operator");
        tab.assertClean();

        tab.tabTo("form[action='/sign-out'] button");
        tab.press("Enter");
        assertThat(page.locator("#message")).containsText("You are signed out.");
        assertThat(tab.cookie("facteur")).isEmpty();
        page.goBack();
        assertThat(page.locator("body")).not().containsText("Olga Operator");
        assertThat(page.content()).doesNotContain("Olga Operator");
    }
}
