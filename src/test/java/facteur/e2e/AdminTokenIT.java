package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.AdminPort;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The admin port as it has to be off loopback: with a token, and TLS.
final class AdminTokenIT {
    private static final String TOKEN = "correct-horse-battery";

    @TempDir
    private Path folder;

    private RelayFolder relay;
    private Daemon daemon;

    @BeforeEach
    void start() {
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        "admin",
                        "{ address: \"127.0.0.1:0\", tls: implicit, token: " + TOKEN + " }",
                        TestTls.section("relay.pem", "relay-pkcs8.key"));
        daemon = relay.start(new RecordingJournal());
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /metrics", "GET /health/ready", "GET /status", "POST /reload", "POST /settings/evict", "GET /no-such-path"})
    void withoutTheTokenNothingIsSaid(String request) throws IOException {
        for (var field : new String[] {"", authorization("wrong-horse-battery"), authorization(TOKEN + "x"),
            "Authorization: Basic " + TOKEN + "\r\n"}) {
            assertThat(overTls(request, field)).startsWith("HTTP/1.1 401 ").contains("Www-authenticate: Bearer\r\n");
        }
    }

    @Test
    void withItEverythingIs() throws IOException {
        for (var path : new String[] {"GET /metrics", "GET /health/ready", "GET /status", "POST /reload"}) {
            assertThat(overTls(path, authorization(TOKEN))).startsWith("HTTP/1.1 200 ");
        }
        assertThat(overTls("GET /no-such-path", authorization(TOKEN))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aProbeForLifeNeedsNone() throws IOException {
        assertThat(overTls("GET /health/live", "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoSpeaksInClearIsNotAnswered() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1 200", "up");
        }
        assertThat(overTls("GET /health/live", "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void commandsOfThisMachineHaveADoorOfTheirOwn() throws IOException {
        var admin = AdminPort.of(relay);
        assertThat(admin.token()).isNotEqualTo(TOKEN);
        assertThat(admin.get("/metrics")).startsWith("HTTP/1.1 401 ");
        assertThat(admin.request("GET /status", authorization(admin.token()))).startsWith("HTTP/1.1 200 ");
        assertThat(admin.post("/reload")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aReloadShowsTheRenewedCertificate() throws IOException {
        assertThat(certificate()).contains("relay.example.org");
        relay.edited(TestTls.section("relay.pem", "relay-pkcs8.key"), TestTls.section("rsa.pem", "rsa-pkcs8.key"));
        assertThat(overTls("POST /reload", authorization(TOKEN))).startsWith("HTTP/1.1 200 ");
        assertThat(key()).isEqualTo("RSA");
    }

    @Test
    void thePortIsLetGo() {
        var port = port();
        daemon.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port)).isInstanceOf(IOException.class);
    }

    private int port() {
        return daemon.adminPort().orElseThrow();
    }

    private static String authorization(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private String certificate() throws IOException {
        try (var socket = connected()) {
            return socket.getSession().getPeerCertificates()[0].toString();
        }
    }

    private String key() throws IOException {
        try (var socket = connected()) {
            return socket.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
        }
    }

    private SSLSocket connected() throws IOException {
        var socket = (SSLSocket) TestTls.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private String overTls(String request, String fields) throws IOException {
        try (var socket = connected()) {
            socket.getOutputStream().write((request + " HTTP/1.1\r\nHost: relay.internal\r\nConnection: close\r\nContent-Length: 0\r\n"
                    + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SSLException e) {
            throw new AssertionError("TLS", e);
        }
    }
}
