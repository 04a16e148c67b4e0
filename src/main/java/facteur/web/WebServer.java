package facteur.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.Stopwatch;
import facteur.platform.config.HostAndPort;
import facteur.platform.failure.Reason;
import facteur.platform.tls.TlsKeys;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port of `console.address`, on the JDK's HTTP server with one thread per exchange: of the system's kind, which shares the processors
/// between them and letters. Virtual threads give up a processor only when they wait, and a page that computes doesn't. That server refuses a length
/// with chunks, two lengths, unknown transfer codings and a blank before a colon; the [Router] refuses the rest.
///
/// Each request is in the journal, without its query, which may name persons, and without its token. Thread-safe.
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    private static final int BACKLOG = 1024;
    private static final int STOP_SECONDS = 1;
    private static final int PIECE = 16_384;

    /// What is still read of a body when the answer is sent: a peer that is still writing would otherwise get a reset
    /// connection instead of the answer.
    private static final long DRAINED = 64L * 1024 * 1024;

    /// In seconds: a large body may come slowly, and take long to be written into the database. The JDK's server has one set of
    /// limits per process, so they hold for the admin port, too.
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "120",
            "sun.net.httpserver.maxRspTime", "300",
            "jdk.httpserver.maxConnections", "1000",
            // A thousand peers without a token would otherwise fill 380 MB.
            "sun.net.httpserver.maxReqHeaderSize", "16384");

    private static final Map<String, String> FIELDS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "same-origin");
    private static final String ONE_YEAR = "max-age=31536000";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Router router;
    private final Supplier<Frontage> frontage;
    private final Journal journal;
    private final WebMeters meters;
    private boolean isClosed;

    private WebServer(HttpServer server, Site site, Supplier<Frontage> frontage, Journal journal, WebMeters meters) {
        this.server = server;
        this.router = new Router(site, frontage);
        this.frontage = frontage;
        this.journal = journal;
        this.meters = meters;
        threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("web-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// To be called before any HTTP server is made in this process: the JDK's reads its limits once. What the operator has set
    /// stays.
    public static void raiseLimits() {
        LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
    }

    /// Opens the port.
    ///
    /// @param address of the settings
    /// @param current settings of the moment: url and proxies may change
    /// @param keys for TLS, read at each handshake
    /// @throws IOException when it can't be opened; the message names it
    public static WebServer start(
            HostAndPort address,
            Supplier<ConsoleSettings> current,
            TlsKeys keys,
            Site site,
            Journal journal,
            PrometheusRegistry registry)
            throws IOException {
        try {
            var started = current.get();
            var server = open(address, started.tls(), keys);
            var port = server.getAddress().getPort();
            return new WebServer(
                    server,
                    site,
                    () -> new Frontage(current.get().url(port), started.isLoopback(), current.get().proxies()),
                    journal,
                    new WebMeters(registry));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("can't listen on console.address " + address + ": " + Reason.of(e), e);
        }
    }

    private static HttpServer open(HostAndPort address, ConsoleSettings.Tls tls, TlsKeys keys) throws IOException {
        return switch (tls) {
            case NONE -> HttpServer.create(address.resolve(), BACKLOG);
            case IMPLICIT -> {
                var server = HttpsServer.create(address.resolve(), BACKLOG);
                server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
                yield server;
            }
        };
    }

    /// Also when the kernel chose it.
    public int port() {
        return server.getAddress().getPort();
    }

    /// An exchange that fails isn't closed here: the JDK's server then closes its connection, while closing the exchange would
    /// end half a body as if it were whole.
    private void handle(HttpExchange exchange) throws IOException {
        var since = Stopwatch.start();
        var head = new RequestHead(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders());
        var peer = exchange.getRemoteAddress().getAddress();
        try {
            var routed = router.answer(head, peer, exchange.getRequestBody());
            var status = routed.answer().status();
            try {
                meters.count(routed.route(), status);
                send(exchange, routed.answer());
            } finally {
                routed.answer().end();
            }
            if (!head.path().equals(Router.HEALTH)) {
                journal.record(new MailEvent.Requested(
                        routed.client().getHostAddress(), routed.caller(), head.method(), routed.path(), status, since.millis()));
            }
        } catch (IOException | PeerGoneException peerIsGone) {
            LOG.debug("no answer", peerIsGone);
            throw new IOException("the peer is gone", peerIsGone);
        } catch (RuntimeException fault) {
            LOG.error("{} {}", head.method(), router.shownPath(head), fault);
            throw fault;
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        FIELDS.forEach(headers::set);
        if (frontage.get().isHttpsAlone()) {
            headers.set("Strict-Transport-Security", ONE_YEAR);
        }
        answer.fields().forEach(headers::set);
        answer.cookies().forEach(cookie -> headers.add("Set-Cookie", cookie.toString()));
        var isHead = exchange.getRequestMethod().equals("HEAD");
        switch (answer.body()) {
            case Answer.Body.None() -> exchange.sendResponseHeaders(answer.status(), -1);
            case Answer.Body.Octets(var octets) when isHead -> {
                headers.set("Content-Length", Integer.toString(octets.length));
                exchange.sendResponseHeaders(answer.status(), -1);
            }
            case Answer.Body.Octets(var octets) -> {
                exchange.sendResponseHeaders(answer.status(), octets.length == 0 ? -1 : octets.length);
                exchange.getResponseBody().write(octets);
                exchange.getResponseBody().flush();
            }
            case Answer.Body.Written _ when isHead -> exchange.sendResponseHeaders(answer.status(), -1);
            case Answer.Body.Written(var writer, _) -> {
                exchange.sendResponseHeaders(answer.status(), 0);
                try (var out = new AnswerStream(exchange.getResponseBody())) {
                    writer.writeTo(out);
                }
            }
        }
        drain(exchange.getRequestBody());
        exchange.close();
    }

    private static void drain(InputStream body) throws IOException {
        var piece = new byte[PIECE];
        var left = DRAINED;
        for (var read = body.read(piece); read >= 0 && left > 0; read = body.read(piece)) {
            left -= read;
        }
    }

    /// Closes the port; an answer in progress has a second. Idempotent.
    @Override
    public void close() {
        close(STOP_SECONDS);
    }

    /// @param seconds that an answer in progress has
    synchronized void close(int seconds) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        server.stop(seconds);
        threads.shutdownNow();
    }
}
