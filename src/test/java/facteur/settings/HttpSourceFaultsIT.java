package facteur.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that stall, break off, or speak no HTTP.
final class HttpSourceFaultsIT extends HttpSourceRig {
    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"company\": ",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{",
    })
    void aStallIsCut(String before) throws IOException {
        var peer = stalling(before);
        var startedAt = System.nanoTime();
        assertThat(why(source(base(peer.port()), HASTE).office(DUPONT))).isEqualTo("offices/dupont: no whole answer within 300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isBetween(HASTE.minusMillis(5), HASTE.plusSeconds(5));
    }

    @Test
    void aDribbleIsCut() throws IOException {
        var peer = peer((_, _, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n".getBytes(UTF_8));
            while (true) {
                out.write(' ');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        });
        assertThat(why(source(base(peer.port()), HASTE).office(DUPONT))).contains("no whole answer within 300 ms");
        await().until(() -> peer.hungUp() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "220 smtp.example ESMTP\r\n",
        "500 what is 'Authorization: Bearer s3cret-T0ken'\r\n\r\n",
        "\u0016\u0003\u0001\u0000\u00ff\u001b[31m\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbro ken\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: many\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"company\": \"o@d.example\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"company\": \"o@d.example\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n{\"company\": \"o@d.example\"}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n{\"company\": \"o@d.example\"}",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    })
    void whatIsNotHttpIsUnavailable(String answer) throws IOException {
        var peer = HttpRawPeer.saying(answer);
        open.add(peer);
        var why = why(source(peer.port()).office(DUPONT));
        assertThat(why).startsWith("offices/dupont:").doesNotContain(TOKEN).doesNotContain("\u001b").doesNotContain("\n");
    }

    @Test
    void aHeaderWithoutEndIsCut() throws IOException {
        var peer = peer((_, _, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write(("X-More: " + "x".repeat(1000) + "\r\n").getBytes(UTF_8));
            }
        });
        why(source(peer.port()).office(DUPONT));
    }

    @Test
    void aResetIsUnavailable() throws IOException {
        var peer = peer((_, socket, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{".getBytes(UTF_8));
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        });
        assertThat(why(source(peer.port()).office(DUPONT))).contains("the exchange broke off");
    }

    @Test
    void aClosedPortIsUnavailable() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(why(source(port).office(DUPONT))).contains("offices/dupont: no connection: refused");
        assertThat(why(source(URI.create("http://absent.invalid")).office(DUPONT))).contains("the host is unknown");
    }

    /// The JDK's client misses the end of a handshake about once in a thousand times; then the time limit ends the exchange.
    @Test
    void aPeerWithoutTlsIsUnavailable() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (var socket = plain.accept()) {
                    socket.getInputStream().readNBytes(100);
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    socket.shutdownOutput();
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException over) {
                    // The relay hung up.
                }
            });
            var url = URI.create("https://localhost:" + plain.getLocalPort());
            assertThat(why(source(url, HASTE).office(DUPONT)))
                    .containsAnyOf("no TLS", "the exchange broke off", "no whole answer within 300 ms", "no connection within 300 ms");
        }
    }

    @Test
    void anInterruptIsKept() throws IOException {
        var asking = source(stalling("").port());
        Thread.currentThread().interrupt();
        var lookup = asking.office(DUPONT);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(why(lookup)).contains("interrupted");
    }

    @Test
    void closingEndsExchangesInProgress() throws Exception {
        var peer = stalling("");
        var asking = source(peer.port());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = callers.submit(() -> asking.office(DUPONT));
            await().until(() -> !peer.questions().isEmpty());
            asking.close();
            why(answer.get());
            why(asking.office(DUPONT));
        }
    }
}
