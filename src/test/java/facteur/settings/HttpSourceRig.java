package facteur.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.DataSize;
import facteur.platform.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// The http source beside real servers: one of the JDK that gives good answers, or those that a test puts on its pages, and
/// [HttpRawPeer] for what it would not write. No log line and no reason ever shows the token.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class HttpSourceRig {
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final OfficeId DURAND = new OfficeId("durand");
    static final RelationId R_1 = new RelationId("R-1");
    static final String TOKEN = "s3cret-T0ken";
    static final Duration HASTE = Duration.ofMillis(300);
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final DataSize LIMIT = DataSize.ofKilobytes(256);
    static final String OFFICE = "{\"company\":\"Cabinet Dupont <office@dupont.example>\"}";

    /// The answer of the good server on a path.
    ///
    /// @param body one character for each octet
    record Page(int status, Map<String, String> fields, String body) {
        static Page json(String body) {
            return of(200, "application/json", body);
        }

        static Page tagged(String tag, String body) {
            return json(body).with("ETag", tag);
        }

        static Page of(int status, String type, String body) {
            return new Page(status, Map.of("Content-Type", type), new String(body.getBytes(UTF_8), ISO_8859_1));
        }

        Page with(String field, String value) {
            var more = new ConcurrentHashMap<>(fields);
            more.put(field, value);
            return new Page(status, more, body);
        }
    }

    record Asked(String path, Map<String, List<String>> fields) {}

    final TestTime time = new TestTime();
    final Map<String, Page> pages = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final List<AutoCloseable> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    HttpServer server;
    HttpSource source;

    @BeforeEach
    void start() throws IOException {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        source = source(server.getAddress().getPort());
        pages.put("/api/offices/dupont", Page.json(OFFICE));
    }

    @AfterEach
    void stop() throws Exception {
        for (var each : open) {
            each.close();
        }
        server.stop(0);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(text -> text.contains(TOKEN));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(exchange.getRequestURI().getRawPath(), Map.copyOf(exchange.getRequestHeaders())));
            var page = pages.getOrDefault(exchange.getRequestURI().getRawPath(), Page.of(404, "text/plain", "none"));
            page.fields().forEach(exchange.getResponseHeaders()::set);
            var body = page.body().getBytes(ISO_8859_1);
            exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    HttpRawPeer peer(HttpRawPeer.Answer answer) throws IOException {
        var peer = new HttpRawPeer(answer);
        open.add(peer);
        return peer;
    }

    HttpRawPeer stalling(String before) throws IOException {
        var peer = new HttpRawPeer[1];
        peer[0] = peer((_, _, out) -> {
            out.write(before.getBytes(UTF_8));
            out.flush();
            peer[0].stall();
        });
        return peer[0];
    }

    static URI base(int port) {
        return URI.create("http://localhost:" + port + "/api");
    }

    HttpSource source(int port) {
        return source(base(port));
    }

    HttpSource source(URI url) {
        return source(url, PATIENCE);
    }

    HttpSource source(URI url, Duration timeout) {
        return source(url, timeout, Roles.DEFAULT);
    }

    HttpSource source(URI url, Duration timeout, Roles roles) {
        var settings = new HttpSettings(url, Optional.of(Secret.of(TOKEN)), timeout, PATIENCE, LIMIT);
        var made = new HttpSource(settings, Address.of("inbox@shared.example"), roles, time);
        open.addFirst(made);
        return made;
    }

    static <T> T found(Lookup<T> lookup) {
        return fold(lookup, Function.identity(), why -> {
            throw new AssertionError(why);
        });
    }

    static <T> String why(Lookup<T> lookup) {
        var why = fold(lookup, value -> {
            throw new AssertionError(value);
        }, Function.identity());
        assertThat(why).doesNotContain(TOKEN);
        return why;
    }

    static <T, R> R fold(Lookup<T> lookup, Function<T, R> found, Function<String, R> failed) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> found.apply(value);
            case Lookup.Missing<T> _ -> throw new AssertionError("missing");
            case Lookup.Failed<T> failure -> failed.apply(failure.why());
        };
    }
}
