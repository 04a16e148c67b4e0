package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedDns;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages of domains, before a DNS of the test's own.
@Timeout(90)
final class DomainBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /// Between two looks of the page.
    private static final Duration LOOK = Duration.ofSeconds(20);

    private ScriptedDns dns;
    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        dns = ScriptedDns.start();
        console = ConsoleDaemon.start(
                new RelayFolder(folder).configuredWith(
                        Map.of("domains", "{ resolvers: [\"" + dns.resolver() + "\"], timeout: 2s }"), ConsoleDaemon.lines("")),
                folder);
    }

    @AfterEach
    void stop() {
        console.close();
        dns.close();
    }

    static List<Look> withAndWithoutScript() {
        return List.of(Look.DESK, Look.DESK.withoutScript());
    }

    private Tab added(Look look) throws SQLException {
        var tab = console.open(BROWSER, look, As.ADMIN, "/o/dupont/domains");
        tab.page().locator("#domain").fill("https://www.dupont-fisc.example/");
        tab.named(AriaRole.BUTTON, "Add").click();
        assertThat(tab.page().locator("#problems")).containsText("Do you mean dupont-fisc.example?");
        tab.assertClean();
        tab.named(AriaRole.BUTTON, "Yes, add dupont-fisc.example").click();
        assertThat(tab.page().locator("h1")).hasText("Domain dupont-fisc.example");
        return tab;
    }

    /// Of a record: its whole name, or its value.
    private static List<String> all(Tab tab, String selector) {
        return tab.page().locator(selector).allTextContents();
    }

    private void publish(Tab tab) {
        var names = all(tab, ".record small code");
        var values = all(tab, ".record code.value");
        for (var i = 0; i < names.size(); i++) {
            dns.txt(names.get(i), values.get(i));
        }
    }

    @Test
    @DisplayName("20: an address of a page is asked about; records appear; Copy takes a value in one piece")
    void copiesAValueInOnePiece() throws SQLException {
        var tab = added(Look.DESK);
        tab.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        var record = tab.page().locator(".record").nth(1);
        record.locator("button.copy").nth(1).click();
        assertThat(tab.page().locator("#live")).hasText("Copied");
        var value = record.locator("code.value").textContent();
        tab.go(console.url("/o/dupont/domains"));
        tab.page().locator("#domain").focus();
        tab.press("Control+v");
        assertThat(tab.page().locator("#domain")).hasValue(value);
    }

    @Test
    @DisplayName("39: 20 without script, where a value is selected by hand")
    void showsValuesInOnePieceWithoutScript() throws SQLException {
        var tab = added(Look.DESK.withoutScript());
        assertThat(all(tab, ".record code.value")).hasSizeGreaterThan(1).allSatisfy(value -> assertThat(value).isNotBlank().doesNotContain("\n"));
        tab.assertClean();
    }

    @Test
    @DisplayName("21: records that become right are said to be, once, by the page itself")
    void saysByItselfThatRecordsAreRight() throws SQLException {
        var tab = added(Look.DESK);
        tab.holdTimers();
        assertThat(tab.page().locator("#found-1")).containsText("found: not there");
        tab.page().evaluate("""
                () => {
                    window.said = [];
                    const live = document.getElementById('live');
                    new MutationObserver(() => { if (live.textContent) window.said.push(live.textContent); }).observe(live, {childList: true});
                }""");
        publish(tab);
        tab.letPass(LOOK);
        assertThat(tab.page().locator("#found-1")).containsText("found: right");
        assertThat(tab.page().locator("#look .state")).containsText("Verified.");
        assertThat(tab.page().locator("#look-stop")).hasCount(0);
        tab.page().waitForCondition(() -> !said(tab).isEmpty());
        assertThat(said(tab)).singleElement().asString().contains("_facteur: found: right", "dupont-fisc.example: Verified");
    }

    private static List<?> said(Tab tab) {
        return (List<?>) tab.page().evaluate("() => window.said");
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("22: a name that has the domain twice is said to be so, beside that record")
    void saysThatANameHasTheDomainTwice(Look look) throws SQLException {
        var tab = added(look);
        dns.txt("_facteur.dupont-fisc.example.dupont-fisc.example", all(tab, ".record code.value").getFirst());
        tab.page().locator("#look-now").click();
        assertThat(tab.page().locator("#found-1")).containsText("the provider added the domain by itself");
        assertThat(tab.page().locator("#found-2")).not().containsText("the provider added");
    }

    @Test
    @DisplayName("23: zone file, text, mail link and the page to print hold the same records")
    void eachFormHoldsTheSameRecords() throws SQLException {
        var tab = added(Look.DESK);
        var page = tab.page().url().replaceFirst("\\?.*", "");
        var values = all(tab, ".record code.value");
        var mail = tab.page().locator("a[href^='mailto:']").evaluate("link => decodeURIComponent(link.href)").toString();
        var request = tab.page().context().request();
        var text = request.get(page + "/records.txt").text();
        var zone = request.get(page + "/zone").text().replace("\" \"", "");
        tab.go(page + "/print");
        var printed = all(tab, "dd code");
        assertThat(values).hasSizeGreaterThan(1).allSatisfy(value -> {
            assertThat(mail).contains(value);
            assertThat(text).contains(value);
            assertThat(zone).contains(value);
            assertThat(printed).contains(value);
        });
    }

    /// With the longest texts there are: faults, and what stands there instead.
    @Test
    void fitsIntoNarrowWindowsInEachLanguage() throws SQLException {
        var tab = added(Look.DESK.withoutScript());
        var names = all(tab, ".record small code");
        var values = all(tab, ".record code.value");
        dns.txt(names.getFirst() + ".dupont-fisc.example", values.getFirst());
        dns.txt(names.get(1), values.get(1).substring(0, 255));
        tab.page().locator("#look-now").click();
        assertThat(tab.page().locator("#found-2")).containsText("it was cut");
        var page = "/o/dupont/domains/dupont-fisc.example";
        for (var look : List.of(Look.NARROW.in("fr"), Look.ZOOMED.in("nl"), Look.DESK.in(Look.Colours.DARK))) {
            var other = console.open(BROWSER, look, As.ADMIN, page);
            for (var path : List.of(page, page + "/remove", page + "/print", "/o/dupont/domains", "/o/dupont/history/41/restore",
                    "/o/dupont/history/2")) {
                other.go(console.url(path));
                assertThat(Words.of(other.page(), look.language()).keys()).as(path).isEmpty();
                assertThat(Words.of(other.page(), look.language()).english()).as(path).isEmpty();
                assertThat(Axe.contrast(other.page())).as(path).isEmpty();
                other.assertNoSidewaysScroll();
            }
            other.close();
        }
    }

    @Test
    void looksCanBeStopped() throws SQLException {
        var tab = added(Look.DESK);
        tab.page().locator("#look-stop").click();
        assertThat(tab.page().locator("#look-now")).isVisible();
        assertThat(tab.page().locator("#look-stop")).hasCount(0);
    }
}
