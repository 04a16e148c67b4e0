package facteur.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facteur.config.HostAndPort;
import facteur.config.Secret;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin port: health and meters for whoever reaches it, steering for whoever has the token. The JDK's HTTP server, a
/// virtual thread an exchange.
///
/// Nothing here is meant for a browser: no answer may be kept, framed or read by another page. Thread-safe.
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    private static final int BACKLOG = 50;
    private static final int LONGEST_BODY = 1024;
    private static final int STOP_SECONDS = 1;

    /// The JDK's server reads its limits when its classes are loaded, from system properties and nowhere else; without
    /// them a silent peer would hold a connection for ever. Seconds; those of the response hold for a reload, too.
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "100");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Secret token = AdminAccess.newToken(new SecureRandom());
    private final Access access;
    private final Routes routes;

    private AdminServer(HttpServer server, String ownName, Steering steering, PrometheusRegistry registry) {
        this.server = server;
        this.access = new Access(ownName, token);
        this.routes = new Routes(steering, registry);
        threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /// Opens the port.
    ///
    /// @param registry what `/metrics` shows
    /// @throws IOException when it can't be had; the message says which
    public static AdminServer start(HostAndPort address, Steering steering, PrometheusRegistry registry) throws IOException {
        LIMITS.forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
        HttpServer server;
        try {
            server = HttpServer.create(address.resolve(), BACKLOG);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("can't listen on admin.address " + address + ": " + e.getMessage(), e);
        }
        var admin = new AdminServer(server, address.host(), steering, registry);
        server.start();
        return admin;
    }

    /// The port, also when the kernel chose it.
    public int port() {
        return server.getAddress().getPort();
    }

    /// How to get in from this machine.
    public AdminAccess access() {
        var bound = server.getAddress().getAddress();
        var host = bound.isAnyLocalAddress() ? "127.0.0.1" : bound.getHostAddress();
        return new AdminAccess(new HostAndPort(host, port()), token);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            send(exchange, answerOrFault(exchange));
        } catch (IOException peerIsGone) {
            LOG.debug("no answer", peerIsGone);
        }
    }

    private Answer answerOrFault(HttpExchange exchange) throws IOException {
        try {
            return answer(exchange);
        } catch (RuntimeException fault) {
            LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), fault);
            return Answer.error(500, "a fault of facteur itself; its log has the stack");
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var refusal = access.refusal(headers);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var found = routes.at(exchange.getRequestURI().getRawPath());
        if (found.isEmpty()) {
            return Answer.error(404, "no such path");
        }
        var route = found.get();
        if (!route.act().is(exchange.getRequestMethod())) {
            return Answer.error(405, "wrong method").with("Allow", route.act().methods()); // RFC 9110 §15.5.6
        }
        if (route.act() != Routes.Act.LOOK && !access.maySteer(headers)) {
            return Answer.error(401, "the token in <state>/" + AdminAccess.FILE + " is needed")
                    .with("WWW-Authenticate", "Bearer"); // RFC 6750 §3
        }
        if (exchange.getRequestBody().readNBytes(LONGEST_BODY + 1).length > LONGEST_BODY) {
            return Answer.error(413, "no body is needed").with("Connection", "close");
        }
        return route.handler().answer(new Routes.Question(
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                String.join(",", headers.getOrDefault("Accept", List.of()))));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
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

    /// Closes the port; an answer under way has a second.
    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
