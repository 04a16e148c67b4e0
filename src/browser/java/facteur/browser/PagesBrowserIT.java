package facteur.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Every page that links lead to: there, without a fault that axe knows, in words of its language, and never wider than the window.
@Timeout(120)
final class PagesBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ConsoleDaemon console;

    private SoftAssertions softly;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        softly = new SoftAssertions();
        console = ConsoleDaemon.start(folder);
        for (var context : List.of("task", "invoice", "reminder")) {
            console.bounce(console.send("X-Context: " + context + "\r\nX-Relation-Id: R-1042\r\n"));
        }
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    @DisplayName("38: an office's pages in en, fr, nl: lang, no key, no English left over; 320 px and 400 %: no sideways scroll")
    void ofAnOffice() throws SQLException {
        eachLook(As.ADMIN, path -> true);
        softly.assertAll();
    }

    @Test
    @DisplayName("38: the operators' pages in en, fr, nl: lang, no key, no English left over; 320 px and 400 %: no sideways scroll")
    void ofOperators() throws SQLException {
        eachLook(As.OPERATOR, path -> !path.startsWith("/o/"));
        softly.assertAll();
    }

    @Test
    void ofAReader() throws SQLException {
        var _ = crawled(As.READER, path -> true);
        softly.assertAll();
    }

    @Test
    void ofTheHelpdesk() throws SQLException {
        var _ = crawled(As.VIEWER, path -> !path.startsWith("/o/"));
        softly.assertAll();
    }

    /// As they are first seen: in English, on a desk, in light colours.
    private List<String> crawled(As as, Predicate<String> wanted) throws SQLException {
        return crawled(as, wanted, (tab, path) -> {});
    }

    private List<String> crawled(As as, Predicate<String> wanted, BiConsumer<Tab, String> besides) throws SQLException {
        var tab = signedIn(Look.DESK, as);
        var paths = Crawl.through(tab, console.url("/me"), wanted, (path, status) -> {
            softly.assertThat(status).as(path).isEqualTo(200);
            softly.assertThat(Axe.violations(tab.page())).as("axe: " + path).isEmpty();
            softly.assertThat(Words.of(tab.page(), "en").keys()).as("keys: " + path).isEmpty();
            besides.accept(tab, path);
        });
        softly.assertThat(paths).as("pages of " + as).hasSizeGreaterThan(5);
        softly.assertThat(tab.messages()).as("the browser's console").isEmpty();
        tab.close();
        return paths;
    }

    /// French words are the longest, so they are looked at where there is least room.
    private void eachLook(As as, Predicate<String> wanted) throws SQLException {
        var paths = crawled(as, wanted, this::inDark);
        inLanguage(signedIn(Look.NARROW.in("fr"), as), "fr", paths);
        inLanguage(signedIn(Look.ZOOMED.in("nl"), as), "nl", paths);
    }

    private Tab signedIn(Look look, As as) throws SQLException {
        var tab = BROWSER.open(look);
        console.signIn(tab, as);
        return tab;
    }

    private void inLanguage(Tab tab, String language, List<String> paths) {
        for (var path : paths) {
            tab.go(console.url(path));
            var words = Words.of(tab.page(), language);
            softly.assertThat(words.language()).as("lang of " + path).isEqualTo(language);
            softly.assertThat(words.keys()).as("keys: " + language + " " + path).isEmpty();
            softly.assertThat(words.english()).as("English: " + language + " " + path).isEmpty();
            softly.assertThatCode(tab::assertNoSidewaysScroll).doesNotThrowAnyException();
        }
        tab.close();
    }

    private void inDark(Tab tab, String path) {
        tab.colour(ColorScheme.DARK);
        softly.assertThat(Axe.contrast(tab.page())).as("in the dark: " + path).isEmpty();
        tab.colour(ColorScheme.LIGHT);
    }
}
