package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import facteur.fixture.ApiClient;
import facteur.fixture.Command;
import facteur.fixture.FreePort;
import facteur.fixture.RelayFolder;
import facteur.fixture.SuiteSigner;
import facteur.fixture.TestTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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

    private static final Pattern URL = Pattern.compile("\"url\": ?\"([^\"]+)\"");

    @TempDir
    private Path folder;

    static Stream<Look> withAndWithoutScript() {
        return Stream.of(Look.DESK, Look.DESK.withoutScript());
    }

    /// What the suite's server gets for its user.
    private static String link(ConsoleDaemon console) throws IOException, InterruptedException {
        try (var api = new ApiClient(console.daemon().consolePort().orElseThrow(), token(console))) {
            var answer = api.ask("POST", "/offices/dupont/sessions", "application/json", question("\"return\": \"https://app.example/clients\""));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return url(answer.body());
        }
    }

    private static String token(ConsoleDaemon console) {
        var made = Command.run(console.folder().config(), "token", "add", "suite", "--suite", "suite", "--office", "*", "--scope", "sessions:create");
        assertThat(made.exitCode()).as(made.err()).isZero();
        return made.out().strip();
    }

    private static String question(String more) {
        return "{\"user\": {\"id\": \"7\", \"name\": \"Jan Peeters\"}, \"role\": \"admin\", " + more + "}";
    }

    private static String url(String answer) {
        var url = URL.matcher(answer);
        assertThat(url.find()).as(answer).isTrue();
        return url.group(1);
    }

    @ParameterizedTest
    @MethodSource("withAndWithoutScript")
    @DisplayName("34, 39: a ticket leads to the mail settings of its office; history names the suite's user; twice is too late")
    void aTicketLeadsIntoItsOffice(Look look) throws Exception {
        try (var console = ConsoleDaemon.start(new RelayFolder(folder).configured(ConsoleDaemon.lines(SUITES)), folder)) {
            var link = link(console);
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

    @Test
    @DisplayName("35: a signed token leads into its office once; one that isn't good gives no session")
    void aSignedTokenLeadsIntoItsOffice() throws Exception {
        var signer = SuiteSigner.of("ES256", "k1");
        var suites = ", suites: [{ name: suite, offices: ['*'], algorithm: ES256, keys: '" + signer.jwks() + "' }]";
        try (var console = ConsoleDaemon.start(new RelayFolder(folder).configured(ConsoleDaemon.lines(suites)), folder)) {
            var now = Instant.now();
            var elsewhere = SuiteSigner.launch(now, "https://other.example");
            var good = signer.token(SuiteSigner.launch(now, console.url("")));
            var refused = List.of(
                    signer.token(elsewhere),
                    signer.token(SuiteSigner.launch(now.minusSeconds(3_600), console.url(""))),
                    SuiteSigner.unsigned(SuiteSigner.launch(now, console.url(""))));
            for (var token : refused) {
                assertNoWayIn(console, token);
            }
            var tab = BROWSER.open(Look.DESK);
            assertThat(tab.page().context().request().head(console.url("/launch?token=" + good)).status()).as("HEAD uses nothing up").isEqualTo(200);
            tab.go(console.url("/launch?token=" + good));
            assertThat(tab.page()).hasURL(console.url(MailTab.PATH));
            tab.assertClean();
            tab.close();
            assertNoWayIn(console, good);
        }
    }

    private static void assertNoWayIn(ConsoleDaemon console, String token) {
        var tab = BROWSER.open(Look.DESK);
        tab.go(console.url("/launch?token=" + token));
        assertThat(tab.page().locator("h1")).hasText("This link has been used or is too old");
        tab.go(console.url(MailTab.PATH));
        assertThat(tab.page()).hasURL(Pattern.compile(".*/sign-in\\?to=.*"));
        tab.close();
    }

    /// Over TLS: browsers keep no cookie of a frame in clear. The pages around the frame are made up by the browser itself.
    @Test
    @DisplayName("37: by launch, a page is shown in a frame of a listed origin, and of no other")
    void aListedOriginShowsAPageInAFrame() throws Exception {
        var base = "https://localhost:" + FreePort.next();
        var lines = ConsoleDaemon.lines(SUITES + ", url: \"" + base + "\", tls: implicit, embed: [https://app.example]")
                .replace("127.0.0.1:0", base.replace("https://localhost", "127.0.0.1")) + TestTls.section("relay.pem", "relay-pkcs8.key");
        try (var console = ConsoleDaemon.start(new RelayFolder(folder).configured(lines), folder)) {
            var token = token(console);
            for (var origin : new String[] {"https://app.example", "https://evil.example"}) {
                var tab = BROWSER.open(Look.DESK);
                // The page around the frame is nowhere, and the console on this machine: Chromium would ask.
                tab.page().context().grantPermissions(List.of("local-network-access"));
                var answer = tab.page().context().request().post(base + "/api/v1/offices/dupont/sessions", RequestOptions.create()
                        .setHeader("Authorization", "Bearer " + token)
                        .setHeader("Content-Type", "application/json")
                        .setData(question("\"embed\": true")));
                assertThat(answer.status()).as(answer.text()).isEqualTo(201);
                var frame = "<!doctype html><title>Suite</title><iframe src='" + url(answer.text()) + "'></iframe>";
                tab.page().route(origin + "/**", route -> route.fulfill(new Route.FulfillOptions().setBody(frame).setContentType("text/html")));
                tab.go(origin + "/");
                if (origin.contains("app")) {
                    assertThat(tab.page().frameLocator("iframe").locator("h1")).hasText("Mail settings of Cabinet Dupont");
                    assertThat(tab.messages()).isEmpty();
                } else {
                    assertThat(tab.page().frameLocator("iframe").locator("h1")).hasCount(0);
                    assertThat(tab.messages()).anyMatch(message -> message.contains("frame-ancestors"));
                }
                tab.close();
            }
        }
    }
}
