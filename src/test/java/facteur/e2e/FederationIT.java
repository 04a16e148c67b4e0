package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
import facteur.fixture.ApiClient;
import facteur.fixture.Command;
import facteur.fixture.OidcProvider;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.SuiteSigner;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// People whom others vouch for come in: by a link, by what a suite signs, and by a provider of logins, each a real one, on a running relay.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FederationIT {
    private static final SuiteSigner FIRST = SuiteSigner.of("ES256", "first");
    private static final SuiteSigner SECOND = SuiteSigner.of("ES256", "second");

    private final HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private OidcProvider provider;
    private RelayFolder relay;
    private Daemon daemon;
    private Path keys;
    private String console;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        provider = OidcProvider.start(InstantSource.system());
        keys = Files.writeString(folder.resolve("suite.jwks"), FIRST.jwks());
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                console:
                  address: "127.0.0.1:0"
                  suites: [{ name: suite, offices: [dupont], algorithm: ES256, keys: "${file:suite.jwks}", return: "https://app.example.org" }]
                  oidc: %s
                """.formatted(provider.section()));
        daemon = relay.start(new RecordingJournal());
        console = "http://localhost:" + daemon.consolePort().orElseThrow();
    }

    @AfterAll
    void stop() {
        daemon.close();
        provider.close();
        browser.close();
    }

    private HttpResponse<String> get(String target, String... cookies) throws Exception {
        var url = URI.create(target.startsWith("/") ? console + target : target);
        var request = HttpRequest.newBuilder(url);
        List.of(cookies).forEach(cookie -> request.header("Cookie", cookie));
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    /// As a form of the suite's page sends it.
    private HttpResponse<String> launch(String token) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(console + "/launch"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "https://app.example.org")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build(), BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /// Names and values, as a browser sends them back.
    private static List<String> cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream().map(cookie -> cookie.replaceAll(";.*", "")).toList();
    }

    private String token(SuiteSigner signer) {
        return signer.token(SuiteSigner.launch(Instant.now(), console));
    }

    @Test
    void aLinkThatTheSuiteAsksForLetsItsUserIn() throws Exception {
        var token = Command.run(relay.config(), "token", "add", "launcher", "--office", "*", "--scope", "sessions:create", "--suite", "suite")
                .out().strip();
        try (var api = new ApiClient(daemon.consolePort().orElseThrow(), token)) {
            var made = api.ask("POST", "/offices/dupont/sessions", "application/json",
                    "{\"user\":{\"id\":\"4711\",\"name\":\"Jan Janssens\"},\"role\":\"reader\",\"page\":\"history\"}");
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            var link = made.body().replaceAll("(?s).*\"url\": \"([^\"]+)\".*", "$1");
            assertThat(link).startsWith(console + "/launch/");
            var opened = get(link);
            assertThat(location(opened)).isEqualTo("/o/dupont/history");
            assertThat(cookies(opened)).hasSize(1);
            var again = get(link);
            assertThat(again.statusCode()).isEqualTo(404);
            assertThat(cookies(again)).isEmpty();
            assertThat(api.ask("POST", "/offices/durand/sessions", "application/json", "{}").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whatTheSuiteSignsLetsItsUserInOnce() throws Exception {
        var token = token(FIRST);
        var way = location(launch(token));
        assertThat(way).startsWith("/launch/").doesNotContain(token);
        var opened = get(way);
        assertThat(location(opened)).isEqualTo("/o/dupont/mail");
        assertThat(cookies(opened)).hasSize(1);
        for (var refused : List.of(launch(token), get("/launch?token=" + token), launch(token.replaceAll("[^.]+$", "AA")), get(way))) {
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
        }
        assertThat(launch(token.replaceAll("[^.]+$", "AA")).body()).contains("https://app.example.org");
    }

    /// The file is another, and the configuration that names it is as it was.
    @Test
    void aReloadTakesOtherKeys() throws Exception {
        assertThat(launch(token(SECOND)).statusCode()).isEqualTo(404);
        Files.writeString(keys, "{\"keys\": [" + FIRST.publicKey() + "," + SECOND.publicKey() + "]}");
        assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class,
                applied -> assertThat(applied.changed()).containsExactly("console.suites[0].keys"));
        assertThat(location(launch(token(SECOND)))).startsWith("/launch/");
        assertThat(location(launch(token(FIRST)))).startsWith("/launch/");
        Files.writeString(keys, FIRST.key().toJSONString());
        assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class,
                refused -> assertThat(refused.problems()).singleElement().asString().contains("console.suites[0].keys: must be a JWK Set"));
        assertThat(location(launch(token(SECOND)))).startsWith("/launch/");
        var checked = Command.run(relay.config(), "check");
        assertThat(checked.exitCode()).isEqualTo(78);
        assertThat(checked.out() + checked.err()).contains("console.suites[0].keys: must be a JWK Set");
        Files.writeString(keys, "{\"keys\": [" + FIRST.publicKey() + "," + SECOND.publicKey() + "]}");
    }

    @Test
    void aProviderLetsItsPersonIn() throws Exception {
        provider.person(Map.of("sub", "u-1", "name", "An Peeters", "facteur_office", "*", "facteur_role", "viewer"));
        var begun = get("/sign-in/oidc?to=%2Fstatus");
        var back = provider.visit(URI.create(location(begun)));
        assertThat(back.toString()).startsWith(console + "/sign-in/oidc/back?");
        var elsewhere = get(back.toString());
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(cookies(elsewhere)).isEmpty();
        var finished = get(back.toString(), cookies(begun).toArray(String[]::new));
        assertThat(location(finished)).isEqualTo("/status");
        assertThat(cookies(finished)).hasSizeGreaterThanOrEqualTo(1);
        assertThat(get(back.toString(), cookies(begun).toArray(String[]::new)).statusCode()).isEqualTo(403);
    }

    @Test
    void whoHasNoClaimHasNoAccess() throws Exception {
        provider.person(Map.of("sub", "u-2", "name", "Piet Maes"));
        var begun = get("/sign-in/oidc");
        var finished = get(provider.visit(URI.create(location(begun))).toString(), cookies(begun).toArray(String[]::new));
        assertThat(finished.statusCode()).isEqualTo(403);
        assertThat(cookies(finished)).noneMatch(cookie -> cookie.matches("(__Host-)?facteur=.+"));
    }
}
