package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import facteur.journal.MailEvent;
import facteur.store.Author;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The page of mail settings: what it shows, saves and refuses.
@Timeout(60)
final class MailBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final Author SUITE = new Author(Via.API, "suite", "", "", "");

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

    private MailTab open(Look look) throws SQLException {
        return MailTab.open(console, BROWSER, look, As.ADMIN);
    }

    @Test
    @DisplayName("1: shows dupont's settings; heading, title and version name office and version")
    void showsTheSettings() throws SQLException {
        var mail = open(Look.DESK);
        assertThat(mail.page()).hasTitle("Mail settings – Cabinet Dupont – facteur");
        assertThat(mail.page().locator("h1")).hasText("Mail settings of Cabinet Dupont");
        assertThat(mail.page().locator(".version")).containsText("version 42, by jan, ");
        assertThat(mail.field("company-name")).hasValue("Cabinet Dupont");
        assertThat(mail.field("company-address")).hasValue("office@dupont.example");
        assertThat(mail.page().locator("input[name=reply][value=company]")).isChecked();
        assertThat(mail.page().locator("input[name='kind.task.address']")).hasValue("tasks@dupont.example");
        assertThat(mail.example("Invoices")).containsText("An Peeters");
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("2, 39: what is saved counts from the next letter on, whose page says so")
    void theNextLetterGoesByIt(Look look) throws SQLException, IOException {
        var mail = open(look);
        mail.choose("reply", "responsible");
        assertThat(mail.save().status()).isEqualTo(303);
        assertThat(mail.message()).containsText("Saved as version 43. It counts from now on.");
        var letter = console.send("X-Relation-Id: R-1042\r\n");
        assertThat(console.journal().events(MailEvent.Accepted.class).getLast().replyToRule()).isEqualTo("general.role");
        mail.tab().assertClean();
        if (look.runsScript()) {
            assertThat(mail.message()).isFocused();
        }
        mail.tab().go(console.url("/o/dupont/log/" + letter));
        assertThat(mail.page().locator("main")).containsText("settings, version 43");
    }

    /// Promised is a second, of a machine that does nothing else: `PageSpeed` measures it.
    @Test
    @DisplayName("4: typing a sender name changes the preview, and saves nothing")
    void typingChangesThePreview() throws SQLException {
        var mail = open(Look.DESK);
        mail.field("from-name").fill("Dupont & fils");
        assertThat(mail.example("General")).containsText("Dupont & fils");
        assertThat(mail.page().locator("#live")).containsText("example");
        assertThat(mail.field("from-name")).isFocused();
        assertThat(console.version()).isEqualTo(ConsoleDaemon.VERSION);
        mail.page().onDialog(dialog -> dialog.accept());
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("5, 39: another address without one is refused; the box leads to the field, and all else is as typed")
    void anotherAddressNeedsOne(Look look) throws SQLException {
        var mail = open(look);
        mail.fill("company-name", "Cabinet Dupont & fils");
        mail.unfold("invoice");
        mail.choose("kind.invoice.reply", "other_address");
        mail.fill("note", "As agreed");
        assertThat(mail.save().status()).isEqualTo(422);
        assertThat(mail.page()).hasTitle("Error: Mail settings – Cabinet Dupont – facteur");
        if (look.runsScript()) {
            assertThat(mail.problems()).isFocused();
        }
        mail.problems().locator("a").click();
        assertThat(mail.field("kind.invoice.address")).isFocused();
        assertThat(mail.field("kind.invoice.address")).hasAttribute("aria-invalid", "true");
        assertThat(mail.field("company-name")).hasValue("Cabinet Dupont & fils");
        assertThat(mail.field("note")).hasValue("As agreed");
        assertThat(console.version()).isEqualTo(ConsoleDaemon.VERSION);
        mail.tab().assertClean();
        mail.page().onDialog(dialog -> dialog.accept());
    }

    @Test
    @DisplayName("6: once tasks answer to the sender, their address is gone from the page and from what is sent")
    void anAddressThatIsNotChosenIsNotSent() throws SQLException {
        var mail = open(Look.DESK);
        mail.unfold("task");
        assertThat(mail.field("kind.task.address")).isVisible();
        mail.choose("kind.task.reply", "sender");
        assertThat(mail.field("kind.task.address")).isHidden();
        var saved = mail.save();
        assertThat(saved.request().postData()).contains("kind.task.reply=sender").doesNotContain("kind.task.address");
        assertThat(mail.message()).isVisible();
        assertThat(console.settings().toString()).doesNotContain("tasks@dupont.example");
    }

    @Test
    @DisplayName("7: a stored address that doesn't count is shown with its warning, and can be removed")
    void anAddressThatDoesNotCountCanBeRemoved() throws SQLException {
        console.put(ConsoleDaemon.DUPONT, ConsoleDaemon.patched("""
                {"contexts": {"invoice": {"reply-to": "sender", "address": "billing@dupont.example"}}}"""), SUITE);
        var mail = open(Look.DESK);
        mail.unfold("invoice");
        assertThat(mail.page().locator("#kinds")).containsText("billing@dupont.example is stored but does not count");
        mail.tab().assertAccessible();
        mail.tab().named(AriaRole.BUTTON, "Remove it Invoices").click();
        assertThat(mail.page().locator("#kinds")).not().containsText("is stored but does not count");
        mail.save();
        assertThat(mail.message()).containsText("Saved as version 44.");
        assertThat(console.settings().toString()).doesNotContain("billing@dupont.example");
    }

    @Test
    @DisplayName("8: as in general and own company give invoices different previews while general is the sender")
    void ownCompanyIsNotAsInGeneral() throws SQLException {
        var mail = open(Look.DESK);
        mail.choose("reply", "sender");
        mail.unfold("invoice");
        mail.choose("kind.invoice.reply", "as_general");
        assertThat(mail.example("Invoices").locator("ins")).containsText("jan@dupont.example");
        mail.choose("kind.invoice.reply", "general");
        assertThat(mail.example("Invoices").locator("ins")).containsText("office@dupont.example");
        mail.page().onDialog(dialog -> dialog.accept());
    }

    @Test
    @DisplayName("9: under an unverified domain the preview has the shared address, says why, and leads to the domain")
    void anUnverifiedDomainLeavesUnderTheSharedAddress() throws SQLException {
        var mail = open(Look.DESK);
        mail.field("from-address").fill("office@kantoor.example");
        assertThat(mail.example("General")).containsText("inbox@shared.example");
        assertThat(mail.example("General")).containsText("Not sent from your own address, because");
        assertThat(mail.example("General").locator("a")).hasAttribute("href", Pattern.compile("/o/dupont/domains.*"));
        mail.tab().assertAccessible();
        mail.page().onDialog(dialog -> dialog.accept());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Save        | Anyone can have an address at gmail.com: it can’t be the sender.
            fr | Enregistrer | N’importe qui peut avoir une adresse chez gmail.com : elle ne peut pas être l’expéditeur.
            nl | Opslaan     | Iedereen kan een adres bij gmail.com hebben: het kan geen afzender zijn.""")
    @DisplayName("10: an address that anybody can have is refused as sender, in the words of each language")
    void anAddressThatAnybodyCanHaveIsNoSender(String language, String save, String words) throws SQLException {
        var mail = open(Look.DESK.in(language));
        mail.field("from-address").fill("jan@gmail.com");
        mail.tab().named(AriaRole.BUTTON, save).click();
        assertThat(mail.problems()).containsText(words);
        assertThat(mail.page().locator("#from-address-problem")).hasText(words);
        assertThat(console.version()).isEqualTo(ConsoleDaemon.VERSION);
        mail.tab().assertClean();
        mail.page().onDialog(dialog -> dialog.accept());
    }
}
