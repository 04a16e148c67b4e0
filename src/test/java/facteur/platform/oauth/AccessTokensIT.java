package facteur.platform.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import facteur.platform.config.Secret;
import facteur.platform.oauth.AccessTokens.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Access tokens from a real endpoint, by a clock that is turned.
final class AccessTokensIT extends AccessTokensRig {
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
}
