package facteur.e2e;

import static facteur.fixture.Act.say;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TokenEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `facteur upstream check` shows, and what the upstream sees of it.
final class UpstreamCheckIT {
    private final ScriptedUpstream peer = ScriptedUpstream.start().offer("STARTTLS", "SIZE 1000", "AUTH PLAIN XOAUTH2");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void showsWhatAnUpstreamSaysAndSendsNothing() throws Exception {
        configure("tls: starttls-required, trust: \"" + ScriptedUpstream.certificate().toAbsolutePath() + "\", login: relay, password: sesame");
        var ended = check("smarthost");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines())
                .contains("smarthost  relays to localhost:" + peer.port() + ", tls: starttls-required")
                .anyMatch(line -> line.matches(" +greeting +scripted.example ESMTP"))
                .anyMatch(line -> line.matches(" +name +scripted.example"))
                .anyMatch(line -> line.matches(" +offers +STARTTLS, SIZE 1000, AUTH PLAIN XOAUTH2"))
                .anyMatch(line -> line.matches(" +tls +TLSv1.3, TLS_\\w+"))
                .anyMatch(line -> line.matches(" +certificate +CN=localhost.*"))
                .anyMatch(line -> line.matches(" +names localhost"))
                .anyMatch(line -> line.matches(" +from \\S+ until \\S+, \\d+ days left"))
                .anyMatch(line -> line.matches(" +login +relay, accepted"))
                .anyMatch(line -> line.matches(" +result +ready for letters"));
        assertThat(ended.exitCode()).isZero();
        assertThat(peer.commands()).satisfiesExactly(
                line -> assertThat(line).startsWith("EHLO "),
                line -> assertThat(line).isEqualTo("STARTTLS"),
                line -> assertThat(line).startsWith("EHLO "),
                line -> assertThat(line).startsWith("AUTH PLAIN"),
                line -> assertThat(line).isEqualTo("MAIL FROM:<>"),
                line -> assertThat(line).isEqualTo("RSET"),
                line -> assertThat(line).isEqualTo("QUIT"));

