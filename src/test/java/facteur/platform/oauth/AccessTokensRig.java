package facteur.platform.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import facteur.fixture.TestTime;
import facteur.fixture.TokenEndpoint;
import facteur.platform.config.Secret;
import facteur.platform.http.ServiceUrl;
import facteur.platform.oauth.AccessTokens.Access;
import facteur.platform.oauth.TokenSettings.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Access tokens from a real endpoint, by a clock that a test sets. No log line ever shows a secret.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AccessTokensRig {
    static final String CLIENT_SECRET = "s3cret &=+%";
    static final String REFRESH_TOKEN = "r3fresh/A";
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Duration HASTE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    final TestTime time = new TestTime();
    final TokenEndpoint endpoint = TokenEndpoint.start();
    final ListAppender<ILoggingEvent> log = new ListAppender<>();

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

    AccessTokens client(Duration timeout) {
        return client(endpoint.url(), timeout);
    }

    AccessTokens client(String url, Duration timeout) {
        return tokens(url, new Grant.ClientCredentials(), timeout);
    }

    AccessTokens refreshing() {
        return refreshing(Optional.empty());
    }

    AccessTokens refreshing(Optional<String> other) {
        return tokens(endpoint.url(), new Grant.RefreshToken(Secret.of(other.orElse(REFRESH_TOKEN)), stored()), PATIENCE);
    }

    AccessTokens tokens(String url, Grant grant, Duration timeout) {
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

    Path stored() {
        return folder.resolve("refresh-token.smarthost");
    }

    static String granted(AccessTokens tokens) {
        assertThat(tokens.current()).isInstanceOf(Access.Granted.class);
        return ((Access.Granted) tokens.current()).token().reveal();
    }

    static String denied(AccessTokens tokens) {
        assertThat(tokens.current().toString()).doesNotContain("s3cret", "r3fresh/A", "token-");
        return tokens.current() instanceof Access.Denied(var why) ? why : "granted";
    }

    static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
