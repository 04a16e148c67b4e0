package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the other tests of this package rely on: a page at fault is found, and a page that isn't passes.
@Timeout(60)
final class BrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private HttpServer server;
    private int status;
    private String body;

    @BeforeEach
    void serve() throws IOException {
        status = 200;
        body = "";
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            var html = ("<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Page</title><link rel='icon' href='data:,'></head>"
                    + "<body><main><h1>Page</h1>" + body + "</main></body></html>").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; img-src data:; script-src 'unsafe-inline'");
            exchange.sendResponseHeaders(status, html.length);
            try (exchange) {
                exchange.getResponseBody().write(html);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Tab open(Look look) {
        var tab = BROWSER.open(look);
        tab.go("http://localhost:" + server.getAddress().getPort() + "/");
        return tab;
    }

    @Test
    void passesAGoodPageInEachLook() {
        body = "<p>Text</p>";
        for (var look : new Look[] {
            Look.DESK, Look.NARROW, Look.ZOOMED, Look.DESK.in(Look.Colours.DARK), Look.DESK.in(Look.Colours.FORCED)
        }) {
            var tab = open(look);
            tab.assertClean();
            tab.assertNoSidewaysScroll();
        }
    }

    @Test
    void findsAFieldWithoutAName() {
        body = "<input name='company'>";
        var tab = open(Look.DESK);
        assertThatThrownBy(tab::assertAccessible).hasMessageContaining("label (critical)").hasMessageContaining("name=\"company\"");
        tab.close();
    }

    @Test
    void findsAFieldWithoutANameWithScriptOff() {
        body = "<input name='company'><script>document.body.textContent = 'script'</script>";
        var tab = open(Look.DESK.withoutScript());
        assertThat(tab.page().locator("main").count()).isOne();
        assertThatThrownBy(tab::assertAccessible).hasMessageContaining("label (critical)");
        tab.close();
    }

    @Test
    void findsWhatAScriptThrowsAndWhatThePolicyStops() {
        body = "<script>console.log('one'); nothing.here()</script>";
        var thrown = open(Look.DESK);
        assertThat(thrown.messages()).anyMatch(message -> message.startsWith("log: one")).anyMatch(message -> message.contains("nothing"));
        thrown.close();
        body = "<p style='color: red'>Text</p>";
        var stopped = open(Look.DESK);
        assertThatThrownBy(stopped::assertClean).hasMessageContaining("Content Security Policy");
        stopped.close();
    }

    @Test
    void countsARefusalOfTheServerAsNoMessage() {
        status = 422;
        assertThat(open(Look.DESK).messages()).isEmpty();
    }

    @Test
    void findsWhatIsTooWide() {
        body = "<p>" + "long".repeat(40) + "</p>";
        for (var look : new Look[] {Look.NARROW, Look.ZOOMED}) {
            assertThatThrownBy(open(look)::assertNoSidewaysScroll).hasMessageContaining("is wider than 320").hasMessageContaining("longlong");
        }
    }

    @Test
    void asksForTheLanguage() {
        assertThat(open(Look.DESK.in("nl-BE")).page().evaluate("() => navigator.language")).isEqualTo("nl-BE");
    }
}
