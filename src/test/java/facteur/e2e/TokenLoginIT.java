package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TokenEndpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged relay in front of a smarthost that wants a token over TLS, while the token service is down and when it is
/// back.
final class TokenLoginIT {
    private static final byte[] LETTER = "From: Jan <jan@dupont.example>\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void waitsForATokenAndWritesNoSecretAnywhere() throws Exception {
        try (var peer = ScriptedUpstream.start().offer("STARTTLS", "PIPELINING", "AUTH XOAUTH2");
                var endpoint = TokenEndpoint.start().answering(503, "{\"error\": \"busy\", \"error_description\": \"hush-client hush-refresh\"}")) {
            Files.writeString(folder.resolve("refresh"), "hush-refresh\n");
            var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                    upstreams:
                      - name: microsoft
                        kind: smtp
                        address: localhost:%d
                        tls: starttls-required
                        trust: "%s"
                        auth: xoauth2
                        login: relay@office.example
                        token:
                          url: %s
                          grant: refresh-token
                          client-id: client
                          client-secret: hush-client
                          refresh-token: ${file:refresh}
                    """.formatted(peer.port(), ScriptedUpstream.certificate().toAbsolutePath(), endpoint.url()));
            try (var running = PackagedRelay.run(relay.config())) {
                try (var app = AppConnection.greeted(running.port())) {
                    assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
                }
                await().until(() -> running.said().contains("event=upstream-failed"));
                assertThat(running.said()).contains("stage=auth cause=\"no access token: 127.0.0.1: status 503, busy: *** ***\"");
                assertThat(peer.letters()).isEmpty();

                endpoint.answering(200, "{\"access_token\": \"hush-access\", \"expires_in\": 3599, \"refresh_token\": \"hush-next\"}");
                assertThat(peer.awaitLetters(1).getFirst().isTls()).isTrue();
                await().until(() -> running.said().contains("event=relayed"));
                assertThat(running.said()).contains("event=upstream-recovered");
                running.stop();
                assertThat(Stream.of("hush", "aHVza", "Bearer")).noneMatch(running.said()::contains);
            }
            assertThat(peer.logins()).containsExactly("relay@office.example:hush-access");
            assertThat(relay.state().resolve("refresh-token.microsoft")).content().contains("hush-next");
        }
    }
}
