package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.mail.letter.QueueId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What operators see and do while an upstream is down.
@Timeout(120)
final class OperatorBrowserIT {
    private static final String WORDS = "421 4.3.2 Down for repair until noon";
    private static final int LETTERS = 14;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ScriptedUpstream upstream;
    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path place) throws Exception {
        upstream = ScriptedUpstream.start().when("CONNECT", Act.say(WORDS));
        console = ConsoleDaemon.start(new RelayFolder(place).relayingTo(upstream.port(), ConsoleDaemon.lines("")), place);
        for (var i = 0; i < LETTERS; i++) {
            send("client" + i + "@example.com");
        }
        await().until(() -> listed().contains(LETTERS + " deferred"));
    }

    @AfterEach
    void stop() {
        console.close();
        upstream.close();
    }

    private String send(String recipient) throws Exception {
        try (var app = AppConnection.greeted(console.daemon().ports().getFirst())) {
            var letter = "From: Jan Janssens <jan@dupont.example>\r\nX-Context: invoice\r\nX-Relation-Id: R-1042\r\nSubject: SECRET\r\n\r\nText\r\n";
            var reply = app.submit("<jan@dupont.example>", List.of(recipient), letter.getBytes(StandardCharsets.US_ASCII));
            assertThat(reply.code()).isEqualTo(250);
            return reply.toString().strip().replaceFirst(".* ", "");
        }
    }

    private String listed() {
        return Command.run(console.folder().config(), "queue", "list").out();
    }

    @Test
    @DisplayName("28: log: search @example.com; a letter's page tells rule, sentence, passed-over rules, what it would get today")
    void log() throws Exception {
        var id = send("last@example.com");
        assertThat(QueueId.parse(id)).isPresent();
        var tab = console.open(BROWSER, Look.DESK, As.ADMIN, "/o/dupont/log");
        tab.page().getByLabel("Address").fill("@example.com");
        tab.named(AriaRole.BUTTON, "Search").click();
        PlaywrightAssertions.assertThat(tab.page().getByRole(AriaRole.CAPTION)).hasText((LETTERS + 1) + " messages that match");
        tab.assertAccessible();
        tab.page().locator("a[href$='" + id + "']").click();
        var page = tab.page().locator("main");
        PlaywrightAssertions.assertThat(page).containsText("An Peeters <an@dupont.example>");
        PlaywrightAssertions.assertThat(page).containsText("because the client’s card names An Peeters");
        PlaywrightAssertions.assertThat(page).containsText("context.role");
        PlaywrightAssertions.assertThat(page).containsText("What it would get today");
        PlaywrightAssertions.assertThat(page).containsText("the same addresses");
        PlaywrightAssertions.assertThat(page).not().containsText("SECRET");
        page.locator("summary").last().click();
        PlaywrightAssertions.assertThat(page).containsText("this kind of message has no reply address of its own");
    }

    @Test
    @DisplayName("30: queue: mark five, a refresh comes, marks and focus stay; hold, undo")
    void marks() throws Exception {
        var tab = BROWSER.open(Look.DESK);
        tab.page().clock().install();
        console.signIn(tab, As.OPERATOR);
        tab.go(console.url("/queue"));
        var boxes = tab.page().getByRole(AriaRole.CHECKBOX);
        for (var i = 0; i < 5; i++) {
            boxes.nth(i).check();
        }
        boxes.nth(4).focus();
        var rows = tab.page().locator("#letters tbody").innerText();
        send("new@example.com");
        tab.page().clock().runFor(11_000);
        PlaywrightAssertions.assertThat(tab.page().locator("#news")).containsText("One new letter, 0 gone — show");
        PlaywrightAssertions.assertThat(tab.page().locator("#live")).hasText("One new letter, 0 gone");
        PlaywrightAssertions.assertThat(boxes.nth(4)).isFocused();
        assertThat(tab.page().locator("#letters input:checked").count()).isEqualTo(5);
        assertThat(tab.page().locator("#letters tbody").innerText()).isEqualTo(rows);
        tab.named(AriaRole.BUTTON, "Hold").click();
        PlaywrightAssertions.assertThat(tab.page().locator("#message")).containsText("5 are on hold now");
        PlaywrightAssertions.assertThat(tab.page().locator("#message")).isFocused();
        assertThat(listed()).contains("5 hold");
        tab.named(AriaRole.BUTTON, "Undo").click();
        PlaywrightAssertions.assertThat(tab.page().locator("#message")).containsText("5 are released, due now");
        assertThat(listed()).doesNotContain("5 hold");
    }

    @Test
    @DisplayName("39: 30 without script")
    void marksWithoutScript() throws Exception {
        var tab = console.open(BROWSER, Look.DESK.withoutScript(), As.OPERATOR, "/queue");
        assertThat(tab.page().locator("#refresh").isVisible()).isFalse();
        for (var i = 0; i < 5; i++) {
            tab.page().getByRole(AriaRole.CHECKBOX).nth(i).check();
        }
        tab.named(AriaRole.BUTTON, "Hold").click();
        PlaywrightAssertions.assertThat(tab.page().locator("#message")).containsText("5 are on hold now");
        tab.named(AriaRole.BUTTON, "Undo").click();
        PlaywrightAssertions.assertThat(tab.page().locator("#message")).containsText("5 are released, due now");
    }

    @Test
    @DisplayName("31: all that fit, remove: asks for the number; the count agrees with facteur queue list")
    void remove() throws Exception {
        var tab = console.open(BROWSER, Look.DESK, As.OPERATOR, "/queue");
        tab.page().getByLabel("all " + LETTERS + " in the queue").check();
        tab.named(AriaRole.BUTTON, "Remove…").click();
        PlaywrightAssertions.assertThat(tab.page().locator("main")).containsText(LETTERS + " letters would be deleted for good");
        assertThat(listed()).contains("in the queue: ").containsPattern("\\b" + LETTERS + " deferred|\\b" + (LETTERS - 1) + " deferred");
        var number = tab.page().getByLabel(Pattern.compile("To remove them, type their number"));
        number.fill("7");
        tab.named(AriaRole.BUTTON, "Remove " + LETTERS + " letters").click();
        PlaywrightAssertions.assertThat(tab.page().locator("#problems")).isFocused();
        tab.assertAccessible();
        tab.page().locator("#problems a").click();
        PlaywrightAssertions.assertThat(number).isFocused();
        number.fill(Integer.toString(LETTERS));
        tab.named(AriaRole.BUTTON, "Remove " + LETTERS + " letters").click();
        PlaywrightAssertions.assertThat(tab.page().locator("#message")).containsText("removed");
    }

    @Test
    @DisplayName("32: upstream down: status and upstreams say so in the host's words, and when it is up again")
    void upstream() throws Exception {
        var tab = BROWSER.open(Look.DESK);
        tab.page().clock().install();
        console.signIn(tab, As.OPERATOR);
        tab.go(console.url("/status"));
        PlaywrightAssertions.assertThat(tab.page().locator("#part")).containsText(WORDS);
        var link = tab.page().locator("#upstream-smarthost");
        link.focus();
        upstream.recover();
        assertThat(Command.run(console.folder().config(), "upstream", "wake", "smarthost").exitCode()).isZero();
        await().until(() -> Command.run(console.folder().config(), "status").out().contains("smarthost              up"));
        tab.page().clock().runFor(6_000);
        var row = tab.page().locator("tr", new Page.LocatorOptions().setHas(link));
        PlaywrightAssertions.assertThat(row).not().containsText(WORDS);
        PlaywrightAssertions.assertThat(row).containsText("up");
        PlaywrightAssertions.assertThat(link).isFocused();
        tab.named(AriaRole.LINK, "Stop refreshing").click();
        PlaywrightAssertions.assertThat(tab.named(AriaRole.LINK, "Refresh by itself")).isVisible();
        tab.go(console.url("/upstreams"));
        PlaywrightAssertions.assertThat(tab.page().locator("#upstream-smarthost")).containsText("up");
        tab.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check")).click();
        PlaywrightAssertions.assertThat(tab.page().locator("#look")).containsText("ready for letters");
    }
}
