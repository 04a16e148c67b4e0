package facteur.upstream;

import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.stall;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.breaker;
import static facteur.upstream.Samples.shortTimeouts;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.fixture.TokenEndpoint;
import facteur.mail.smtp.TlsMode;
import facteur.platform.config.Secret;
import facteur.platform.http.ServiceUrl;
import facteur.platform.oauth.TokenSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// XOAUTH2: the login with a token from a real endpoint.
class TokenLoginTest {
    private static final String JSON = "334 eyJzdGF0dXMiOiI0MDAifQ==";

    private final TestTime time = new TestTime();
    private final TokenEndpoint endpoint = TokenEndpoint.start();
    private final ScriptedUpstream peer = ScriptedUpstream.start().offer("STARTTLS", "PIPELINING", "AUTH LOGIN PLAIN XOAUTH2");

    @AfterEach
    void close() {
        peer.close();
        endpoint.close();
    }

    @Test
    void logsInOverTls() throws IOException {
        assertThat(relayed(trusting(TlsMode.STARTTLS_REQUIRED))).isEqualTo("Relayed 250 2.0.0 taken");

        assertThat(peer.logins()).containsExactly("relay@office.example:token-1");
        // As the mechanism's own example has it: one line, with the initial response.
        assertThat(peer.commands()).contains("AUTH XOAUTH2 dXNlcj1yZWxheUBvZmZpY2UuZXhhbXBsZQFhdXRoPUJlYXJlciB0b2tlbi0xAQE=");
        assertThat(peer.letters().getFirst().isTls()).isTrue();
    }

