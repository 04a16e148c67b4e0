package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page that links lead to, in each language and in each look: read by axe, and never wider than the window.
@Timeout(120)
final class PagesBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        console = ConsoleDaemon.start(folder);
        for (var context : List.of("task", "invoice", "reminder")) {
            var _ = console.send("X-Context: " + context + "\r\nX-Relation-Id: R-1042\r\n");
        }
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ADMIN", "READER", "OPERATOR", "VIEWER"})
    @DisplayName("38: all pages in en, fr, nl: lang, no key, no English left over; 320 px and 400 %: no sideways scroll; axe in light, dark and forced colours")
    void eachPage(As as) throws SQLException {
        var softly = new SoftAssertions();
        var english = signedIn(Look.DESK, as);
        var pages = Crawl.of(english, console.url("/"));
        assertThat(pages).as("pages of " + as).hasSizeGreaterThan(3);
        softly.assertThat(english.messages()).as("the browser's console").isEmpty();
        for (var page : pages) {
            softly.assertThat(page.status()).as(page.path()).isEqualTo(200);
            softly.assertThat(page.violations()).as("axe: " + page.path()).isEmpty();
            softly.assertThat(page.words().keys()).as("keys: " + page.path()).isEmpty();
        }
        var paths = pages.stream().map(Crawl.Visited::path).toList();
        for (var language : List.of("fr", "nl")) {
            inLanguage(signedIn(Look.DESK.in(language), as), language, paths, softly);
        }
        for (var look : List.of(Look.NARROW, Look.ZOOMED)) {
            inWidth(signedIn(look, as), paths, softly);
        }
        for (var colours : List.of(Look.Colours.DARK, Look.Colours.FORCED)) {
            inColours(signedIn(Look.DESK.in(colours), as), paths, softly);
        }
        softly.assertAll();
    }

    private Tab signedIn(Look look, As as) throws SQLException {
        var tab = BROWSER.open(look);
        console.signIn(tab, as);
        return tab;
    }

    private void inLanguage(Tab tab, String language, List<String> paths, SoftAssertions softly) {
        for (var path : paths) {
            tab.go(console.url(path));
            var words = Words.of(tab.page(), language);
            softly.assertThat(words.language()).as("lang of " + path).isEqualTo(language);
            softly.assertThat(words.keys()).as("keys: " + language + " " + path).isEmpty();
            softly.assertThat(words.english()).as("English: " + language + " " + path).isEmpty();
        }
        tab.close();
    }

    private void inWidth(Tab tab, List<String> paths, SoftAssertions softly) {
        for (var path : paths) {
            tab.go(console.url(path));
            softly.assertThatCode(tab::assertNoSidewaysScroll).doesNotThrowAnyException();
        }
        tab.close();
    }

    private void inColours(Tab tab, List<String> paths, SoftAssertions softly) {
        var violations = new ArrayList<String>();
        for (var path : paths) {
            tab.go(console.url(path));
            Axe.contrast(tab.page()).forEach(violation -> violations.add(path + ": " + violation));
        }
        softly.assertThat(violations).as("axe in other colours").isEmpty();
        tab.close();
    }
}