        assertThat(check("--json").out()).containsSubsequence(
                "\"upstreams\": [", "\"name\": \"smarthost\"", "\"kind\": \"smtp\"", "\"tlsMode\": \"starttls-required\"",
                "\"extensions\": [", "\"SIZE 1000\"", "\"tlsProtocol\": \"TLSv1.3\"", "\"names\": [", "\"localhost\"", "\"validUntil\": \"2",
                "\"eightBit\": \"convert\"", "\"login\": \"relay\"", "\"againstReports\": \"\"", "\"ready\": true", "\"stage\": \"\"");
    }

    @Test
    void saysThatReportsAreRefused() throws Exception {
        peer.when("MAIL", say("501 Invalid MAIL FROM address provided"));
        configure("tls: none");
        var ended = check();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .contains("reports      refused from <>: 501 Invalid MAIL FROM address provided", "delivery.report-reverse-path", "kind: report")
                .contains("ready for letters");
        assertThat(check("--json").out()).contains("\"againstReports\": \"501 Invalid MAIL FROM address provided\"");
    }

    @Test
    void saysThatTheDomainOfReturnsIsRefused() throws Exception {
        peer.when("MAIL FROM:<postmaster@return.example.org>", say("553 5.7.1 sender domain isn't registered"));
        configure("tls: none", "returns: { domain: return.example.org }");
        var ended = check();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .contains("returns      refused from the domain of returns: 553 5.7.1 sender domain isn't registered", "register that domain")
                .doesNotContain("reports  ");
        assertThat(peer.commands()).containsSubsequence("MAIL FROM:<>", "RSET", "MAIL FROM:<postmaster@return.example.org>", "QUIT");
        assertThat(check("--json").out()).contains("\"againstReturns\": \"553 5.7.1 sender domain isn't registered\"");
    }

    @Test
    void showsWhatItHasUnderstood() throws Exception {
        peer.when("EHLO", say("250-scripted.example\r\n250-size=1000\r\n250-  starttls\r\n250 AUTH=PLAIN LOGIN"))
                .when("STARTTLS", say("454 4.7.0 not now"));
        configure("tls: starttls");

        assertThat(check().out().lines())
                .anyMatch(line -> line.matches(" +offers +SIZE 1000, STARTTLS, AUTH PLAIN LOGIN"))
                .anyMatch(line -> line.matches(" +tls +declined: letters go in clear"))
                .anyMatch(line -> line.matches(" +result +ready for letters"));
    }

    @Test
    void showsTheCertificateThatNobodyVouchesFor() throws Exception {
        configure("tls: starttls-required, login: relay, password: sesame");
        var ended = check();

        assertThat(ended.exitCode()).isEqualTo(76);
        assertThat(ended.out())
                .contains("none, but it shows a certificate", "CN=localhost", "failed at tls: ", "certification path")
                .doesNotContain("login");
        assertThat(peer.logins()).isEmpty();
    }

    @Test
    void saysThatALoginIsRefused() throws Exception {
        peer.when("AUTH", say("535 5.7.8 wrong"));
        configure("tls: none, login: relay, password: sesame");
        var ended = check();

        assertThat(ended.exitCode()).isEqualTo(77);
        assertThat(ended.out()).contains("relay, not accepted", "failed at auth: 535 5.7.8 wrong").doesNotContain("sesame");
    }

    @Test
    void getsATokenAndKeepsTheNewRefreshToken() throws Exception {
        try (var endpoint = TokenEndpoint.start()) {
            endpoint.answering(200, "{\"access_token\": \"token-%d\", \"refresh_token\": \"refresh-%d\", \"expires_in\": 3599}");
            configure("tls: none, auth: xoauth2, login: relay@office.example, token: { url: \"" + endpoint.url()
                    + "\", grant: refresh-token, client-id: c, refresh-token: first }");
            assertThat(check().exitCode()).isZero();
            assertThat(check().exitCode()).isZero();

            assertThat(peer.logins()).containsExactly("relay@office.example:token-1", "relay@office.example:token-2");
            assertThat(endpoint.questions()).extracting(form -> form.get("refresh_token")).containsExactly("first", "refresh-1");
            var kept = folder.resolve("var/refresh-token.smarthost");
            assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

            endpoint.answering(400, "{\"error\": \"invalid_grant\", \"error_description\": \"refresh-2 has ended\"}");
            var ended = check();
            assertThat(ended.exitCode()).isEqualTo(77);
            assertThat(ended.out()).contains("failed at auth: no access token: 127.0.0.1: status 400, invalid_grant: *** has ended");
        }
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        configure("tls: none");
        peer.close();
        var ended = check();

        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.out()).contains("failed at connect: localhost:" + peer.port());
    }

    @Test
    void saysThatLettersGoInClear() throws Exception {
        peer.offer("SIZE 1000");
        configure("tls: starttls");
        var ended = check();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out())
                .contains("not offered: letters go in clear", "8BITMIME is not offered: letters with 8-bit octets are converted");
        assertThat(check("--json").out()).contains("\"eightBit\": \"convert\"");
    }

    @Test
    void looksAtTheFolderOfCapturedLetters() throws Exception {
        new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        var ended = check();
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("capture  captures letters in " + folder.resolve("var/captured"), "is writable");

        Files.writeString(folder.resolve("var"), "in the way");
        assertThat(check().exitCode()).isEqualTo(73);
        assertThat(check("other"))
                .isEqualTo(new Ended(65, "", "facteur: no such upstream: other; configured: capture\n"));
    }

    private void configure(String keys) {
        configure(keys, "");
    }

    /// @param lines of the configuration, beside the upstream
    private void configure(String keys, String lines) {
        new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(
                "upstreams: [{ name: smarthost, kind: smtp, address: \"localhost:" + peer.port() + "\", " + keys + " }]\n" + lines);
    }

    private Ended check(String... words) throws Exception {
        return Command.run(folder.resolve("facteur.yaml"), Stream.concat(Stream.of("upstream", "check"), Stream.of(words)).toArray(String[]::new));
    }
}
