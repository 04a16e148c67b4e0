package facteur.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages of others can do to somebody who has signed in.
@Timeout(60)
final class OriginBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ConsoleDaemon console;
    private HttpServer foreign;
    private String body;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        console = ConsoleDaemon.start(folder);
        body = "";
        foreign = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        foreign.createContext("/", exchange -> {
            var html = ("<!doctype html><title>Foreign</title>" + body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, html.length);
            try (exchange) {
                exchange.getResponseBody().write(html);
            }
        });
        foreign.start();
    }

    @AfterEach
    void stop() {
        foreign.stop(0);
        console.close();
    }

    /// Of another port of the same host, whose pages get the cookie; and of another host.
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    @DisplayName("37: a form that is sent from a page of another origin is refused with 403, and changes nothing")
    void aFormOfAnotherOriginIsRefused(String host) throws SQLException {
        body = "<form method='post' action='" + console.url("/o/dupont/mail")
                + "'><input name='version' value='42'><input name='reply' value='sender'>"
                + "<button>Win</button></form>";
        var tab = BROWSER.open(Look.DESK);
        console.signIn(tab, As.ADMIN);
        tab.go("http://" + host + ":" + foreign.getAddress().getPort() + "/");
        var refused = tab.page().waitForResponse(response -> response.url().equals(console.url("/o/dupont/mail")),
                () -> tab.page().locator("button").click());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(tab.page().locator("main")).containsText("This request comes from another site.");
        assertThat(console.version()).isEqualTo(ConsoleDaemon.VERSION);
        tab.assertClean();
    }

    @Test
    @DisplayName("37: a page is not shown in a frame of another origin")
    void aPageIsShownInNoFrame() throws SQLException {
        body = "<iframe src='" + console.url("/o/dupont/mail") + "'></iframe>";
        var tab = BROWSER.open(Look.DESK);
        console.signIn(tab, As.ADMIN);
        tab.go("http://localhost:" + foreign.getAddress().getPort() + "/");
        var framed = tab.page().frames().stream().filter(frame -> frame.parentFrame() != null).map(Frame::content).findFirst().orElseThrow();
        assertThat(framed).doesNotContain("Dupont");
        assertThat(tab.messages()).anyMatch(message -> message.contains("frame-ancestors"));
        tab.close();
    }
}
