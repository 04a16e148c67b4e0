package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonValue;
import facteur.platform.tls.KeyMaterial;
import facteur.platform.tls.TlsKeys;
import facteur.platform.tls.TlsSection;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WebTlsTest {
    private static final HostAndPort ANY = new HostAndPort("127.0.0.1", 0);
    private static final String REQUEST = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @Test
    void speaksTlsAloneWithTheCertificateOfTheMoment() throws IOException {
        var settings = new ConsoleSettings(Optional.of(ANY), Optional.empty(), ConsoleSettings.Tls.IMPLICIT, List.of(),
                PageSettings.byDefault(ZoneOffset.UTC));
        var keys = new TlsKeys(material());
        var health = new Route("GET", Router.HEALTH, _ -> Answer.json(200, JsonValue.of("up")));
        try (var server = WebServer.start(ANY, () -> settings, keys, Site.of(List.of(health)), new RecordingJournal(), new PrometheusRegistry())) {
            assertThat(overTls(server.port())).startsWith("HTTP/1.1 200 ").doesNotContain("Strict-transport-security");
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(ask(socket)).doesNotContain("HTTP/1.1 200");
            }
            server.close(0);
        }
    }

    private static Optional<KeyMaterial> material() {
        var root = ConfigFile.parse(TestTls.section("relay.pem", "relay-pkcs8.key"), Path.of("facteur.yaml"), new Problems());
        return TlsSection.read(root.section("tls"), new TestTime());
    }

    private static String overTls(int port) throws IOException {
        try (var socket = TestTls.trusting().getSocketFactory().createSocket("localhost", port)) {
            var parameters = ((SSLSocket) socket).getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            ((SSLSocket) socket).setSSLParameters(parameters);
            return ask(socket);
        }
    }

    private static String ask(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
