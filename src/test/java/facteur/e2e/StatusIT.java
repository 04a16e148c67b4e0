package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `facteur status`, from outside: with a daemon, and without one.
final class StatusIT {
    private static final byte[] LETTER =
            "From: Jan Janssens <jan@dupont.example>\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void configure() {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT);
    }

    @Test
    void showsAnUpstreamThatIsDownAndTheLetterThatWaits() throws Exception {
        relay.relayingTo(portOfNobody());
        try (var running = PackagedRelay.run(relay.config())) {
            try (var app = AppConnection.greeted(running.port())) {
                assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
                await().atMost(Duration.ofSeconds(20)).until(() -> status("--json").out().contains("\"state\": \"deferred\""));
                var shown = status();
                assertThat(shown.exitCode()).isZero();
                assertThat(shown.err()).isEmpty();
                assertThat(shown.out())
                        .startsWith("facteur ")
                        .contains(" ready, up ")
                        .contains("127.0.0.1:" + running.port())
                        .contains(" 1 connections\n")
                        .contains("smarthost              down for ")
                        .contains("deferred               1, the oldest since ")
                        .contains("letters: 1 accepted, 0 refused; recipients: 0 relayed, 1 deferred, 0 failed")
                        .contains("event=upstream-failed upstream=smarthost");
                assertThat(status("--json").out()).contains("\"running\": true").contains("\"uptimeSeconds\": ");
            }
            // What upstreams said is not for every user of this machine.
            assertThat(AdminPort.of(relay).get("/status")).startsWith("HTTP/1.1 401 ");
            assertThat(running.stop()).isEqualTo(143);
        }
        var stopped = status();
        assertThat(stopped.exitCode()).isEqualTo(69);
        assertThat(stopped.err()).contains("no running facteur with an admin port uses");
        assertThat(stopped.out()).startsWith("in the queue: 1 deferred; the oldest since ");
        assertThat(status("--json").out()).contains("\"running\": false").contains("\"letters\": 1");
    }

    @Test
    void saysWhenThereHasNeverBeenOne() throws Exception {
        relay.capturing();
        var never = status();
        assertThat(never.exitCode()).isEqualTo(69);
        assertThat(never.out()).isEmpty();
        assertThat(never.err()).contains("no running facteur with an admin port uses");
    }

    private static int portOfNobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Ended status(String... options) {
        return Command.run(relay.config(), Stream.concat(Stream.of("status"), Stream.of(options)).toArray(String[]::new));
    }
}
