package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Kinds of messages on the page of mail settings: added, seen, tried on past ones.
@Timeout(60)
final class MailKindsBrowserIT {
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

    @Test
    @DisplayName("11: a kind Reminder is shown as Reminders; adding reminder again is refused")
    void aKindIsAddedOnce() throws SQLException {
        var mail = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
        var add = mail.page().locator("button[name=act][value=add]");
        mail.fill("kind-add", "Reminder");
        add.click();
        var summary = mail.page().locator("details:has(input[name=kind][value=reminder]) summary");
        assertThat(summary).containsText("Reminders");
        assertThat(summary).isFocused();
        mail.tab().assertAccessible();
        mail.fill("kind-add", "reminder");
        add.click();
        assertThat(mail.page().locator("#kind-add-problem")).hasText("reminder is there already. Upper and lower case make no difference.");
        assertThat(mail.field("kind-add")).isFocused();
        mail.tab().assertAccessible();
        mail.fill("kind-add", "");
        assertThat(mail.save().status()).isEqualTo(303);
        assertThat(mail.message()).containsText("Saved as version 43.");
        assertThat(console.settings().toString()).contains("reminder");
    }

    @Test
    @DisplayName("12: a kind that came by SMTP is listed as seen and not set, and Add takes its name")
    void aKindThatCameIsSeen() throws SQLException, IOException {
        var _ = console.send("X-Context: question\r\n");
        var _ = console.send("X-Context: question\r\n");
        var mail = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
        assertThat(mail.page().locator("#kinds")).containsText("Seen in the last 30 days but not set here: question (2 messages)");
        mail.tab().named(AriaRole.BUTTON, "Add question").click();
        assertThat(mail.page().locator("details:has(input[name=kind][value=question]) summary")).isFocused();
        assertThat(mail.page().locator("#kinds")).not().containsText("question (2 messages)");
        mail.save();
        assertThat(mail.message()).isVisible();
        assertThat(console.settings().toString()).contains("question");
    }

    @Test
    @DisplayName("14: without past messages, the replay says so")
    void aReplayWithoutLettersSaysSo() throws SQLException {
        var mail = MailTab.open(console, BROWSER, Look.DESK, As.ADMIN);
        mail.tab().named(AriaRole.BUTTON, "Try on the last 500 messages").click();
        assertThat(mail.page().locator("#replay")).containsText("There are no past messages to try this on.");
    }

    @Test
    @DisplayName("39: without script, a button shows what would change")
    void withoutScriptAButtonShowsTheChange() throws SQLException {
        var mail = MailTab.open(console, BROWSER, Look.DESK.withoutScript(), As.ADMIN);
        mail.choose("reply", "responsible");
        mail.tab().named(AriaRole.BUTTON, "Show what would change").click();
        assertThat(mail.example("General").locator("ins")).containsText("An Peeters");
        assertThat(mail.page().locator("input[name=reply][value=responsible]")).isChecked();
        assertThat(mail.page().locator("main")).containsText("Not saved yet.");
        assertThat(console.version()).isEqualTo(ConsoleDaemon.VERSION);
    }
}
