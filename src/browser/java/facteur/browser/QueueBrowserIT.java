package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static facteur.fixture.Act.say;

import com.microsoft.playwright.options.AriaRole;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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

/// The queue before an upstream that defers every letter.
@Timeout(90)
final class QueueBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final int LETTERS = 6;

    /// Between two looks of the page.
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private ScriptedUpstream upstream;
    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        upstream = ScriptedUpstream.start();
        upstream.when("RCPT TO:", say("451 4.2.1 try later"));
        console = ConsoleDaemon.start(new RelayFolder(folder).relayingTo(upstream.port(), ConsoleDaemon.lines("")), folder);
        for (var i = 0; i < LETTERS; i++) {
            var _ = console.send("");
        }
        console.journal().await(MailEvent.Deferred.class, LETTERS);
    }

    @AfterEach
    void stop() {
        console.close();
        upstream.close();
    }

    static Stream<Look> withAndWithoutScript() {
        return Stream.of(Look.DESK, Look.DESK.withoutScript());
    }

    @Test
    @DisplayName("30: marks and focus stay where they are while a refresh comes")
    void aRefreshMovesNothing() throws SQLException, IOException {
        var tab = console.open(BROWSER, Look.DESK, As.OPERATOR, "/queue");
        tab.holdTimers();
        var boxes = tab.page().locator("input[name=letter]");
        for (var i = 0; i < LETTERS - 1; i++) {
            boxes.nth(i).check();
        }
        boxes.nth(2).focus();
        var _ = console.send("");
        console.journal().await(MailEvent.Deferred.class, LETTERS + 1);
        tab.letPass(REFRESH);
        assertThat(tab.page().locator("#news")).containsText("One new letter");
        assertThat(boxes).hasCount(LETTERS);
        assertThat(boxes.nth(2)).isFocused();
        assertThat(tab.page().locator("input[name=letter]:checked")).hasCount(LETTERS - 1);
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("30, 39: five are marked and held; undo releases them")
    void markedLettersAreHeldAndReleased(Look look) throws SQLException {
        var tab = console.open(BROWSER, look, As.OPERATOR, "/queue");
        for (var i = 0; i < LETTERS - 1; i++) {
            tab.page().locator("input[name=letter]").nth(i).check();
        }
        tab.named(AriaRole.BUTTON, "Hold").click();
        assertThat(tab.page().locator("#move")).containsText("5 are on hold now");
        tab.assertClean();
        assertThat(tab.page().locator("td:has-text('on hold')")).hasCount(LETTERS - 1);
        tab.page().locator("#move button").first().click();
        assertThat(tab.page().locator("td:has-text('on hold')")).hasCount(0);
    }
}
