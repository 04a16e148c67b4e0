package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ApiClient;
import facteur.fixture.Command;
import facteur.fixture.RelayFolder;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// People whom an accounting suite sends into their office.
@Timeout(60)
final class LaunchBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String SUITES = ", suites: [{ name: suite, offices: ['*'], return: https://app.example }]";

    @TempDir
    private Path folder;

    static Stream<Look> withAndWithoutScript() {
        return Stream.of(Look.DESK, Look.DESK.withoutScript());
    }

    /// What the suite's server gets for its user.
    private static String link(ConsoleDaemon console, String more) throws IOException, InterruptedException, JsonException {
        var made = Command.run(console.folder().config(), "token", "add", "suite", "--suite", "suite", "--office", "*", "--scope", "sessions:create");
        assertThat(made.exitCode()).as(made.err()).isZero();
        try (var api = new ApiClient(console.daemon().consolePort().orElseThrow(), made.out().strip())) {
            var answer = api.ask("POST", "/offices/dupont/sessions", "application/json",
                    "{\"user\": {\"id\": \"7\", \"name\": \"Jan Peeters\"}, \"role\": \"admin\"" + more + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return ((JsonValue.Text) ((JsonValue.Members) JsonReader.read(answer.body())).members().get("url")).text();
        }
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("34, 39: a ticket leads to the mail settings of its office; history names the suite's user; twice is too late")
    void aTicketLeadsIntoItsOffice(Look look) throws Exception {
        try (var console = ConsoleDaemon.start(new RelayFolder(folder).configured(ConsoleDaemon.lines(SUITES)), folder)) {
            var link = link(console, ", \"return\": \"https://app.example/clients\"");
            var mail = new MailTab(BROWSER.open(look), console);
            mail.tab().go(link);
            assertThat(mail.page()).hasURL(console.url(MailTab.PATH));
            assertThat(mail.page().locator("header a[href='https://app.example/clients']")).isVisible();
            mail.choose("reply", "sender");
            mail.save();
            assertThat(mail.message()).isVisible();
            assertThat(console.store().history().versions(ConsoleDaemon.DUPONT, OptionalLong.empty(), 1).getFirst().author().shown())
                    .isEqualTo("Jan Peeters (suite)");
            mail.tab().go(console.url("/o/dupont/history"));
            assertThat(mail.page().locator("main")).containsText("Jan Peeters (suite)");
            mail.tab().assertClean();
            var later = BROWSER.open(look);
            assertThat(later.go(link).status()).isEqualTo(404);
            assertThat(later.page().locator("h1")).hasText("This link has been used or is too old");
            later.assertClean();
            mail.tab().close();
            later.close();
        }
    }
}
