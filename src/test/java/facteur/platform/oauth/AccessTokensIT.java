package facteur.platform.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.fixture.TokenEndpoint;
import facteur.platform.config.Secret;
import facteur.platform.http.ServiceUrl;
import facteur.platform.oauth.AccessTokens.Access;
import facteur.platform.oauth.TokenSettings.Grant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// Access tokens from a real endpoint, by a clock that is turned.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AccessTokensIT {
    private static final String CLIENT_SECRET = "s3cret &=+%";
    private static final String REFRESH_TOKEN = "r3fresh/A";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration HASTE = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private final TokenEndpoint endpoint = TokenEndpoint.start();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void close() {
        endpoint.close();
        root().detachAppender(log);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("s3cret") || line.contains("r3fresh") || line.contains("token-"));
    }

    @Test
    void asksAsAClient() {
        assertThat(granted(client(PATIENCE))).isEqualTo("token-1");

        assertThat(endpoint.questions()).containsExactly(Map.of(
                "grant_type", "client_credentials",
                "client_id", "the client",
                "client_secret", CLIENT_SECRET,
                "scope", "https://outlook.office365.com/.default"));
        assertThat(endpoint.types()).containsExactly("application/x-www-form-urlencoded");
    }

    @Test
    void asksForAnOwnerWhoHasAgreed() {
        assertThat(granted(refreshing())).isEqualTo("token-1");

        assertThat(endpoint.questions().getFirst())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", REFRESH_TOKEN);
        assertThat(stored()).doesNotExist();
    }

    @Test
    void asksOnceForAll() throws Exception {
        var tokens = client(PATIENCE);
        endpoint.holdBack();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Access>>();
            for (var i = 0; i < 50; i++) {
                answers.add(crowd.submit(tokens::current));
            }
            await().until(() -> endpoint.questions().size() == 1);
            endpoint.letGo();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(new Access.Granted(Secret.of("token-1")));
            }
        }
        assertThat(endpoint.questions()).hasSize(1);
    }

    @Test
    void tellsAllOfAFailureAtOnce() throws Exception {
        var tokens = client(PATIENCE);
        endpoint.answering(500, "{}").holdBack();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = crowd.submit(tokens::current);
            await().until(() -> endpoint.questions().size() == 1);
            var second = crowd.submit(tokens::current);
            endpoint.letGo();
            assertThat(first.get()).isInstanceOf(Access.Denied.class);
            assertThat(second.get()).isInstanceOf(Access.Denied.class);
        }
    }

    @Test
    void renewsEarlyWhileOthersGoOn() throws Exception {
        var tokens = client(PATIENCE);
        granted(tokens);
        time.advance(Duration.ofSeconds(3599 - 301));
        assertThat(granted(tokens)).isEqualTo("token-1");
        time.advance(Duration.ofSeconds(1));
        endpoint.holdBack();
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            var renewal = other.submit(tokens::current);
            await().until(() -> endpoint.questions().size() == 2);
            assertThat(granted(tokens)).isEqualTo("token-1");
            endpoint.letGo();
            assertThat(renewal.get()).isEqualTo(new Access.Granted(Secret.of("token-2")));
        }
        assertThat(granted(tokens)).isEqualTo("token-2");
    }

    @Test
    void goesOnWithTheOldOneWhileTheServiceIsDown() {
        var tokens = client(PATIENCE);
        granted(tokens);
        endpoint.answering(503, "{}");
        time.advance(Duration.ofMinutes(56));
        assertThat(granted(tokens)).isEqualTo("token-1");
        assertThat(granted(tokens)).isEqualTo("token-1");
        assertThat(endpoint.questions()).hasSize(2);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).singleElement().asString()
                .contains("the old one ends at 2026-11-23T08:59:59Z: 127.0.0.1: status 503");
        time.advance(Duration.ofSeconds(30));
        assertThat(granted(tokens)).isEqualTo("token-1");
        assertThat(endpoint.questions()).hasSize(3);
        time.advance(Duration.ofMinutes(4));
        assertThat(denied(tokens)).isEqualTo("no access token: 127.0.0.1: status 503");
    }

    @Test
    void believesNoAnswerForLongWithoutALifetime() {
        var tokens = client(PATIENCE);
        endpoint.answering(200, "{\"access_token\": \"token-%d\"}");
        assertThat(granted(tokens)).isEqualTo("token-1");
        time.advance(Duration.ofMinutes(4));
        assertThat(granted(tokens)).isEqualTo("token-2");
        endpoint.answering(200, "{\"access_token\": \"token-%d\", \"token_type\": \"bearer\", \"expires_in\": \"100\"}");
        time.advance(Duration.ofMinutes(5));
        assertThat(granted(tokens)).isEqualTo("token-3");
        time.advance(Duration.ofSeconds(79));
        assertThat(granted(tokens)).isEqualTo("token-3");
        time.advance(Duration.ofSeconds(1));
        assertThat(granted(tokens)).isEqualTo("token-4");
    }

    @Test
    void replacesARefusedTokenUnlessItIsNew() {
        var tokens = client(PATIENCE);
        granted(tokens);
        assertThat(tokens.insteadOf(Secret.of("token-1"))).isInstanceOf(Access.Denied.class);
        time.advance(Duration.ofMinutes(1));
        assertThat(tokens.insteadOf(Secret.of("token-1"))).isEqualTo(new Access.Granted(Secret.of("token-2")));
        // Twenty connections had the old one.
        assertThat(tokens.insteadOf(Secret.of("token-1"))).isEqualTo(new Access.Granted(Secret.of("token-2")));
        assertThat(endpoint.questions()).hasSize(2);
    }

    @Test
    void storesANewRefreshToken() throws IOException {
        endpoint.answering(200, "{\"access_token\": \"token-%d\", \"expires_in\": 3599, \"refresh_token\": \"r3fresh-%d\"}");
        var tokens = refreshing();
        granted(tokens);
        assertThat(Files.getPosixFilePermissions(stored())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(stored())).contains("r3fresh-1").doesNotContain(REFRESH_TOKEN);
        time.advance(Duration.ofHours(1));
        granted(tokens);
        granted(refreshing());
        // Another process has asked meanwhile, with the token that was good then.
        time.advance(Duration.ofHours(1));
        granted(tokens);
        assertThat(endpoint.questions()).extracting(form -> form.get("refresh_token"))
                .containsExactly(REFRESH_TOKEN, "r3fresh-1", "r3fresh-2", "r3fresh-3");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(stored());
        }

        // The operator has agreed again.
        granted(refreshing(Optional.of("r3fresh/B")));
        assertThat(endpoint.questions().getLast()).containsEntry("refresh_token", "r3fresh/B");
    }

    @Test
    void leavesARefreshTokenToTheOwnerOfTheFolder() throws IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        var other = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(folder, other);
        endpoint.answering(200, "{\"access_token\": \"token-%d\", \"refresh_token\": \"r3fresh-%d\"}");
        granted(refreshing());
        assertThat(Files.getOwner(stored())).isEqualTo(other);
    }

    @Test
    void goesOnWhenANewRefreshTokenCanNotBeStored() throws IOException {
        endpoint.answering(200, "{\"access_token\": \"token-%d\", \"expires_in\": 3599, \"refresh_token\": \"r3fresh-%d\"}");
        Files.createDirectories(stored().resolve("in the way"));
        var tokens = refreshing();
        assertThat(granted(tokens)).isEqualTo("token-1");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).singleElement().asString()
                .startsWith("the new refresh token can't be stored");
        time.advance(Duration.ofHours(1));
        assertThat(granted(tokens)).isEqualTo("token-2");
        assertThat(endpoint.questions().getLast()).containsEntry("refresh_token", "r3fresh-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {}                                                     | the answer holds no access token
            200 | {"access_token": ""}                                   | the answer holds no access token
            200 | {"access_token": null}                                 | the answer holds no access token
            200 | {"access_token": ["token-1"]}                          | the answer holds no access token
            200 | {"access_token": "token-1\\r\\nRSET"}                  | the answer holds no access token
            200 | {"access_token": "token-1\\u0001"}                     | the answer holds no access token
            200 | {"access_token": "token-1                              | the answer holds no access token
            200 | {"access_token": "token-1", "token_type": "mac"}       | the token is no bearer token
            200 | ["token-1"]                                            | the answer is not a JSON object
            200 | token-1                                                | the answer is not a JSON object
            200 | ``                                                     | the answer is empty
            400 | {"error": "invalid_grant", "error_description": "Token\\nended"} | status 400, invalid_grant: Token ended
            401 | {"error": "invalid_client"}                            | status 401, invalid_client
            401 | {"error": "no", "error_description": "s3cret &=+% r3fresh s3cret+%26%3D%2B%25 is wrong"} | status 401, no: *** r3fresh *** is wrong
            400 | {"error": {"code": 400}}                               | status 400
            500 | oops                                                   | status 500
            429 | {}                                                     | status 429
            201 | {"access_token": "token-1"}                            | status 201
            """)
    void whatCanNotBeUsedIsDenied(int status, String body, String why) {
        endpoint.answering(status, body);
        assertThat(denied(client(PATIENCE))).isEqualTo("no access token: 127.0.0.1: " + why);
    }

    @Test
    void quotesNoRefreshToken() {
        endpoint.answering(400, "{\"error\": \"invalid_grant\", \"error_description\": \"r3fresh/A r3fresh%2FA\"}");
        assertThat(denied(refreshing())).isEqualTo("no access token: 127.0.0.1: status 400, invalid_grant: *** ***");
    }

    @Test
    void followsNoRedirect() {
        try (var elsewhere = TokenEndpoint.start()) {
            endpoint.answering(307, "Location", elsewhere.url(), "");
            assertThat(denied(client(PATIENCE))).isEqualTo("no access token: 127.0.0.1: status 307");
            assertThat(elsewhere.questions()).isEmpty();
        }
    }

    @Test
    void readsNoLargeAnswer() {
        endpoint.answering(200, "{\"access_token\": \"token-1\", \"x\": \"" + "y".repeat(64 * 1024) + "\"}");
        assertThat(denied(client(PATIENCE))).endsWith("the answer is too large");
        endpoint.answering(200, "{\"access_token\": \"" + "y".repeat(16 * 1024 + 1) + "\"}");
        assertThat(denied(client(PATIENCE))).endsWith("the answer holds no access token");
        endpoint.answering(200, "{\"access_token\": " + "[".repeat(60_000));
        assertThat(denied(client(PATIENCE))).endsWith("the answer holds no access token");
    }

    @Test
    void readsJsonAlone() {
        endpoint.answering(200, "Content-Type", "text/html", "<html>Log in: s3cret &=+%</html>");
        assertThat(denied(client(PATIENCE))).endsWith("the answer is not JSON in UTF-8 but text/html");
        endpoint.answering(200, "Content-Encoding", "gzip", "{}");
        assertThat(denied(client(PATIENCE))).contains("encoded");
    }

    @Test
    void waitsForNoServiceWithoutEnd() throws IOException {
        endpoint.holdBack();
        assertThat(denied(client(HASTE))).isEqualTo("no access token: 127.0.0.1: no whole answer within 200 ms");
        // The connection stands, but no one answers on it.
        try (var silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(denied(client("https://127.0.0.1:" + silent.getLocalPort(), HASTE))).contains(" within 200 ms");
        }
    }

    @Test
    void saysWhenNoServiceListens() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = gone.getLocalPort();
        }
        assertThat(denied(client("http://127.0.0.1:" + port, PATIENCE))).contains("no connection");
        assertThat(denied(client("https://token.invalid/", PATIENCE))).contains("token.invalid: ");
        try (var unknown = ScriptedUpstream.startTls()) {
            assertThat(denied(client("https://localhost:" + unknown.port(), PATIENCE))).contains("no TLS: ");
        }
    }

    private AccessTokens client(Duration timeout) {
        return client(endpoint.url(), timeout);
    }

    private AccessTokens client(String url, Duration timeout) {
        return tokens(url, new Grant.ClientCredentials(), timeout);
    }

    private AccessTokens refreshing() {
        return refreshing(Optional.empty());
    }

    private AccessTokens refreshing(Optional<String> other) {
        return tokens(endpoint.url(), new Grant.RefreshToken(Secret.of(other.orElse(REFRESH_TOKEN)), stored()), PATIENCE);
    }

    private AccessTokens tokens(String url, Grant grant, Duration timeout) {
        return new AccessTokens(
                new TokenSettings(
                        ServiceUrl.parse(url),
                        "the client",
                        Optional.of(Secret.of(CLIENT_SECRET)),
                        grant,
                        Optional.of("https://outlook.office365.com/.default"),
                        timeout),
                time);
    }

    private Path stored() {
        return folder.resolve("refresh-token.smarthost");
    }

    private static String granted(AccessTokens tokens) {
        assertThat(tokens.current()).isInstanceOf(Access.Granted.class);
        return ((Access.Granted) tokens.current()).token().reveal();
    }

    private static String denied(AccessTokens tokens) {
        assertThat(tokens.current().toString()).doesNotContain("s3cret", "r3fresh/A", "token-");
        return tokens.current() instanceof Access.Denied(var why) ? why : "granted";
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
