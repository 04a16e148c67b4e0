package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of pages counts from the next request on; where they listen, from the next start on.
final class ConsoleReloadIT {
    private static final String SECTION = "console: { address: \"127.0.0.1:0\" }\n";

    @TempDir
    private Path folder;

    private String written = SECTION;
    private RelayFolder relay;
    private Daemon daemon;

    @BeforeEach
    void start() throws IOException {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(SECTION);
        daemon = relay.start(new RecordingJournal());
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @Test
    void takesOverAllButAddressAndTls() throws IOException {
        assertThat(get("/sign-in", "localhost")).startsWith("HTTP/1.1 200 ").contains("<html lang=\"en\"")
                .doesNotContain("Strict-transport-security");
        reload("console: { address: \"127.0.0.1:0\", language: nl, help: 'https://help.example.org/mail', url: 'https://mail.example.org' }\n");
        assertThat(get("/sign-in", "mail.example.org"))
                .startsWith("HTTP/1.1 200 ").contains("<html lang=\"nl\"", "https://help.example.org/mail", "Strict-transport-security: ");
        reload("console: { address: \"127.0.0.1:0\", pages: false }\n");
        assertThat(get("/sign-in", "localhost")).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
        assertThat(get("/api/v1/offices", "localhost")).startsWith("HTTP/1.1 401 ");
        assertThat(get("/sign-in", "mail.example.org")).startsWith("HTTP/1.1 421 ");
        reload(SECTION);
        assertThat(get("/sign-in", "localhost")).startsWith("HTTP/1.1 200 ").contains("<html lang=\"en\"");
    }

    @Test
    void saysWhatWaitsForTheNextStart() throws IOException {
        relay.edited(SECTION, "console: { address: \"[::1]:0\", session: { idle: 5m } }\n");
        assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class,
                applied -> assertThat(applied.atNextStart()).containsExactly("console.address"));
        assertThat(get("/sign-in", "localhost")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aMistakeKeepsTheOld() throws IOException {
        relay.edited(SECTION, "console: { address: \"127.0.0.1:0\", languge: fr }\n");
        assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class, kept -> assertThat(kept.problems())
                .singleElement().asString().contains("console.languge: unknown key; did you mean 'language'?"));
        assertThat(get("/sign-in", "localhost")).startsWith("HTTP/1.1 200 ").contains("<html lang=\"en\"");
    }

    private void reload(String section) throws IOException {
        relay.edited(written, section);
        written = section;
        assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class, applied -> assertThat(applied.atNextStart()).isEmpty());
    }

    private String get(String path, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), daemon.consolePort().orElseThrow())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
