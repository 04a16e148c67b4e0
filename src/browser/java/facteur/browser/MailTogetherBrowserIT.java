package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import facteur.access.PasswordResult;
import facteur.platform.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Mail settings that more than one person changes, sessions that end meanwhile, and second thoughts.
@Timeout(60)
final class MailTogetherBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String PASSWORD = "vier woorden op rij";

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        console = ConsoleDaemon.start(folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    static Stream<Look> withAndWithoutScript() {
        return Stream.of(Look.DESK, Look.DESK.withoutScript());
    }

    @Test
    @DisplayName("15: two browsers save different fields, and both are kept")
    void differentFieldsAreBothKept() throws SQLException {
        var jan = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
        var an = MailTab.open(console, BROWSER, Look.DESK, As.COLLEAGUE);
        an.fill("company-name", "Cabinet Dupont & fils");
        an.save();
        assertThat(an.message()).containsText("Saved as version 43.");
        jan.choose("reply", "sender");
        jan.save();
        assertThat(jan.message()).containsText("Saved as version 44.");
        assertThat(console.settings().toString()).contains("Cabinet Dupont & fils").contains("\"reply-to\":\"sender\",\"users\"");
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("15, 39: two browsers save the same field: mine or theirs is chosen, and saved")
    void ofTheSameFieldOneIsChosen(Look look) throws SQLException {
        var jan = MailTab.open(console, BROWSER, look, As.ADMIN);
        var an = MailTab.open(console, BROWSER, Look.DESK, As.COLLEAGUE);
        an.choose("reply", "partner");
        an.fill("company-name", "Cabinet Dupont & fils");
        an.save();
        assertThat(an.message()).isVisible();
        jan.choose("reply", "sender");
        assertThat(jan.save().status()).isEqualTo(409);
        assertThat(jan.problems()).containsText("an saved version 43 in the meantime.");
        assertThat(jan.page().locator("main")).not().containsText("Name of your company");
        jan.tab().assertClean();
        jan.page().locator("input[value=mine]").check();
        assertThat(jan.save().status()).isEqualTo(303);
        assertThat(jan.message()).containsText("Saved as version 44.");
        assertThat(console.settings().toString()).contains("Cabinet Dupont & fils").contains("\"reply-to\":\"sender\",\"users\"");
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("16, 39: a session that has ended meanwhile: the form is saved as it was typed, after signing in")
    void nothingTypedIsLostWithTheSession(Look look) throws SQLException {
        var ticket = console.persons().reset(As.ADMIN.login()).orElseThrow();
        assertThat(console.persons().setPassword(ticket.text(), PASSWORD)).isInstanceOf(PasswordResult.Set.class);
        var mail = MailTab.open(console, BROWSER, look, As.ADMIN);
        mail.fill("company-name", "Cabinet “Dupont” & fils");
        mail.choose("reply", "responsible");
        mail.fill("note", "As agreed on Monday");
        assertThat(console.sessions().endAll(console.persons().find(As.ADMIN.login()).orElseThrow().holder())).isOne();
        mail.save();
        assertThat(mail.tab().named(AriaRole.HEADING, "Sign in")).isVisible();
        assertThat(mail.page().locator("main")).containsText("Your session has ended.");
        mail.tab().assertClean();
        mail.fill("login", As.ADMIN.login());
        mail.fill("password", PASSWORD);
        mail.tab().named(AriaRole.BUTTON, "Sign in").click();
        if (!look.runsScript()) {
            mail.tab().assertAccessible();
            mail.tab().named(AriaRole.BUTTON, "Send it now").click();
        }
        assertThat(mail.message()).containsText("Saved as version 43.");
        assertThat(console.settings().toString()).contains("Cabinet “Dupont” & fils").contains("\"reply-to\":\"responsible\",\"users\"");
        assertThat(console.store().history().versions(ConsoleDaemon.DUPONT, OptionalLong.empty(), 1).getFirst().author().note())
                .isEqualTo("As agreed on Monday");
    }

    @Test
    @DisplayName("17: undo after saving: settings as before, as a third version that undoes")
    void undoBringsTheSettingsBack() throws SQLException {
        JsonValue before = console.settings();
        var mail = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
        mail.choose("reply", "sender");
        mail.save();
        mail.tab().named(AriaRole.BUTTON, "Undo this change").click();
        assertThat(mail.message()).containsText("Version 43 has been undone. The settings are as before, saved as version 44.");
        assertThat(console.settings()).isEqualTo(before);
        assertThat(console.store().history().versions(ConsoleDaemon.DUPONT, OptionalLong.empty(), 1).getFirst().undoes()).isEqualTo(43);
    }
}