    @Test
    void sharesOneTokenBetweenConnections() throws Exception {
        try (var upstream =
                upstream(smarthost(peer).withLogin(login()).withLimits(new ConnectionLimits(20, 1, Duration.ofMinutes(5), Duration.ofSeconds(30))));
                var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<Future<String>>();
            for (var i = 0; i < 20; i++) {
                outcomes.add(crowd.submit(() -> text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst())));
            }
            for (var outcome : outcomes) {
                assertThat(outcome.get()).isEqualTo("Relayed 250 2.0.0 taken");
            }
        }
        assertThat(peer.connections()).isEqualTo(20);
        assertThat(endpoint.questions()).hasSize(1);
    }

    @Test
    void sendsNoTokenInClearWhenTlsWasHopedFor() throws IOException {
        peer.offer("AUTH XOAUTH2");

        assertThat(relayed(trusting(TlsMode.STARTTLS))).isEqualTo("TempFailed TLS STARTTLS not offered, and a login is not sent in clear");
        assertThat(relayed(trusting(TlsMode.STARTTLS_REQUIRED))).isEqualTo("TempFailed TLS STARTTLS not offered");
        assertThat(peer.logins()).isEmpty();
        assertThat(endpoint.questions()).isEmpty();
    }

    @Test
    void isNotTalkedIntoSendingAPassword() {
        peer.offer("AUTH PLAIN LOGIN");

        assertThat(relayed(smarthost(peer))).isEqualTo("TempFailed AUTH AUTH XOAUTH2 not offered");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }

    /// RFC 4954 §4: 512 octets with CRLF are the most for a command line, not for a response.
    @ParameterizedTest
    @CsvSource({"300, AUTH XOAUTH2 dXNl, 1", "1100, AUTH XOAUTH2, 2"})
    void sendsALongTokenBehindTheChallenge(int length, String command, int lines) {
        endpoint.answering(200, "{\"access_token\": \"" + "T".repeat(length) + "\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}");

        assertThat(relayed(smarthost(peer))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.logins()).containsExactly("relay@office.example:" + "T".repeat(length));
        assertThat(peer.octets(1).lines().filter(line -> line.startsWith("AUTH"))).allMatch(line -> line.length() <= 510)
                .anyMatch(line -> line.startsWith(command));
        assertThat(peer.octets(1).lines().filter(line -> line.startsWith("AUTH") || line.startsWith("dXNl"))).hasSize(lines);
    }

    @Test
    void readsTheReplyBehindTheChallenge() {
        peer.when("AUTH XOAUTH2", say(JSON)).when("CONTINUED", say("535 5.7.3 Authentication unsuccessful"));

        assertThat(relayed(smarthost(peer))).isEqualTo("TempFailed AUTH 535 5.7.3 Authentication unsuccessful");
        assertThat(peer.commands()).containsSubsequence("AUTH XOAUTH2 dXNlcj1yZWxheUBvZmZpY2UuZXhhbXBsZQFhdXRoPUJlYXJlciB0b2tlbi0xAQE=", "", "QUIT");
        assertThat(peer.letters()).isEmpty();
    }

    @Test
    void takesAYesBehindTheChallenge() {
        peer.when("AUTH XOAUTH2", say(JSON)).when("CONTINUED", say("235 2.7.0 after all"));

        assertThat(relayed(smarthost(peer))).isEqualTo("Relayed 250 2.0.0 taken");
    }

    @Test
    void endsAChallengeWithoutEnd() {
        peer.when("AUTH XOAUTH2", say(JSON)).when("CONTINUED", say(JSON)).when("QUIT", say(JSON));

        assertThat(relayed(smarthost(peer))).startsWith("TempFailed AUTH 334");
        assertThat(peer.commands()).hasSize(4);
    }

    @Test
    void endsWhenTheChallengeIsFollowedByNothing() {
        peer.when("AUTH XOAUTH2", say(JSON)).once("CONTINUED", drop()).once("CONTINUED", stall());

        assertThat(relayed(smarthost(peer))).startsWith("TempFailed AUTH");
        assertThat(relayed(smarthost(peer).withTimeouts(shortTimeouts()))).isEqualTo("TempFailed AUTH no reply within 0.15s");
    }

    @Test
    void triesOnceMoreWithAFreshToken() {
        try (var upstream =
                upstream(smarthost(peer).withLogin(login()).withLimits(new ConnectionLimits(1, 1, Duration.ofMinutes(5), Duration.ofSeconds(30))))) {
            assertThat(text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst())).isEqualTo("Relayed 250 2.0.0 taken");
            time.advance(Duration.ofMinutes(10));
            peer.once("AUTH XOAUTH2", say("535 5.7.8 withdrawn"));
            assertThat(text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst())).isEqualTo("Relayed 250 2.0.0 taken");
            assertThat(peer.logins()).extracting(login -> login.split(":")[1]).containsExactly("token-1", "token-1", "token-2");

            time.advance(Duration.ofMinutes(10));
            peer.when("AUTH XOAUTH2", say("535 5.7.8 no"));
            assertThat(text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst())).isEqualTo("TempFailed AUTH 535 5.7.8 no");
            assertThat(text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst())).isEqualTo("TempFailed AUTH 535 5.7.8 no");
            assertThat(peer.logins()).extracting(login -> login.split(":")[1])
                    .containsExactly("token-1", "token-1", "token-2", "token-2", "token-3", "token-3");
        }
    }

    @Test
    void triesAgainLaterWithoutAToken() {
        endpoint.answering(401, "{\"error\": \"invalid_client\", \"error_description\": \"hush is wrong\"}");
        var outcome = Samples.relay(smarthost(peer).withLogin(login()), to("bob@x.example"), HELLO).getFirst();

        assertThat(text(outcome)).isEqualTo("TempFailed AUTH no access token: 127.0.0.1: status 401, invalid_client: *** is wrong");
        assertThat(((Outcome.TempFailed) outcome).scope()).isEqualTo(FailureScope.UPSTREAM);
        assertThat(peer.commands()).containsExactly("EHLO relay.example", "QUIT");
    }

    @Test
    void printsNoSecret() {
        assertThat(smarthost(peer).withLogin(login()).toString()).contains("relay@office.example", "***").doesNotContain("hush");
    }

    private Login login() {
        return new Login.Token("relay@office.example", new TokenSettings(
                ServiceUrl.parse(endpoint.url()),
                "client",
                Optional.of(Secret.of("hush")),
                new TokenSettings.Grant.ClientCredentials(),
                Optional.empty(),
                Duration.ofSeconds(15)));
    }

    private Smarthost trusting(TlsMode tls) throws IOException {
        return smarthost(peer, tls).withTrust(Trust.pem(ScriptedUpstream.certificate()));
    }

    private SmtpUpstream upstream(Smarthost smarthost) {
        return Samples.upstream(smarthost, breaker(time), time);
    }

    private String relayed(Smarthost smarthost) {
        return text(Samples.relay(smarthost.withLogin(login()), to("bob@x.example"), HELLO).getFirst());
    }
}
