package facteur.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Secret;
import facteur.platform.failure.Reason;
import facteur.platform.tls.TlsKeys;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin port, on the JDK's HTTP server with one virtual thread per exchange. On loopback, health and metrics need no
/// token; commands do.
///
/// Off loopback it speaks TLS, and all but the liveness probe need a token. With TLS there is a second port on loopback, chosen
/// by the kernel and without TLS, for the commands of this machine: they work with any certificate.
///
/// Nothing here is meant for a browser: no answer may be cached, framed or read by another page. Thread-safe.
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    private static final int BACKLOG = 1024;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int LONGEST_BODY = 1024;
    private static final int STOP_SECONDS = 1;

    private static final AdminResponse TOKEN_NEEDED = AdminResponse.error(
            401, "the token in <state>/" + AdminAccess.FILE + ", or admin.token, is needed")
            .with("WWW-Authenticate", "Bearer"); // RFC 6750 §3

    /// The JDK's server reads its limits from system properties only, when its classes are loaded; without them a silent peer
    /// would hold a connection for ever. In seconds; the response time covers a reload. At its limit the server refuses new
    /// connections, so the limit is far above the connections that one user leaves open by mistake.
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "1000");

    private final HttpServer server;
    private final HttpServer local;
    private final ExecutorService threads;
    private final Secret token = AdminAccess.newToken(new SecureRandom());
    private final Access access;
    private final Endpoints endpoints;
    private boolean isClosed;

    /// @param local the same one, when that is on loopback
    private AdminServer(HttpServer server, HttpServer local, String ownName, Optional<Secret> chosen, Endpoints endpoints) {
        this.server = server;
        this.local = local;
        this.access = new Access(ownName, token, chosen);
        this.endpoints = endpoints;
        threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-", 0).factory());
        for (var each : servers()) {
            each.setExecutor(threads);
            each.createContext("/", this::handle);
            each.start();
        }
    }

    /// Opens the port.
    ///
    /// @param address that of the settings
    /// @param keys for TLS, read at each handshake
    /// @param registry what `/metrics` shows
    /// @throws IOException when it can't be opened; the message names it
    public static AdminServer start(
            AdminSettings settings, HostAndPort address, TlsKeys keys, DaemonControl control, PrometheusRegistry registry)
            throws IOException {
        LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
        try {
            var server = open(settings, address, keys);
            var local = switch (settings.tls()) {
                case NONE -> server;
                case IMPLICIT -> HttpServer.create(LOOPBACK, BACKLOG);
            };
            return new AdminServer(server, local, address.host(), settings.token(), new Endpoints(control, registry));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("can't listen on admin.address " + address + ": " + Reason.of(e), e);
        }
    }

    private static HttpServer open(AdminSettings settings, HostAndPort address, TlsKeys keys) throws IOException {
        return switch (settings.tls()) {
            case NONE -> HttpServer.create(address.resolve(), BACKLOG);
            case IMPLICIT -> {
                var server = HttpsServer.create(address.resolve(), BACKLOG);
                server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
                yield server;
            }
        };
    }

    /// The port, also when the kernel chose it.
    public int port() {
        return server.getAddress().getPort();
    }

    /// How commands on this machine connect.
    public AdminAccess access() {
        var bound = local.getAddress();
        return new AdminAccess(new HostAndPort(bound.getAddress().getHostAddress(), bound.getPort()), token);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            send(exchange, answerOrFault(exchange));
        } catch (IOException peerIsGone) {
            LOG.debug("no answer", peerIsGone);
        }
    }

    private AdminResponse answerOrFault(HttpExchange exchange) throws IOException {
        try {
            return answer(exchange);
        } catch (RuntimeException fault) {
            LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), fault);
            return AdminResponse.error(500, "internal error; the log of facteur has the stack");
        }
    }

    private AdminResponse answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var refusal = access.refusal(headers);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var found = endpoints.at(exchange.getRequestURI().getRawPath());
        // Only those who may look learn which paths exist.
        if (!access.permits(found.map(Endpoints.Route::act).filter(Endpoints.Act.PROBE::equals).orElse(Endpoints.Act.LOOK), headers)) {
            return TOKEN_NEEDED;
        }
        if (found.isEmpty()) {
            return AdminResponse.error(404, "no such path");
        }
        var route = found.get();
        if (!route.act().is(exchange.getRequestMethod())) {
            return AdminResponse.error(405, "wrong method").with("Allow", route.act().methods()); // RFC 9110 §15.5.6
        }
        if (!access.permits(route.act(), headers)) {
            return TOKEN_NEEDED;
        }
        if (exchange.getRequestBody().readNBytes(LONGEST_BODY + 1).length > LONGEST_BODY) {
            return AdminResponse.error(413, "no body is needed").with("Connection", "close");
        }
        var answer = route.handler().answer(new Endpoints.Request(
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                String.join(",", headers.getOrDefault("Accept", List.of()))));
        if (route.act() == Endpoints.Act.CONTROL && answer.isDone()) {
            var peer = exchange.getRemoteAddress().getAddress().getHostAddress();
            endpoints.acted(access.operator(headers, peer), exchange.getRequestMethod() + " " + exchange.getRequestURI());
        }
        return answer;
    }

    private static void send(HttpExchange exchange, AdminResponse answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        answer.fields().forEach(headers::set);
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Set<HttpServer> servers() {
        return new HashSet<>(List.of(server, local));
    }

    /// Closes the port; an answer in progress has a second. Idempotent.
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        servers().forEach(each -> each.stop(STOP_SECONDS));
        threads.shutdownNow();
    }
}
