package facteur.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.DataSize;
import facteur.platform.config.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The http source against real servers: one of the JDK that answers well, or with what it is told to, and
/// [HttpRawPeer] for what it would not write. Long, because so much can go wrong on the way.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HttpSourceIT {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final OfficeId DURAND = new OfficeId("durand");
    private static final RelationId R_1 = new RelationId("R-1");
    private static final String TOKEN = "s3cret-T0ken";
    private static final Duration HASTE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final DataSize LIMIT = DataSize.ofKilobytes(256);
    private static final String OFFICE = "{\"company\":\"Cabinet Dupont <office@dupont.example>\"}";

    /// What the good server says on a path.
    ///
    /// @param body one character for each octet
    private record Page(int status, Map<String, String> fields, String body) {
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

    private record Asked(String path, Map<String, List<String>> fields) {}

    private final TestTime time = new TestTime();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private HttpServer server;
    private HttpSource source;

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

    @Test
    void readsAnOfficeAndACard() {
        pages.put("/api/offices/dupont", Page.json("""
                {
                \t"company": "Soci\\u00e9t\\u00e9 \\ud83d\\ude00 Dupont <office@dupont.example>",
                \t"from":{"address":"office@dupont.example","name":"A\\/B ${env:HOME}"},
                \t"reply-to":"sender",
                \t"contexts":{"task":{"reply-to":"general","address":"tasks@dupont.example"},"other":{},"none":null},
                \t"users":["Jan Janssens <jan@dupont.example>","an@dupont.example"]
                }
                """));
        pages.put("/api/offices/dupont/relations/R-1", Page.of(200, "application/vnd.dupont+json; charset=\"UTF-8\"; v=1", """
                {"collaborator": "Jan Janssens <jan@dupont.example>", "partner": ["a@d.example", "é <b@d.example>"], "substitute": null}
                """));
        var office = found(source.office(DUPONT));
        assertThat(office.id()).isEqualTo(DUPONT);
        assertThat(office.company().name()).isEqualTo("Société \uD83D\uDE00 Dupont");
        assertThat(office.from()).contains(new OfficeFrom(Address.of("office@dupont.example"), Optional.of("A/B ${env:HOME}")));
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToSender());
        assertThat(office.contexts()).hasSize(3).contains(entry(
                ContextName.of("task"),
                new ContextSettings(new ContextReplyTo.ToCompanyOr(Mailbox.parse("tasks@dupont.example")), Optional.empty())));
        assertThat(office.users()).hasSize(2);
        assertThat(office.version()).hasSize(12);
        var card = found(source.relation(DUPONT, R_1));
        assertThat(card.people(Role.COLLABORATOR)).containsExactly(Mailbox.parse("Jan Janssens <jan@dupont.example>").orElseThrow());
        assertThat(card.people(Role.PARTNER)).hasSize(2).last().extracting(Mailbox::name).isEqualTo("é");
        assertThat(card.people(Role.SUBSTITUTE)).isEmpty();
        assertThat(found(source.relation(DUPONT, R_1))).isEqualTo(card);
    }

    @Test
    void asksPolitely() {
        assertThat(source.office(DUPONT)).isEqualTo(new Lookup.Found<>(found(source.office(DUPONT)), TestTime.START));
        assertThat(asked.getFirst().fields())
                .contains(
                        entry("Authorization", List.of("Bearer " + TOKEN)),
                        entry("Accept", List.of("application/json")),
                        entry("User-agent", List.of("facteur")))
                .doesNotContainKeys("Accept-encoding", "If-none-match", "Cookie", "Upgrade");
        assertThat(source.name()).isEqualTo("http http://localhost:" + server.getAddress().getPort() + "/api");
    }

    @ParameterizedTest
    @CsvSource({
        "204, text/html, '', CERTAIN",
        "410, text/html, <h1>Gone</h1>, CERTAIN",
        "404, application/json, {}, CERTAIN",
        "404, application/problem+json; charset=utf-8, '{\"status\": 404}', CERTAIN",
        "404, text/html, <h1>Not found</h1>, UNCERTAIN",
        "404, text/html, {}, UNCERTAIN",
        "404, application/json, '', UNCERTAIN",
        "404, application/json, not found, UNCERTAIN"
    })
    void noneIsMissing(int status, String type, String body, Lookup.Certainty certainty) {
        pages.put("/api/offices/durand", Page.of(status, type, body));
        assertThat(source.office(DURAND)).isEqualTo(new Lookup.Missing<>(certainty));
        assertThat(source.relation(DUPONT, R_1)).isInstanceOf(Lookup.Missing.class);
    }

    /// As a load balancer answers whose pool is empty.
    @Test
    void aNotFoundThatIsNoJsonIsBelievedOfAKnownOfficeAfterAMinute() {
        var gone = new ArrayList<OfficeId>();
        var cache = new SettingsCache(
                source,
                new CacheTimes(Duration.ofSeconds(60), Duration.ofHours(24), Duration.ofSeconds(10), 1_000),
                time,
                Runnable::run,
                new SettingsCache.Trouble() {
                    @Override
                    public void loadFailed(OfficeId office, String why) {}

                    @Override
                    public void isGone(OfficeId office, Optional<RelationId> relation) {
                        gone.add(office);
                    }
                });
        pages.put("/api/offices/dupont", Page.tagged("\"v1\"", OFFICE));
        assertThat(found(cache.office(DUPONT)).version()).isEqualTo("v1");
        pages.put("/api/offices/dupont", Page.of(404, "text/html", "<h1>Not found</h1>"));
        time.advance(Duration.ofSeconds(60));
        cache.office(DUPONT);
        time.advance(Duration.ofSeconds(59));
        cache.office(DUPONT);
        assertThat(found(cache.office(DUPONT)).version()).isEqualTo("v1");
        pages.put("/api/offices/dupont", new Page(304, Map.of("ETag", "\"v1\""), ""));
        time.advance(Duration.ofSeconds(2));
        cache.office(DUPONT);
        assertThat(found(cache.office(DUPONT)).version()).isEqualTo("v1");
        assertThat(gone).isEmpty();

        pages.put("/api/offices/dupont", Page.of(404, "text/html", "<h1>Not found</h1>"));
        time.advance(Duration.ofSeconds(60));
        cache.office(DUPONT);
        time.advance(Duration.ofSeconds(60));
        cache.office(DUPONT);
        assertThat(cache.office(DUPONT)).isInstanceOf(Lookup.Missing.class);
        assertThat(gone).containsExactly(DUPONT);
    }

    @Test
    void anUnchangedAnswerNeedNotTravelAgain() {
        pages.put("/api/offices/dupont", Page.tagged("W/\"v7\"", OFFICE));
        var first = found(source.office(DUPONT));
        assertThat(first.version()).isEqualTo("v7");
        pages.put("/api/offices/dupont", new Page(304, Map.of("ETag", "\"v7\""), ""));
        time.advance(Duration.ofMinutes(2));
        assertThat(source.office(DUPONT)).isEqualTo(new Lookup.Found<>(first, TestTime.START.plus(Duration.ofMinutes(2))));
        assertThat(asked.getLast().fields()).contains(entry("If-none-match", List.of("W/\"v7\"")));

        pages.put("/api/offices/dupont", Page.of(503, "text/html", "later"));
        assertThat(why(source.office(DUPONT))).contains("status 503");
        pages.put("/api/offices/dupont", Page.tagged("\"v8\"", "{}"));
        assertThat(why(source.office(DUPONT))).contains("company: is missing");
        pages.put("/api/offices/dupont", new Page(304, Map.of(), ""));
        assertThat(found(source.office(DUPONT))).isEqualTo(first);
        assertThat(source.relation(DUPONT, R_1)).isInstanceOf(Lookup.Missing.class);
        assertThat(asked.getLast().fields()).doesNotContainKey("If-none-match");

        pages.put("/api/offices/dupont", Page.tagged("\"v9\"", OFFICE));
        assertThat(found(source.office(DUPONT)).version()).isEqualTo("v9");
        pages.put("/api/offices/dupont", Page.of(410, "text/html", "gone"));
        assertThat(source.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
        assertThat(source.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
        assertThat(asked.getLast().fields()).doesNotContainKey("If-none-match");
    }

    @Test
    void unchangedNeedsSomethingToCompare() {
        pages.put("/api/offices/durand", new Page(304, Map.of(), ""));
        assertThat(why(source.office(DURAND))).isEqualTo("offices/durand: the service answered 304, though we hold nothing");
        pages.put("/api/offices/dupont", Page.tagged("\"v7\"", OFFICE));
        found(source.office(DUPONT));
        pages.put("/api/offices/dupont", new Page(304, Map.of("ETag", "\"v8\""), ""));
        assertThat(why(source.office(DUPONT))).contains("304 for another ETag than ours");
        assertThat(why(source.office(DUPONT))).contains("304, though we hold nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "\"\"", "\"a b\"", "\"a\", \"b\"", "\"é\""})
    void aTagThatIsNoneIsNotSentBack(String tag) {
        pages.put("/api/offices/dupont", Page.tagged(tag, OFFICE));
        assertThat(found(source.office(DUPONT)).version()).isEqualTo(OfficeReader.version(OFFICE));
        found(source.office(DUPONT));
        assertThat(asked.getLast().fields()).doesNotContainKey("If-none-match");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | application/json                | {"company": "o@d.example", "colour": 1}        | colour: unknown key
            200 | application/json                | {"company": "o@d.example", "relations": {}}    | relations: unknown key
            200 | application/json                | {"company": "o@d.example", "when-unverified": "bounce"} | when-unverified: 'bounce' is not one of
            200 | application/json                | {"company": "o@d.example", "when-unverified": true} | when-unverified:
            200 | application/json                | {"company": "o@d.example", "company": "p@d.e"} | duplicate key
            200 | application/json                | {"company": "s3cret-T0ken"}                    | company: not a mailbox: ***
            200 | application/json                | {"company": "o@d.example"                      | offices/dupont:1:
            200 | application/json                | ["o@d.example"]                                | the answer is not a JSON object
            200 | application/json                | null                                           | the answer is not a JSON object
            200 | application/json                | company: o@d.example                           | the answer is not a JSON object
            200 | application/json                | ' '                                            | the answer is empty
            200 | application/json                | ''                                             | the answer is empty
            200 | text/html                       | <html>Log in</html>                            | is not JSON in UTF-8 but text/html
            200 | application/jsonp               | {}                                             | is not JSON in UTF-8
            200 | application/json                | []                                             | company: is missing
            200 | application/json                | {"company": ""}                                | company: is missing
            200 | application/json                | {"company": "o@d.example", "contexts": ["a"]}  | contexts: must be a mapping
            200 | application/json                | {"company": "o@d.example", "sandbox": "maybe"} | sandbox: 'maybe' is not one of true, false
            200 | application/json                | false                                          | the answer is not a JSON object
            200 | application/json                | ""                                             | the answer is not a JSON object
            200 | application/json                | [[]]                                           | the answer is not a JSON object
            200 | text/plain                      | {}                                             | is not JSON in UTF-8
            200 | application/json; charset=iso-8859-1 | {}                                        | is not JSON in UTF-8 but application/json; charset=iso-8859-1
            200 | application/json; charset=utf-16 | {}                                            | is not JSON in UTF-8
            201 | application/json                | {"company": "o@d.example"}                     | status 201
            206 | application/json                | {"company": "o@d.example"}                     | status 206
            401 | application/json                | {"error": "s3cret-T0ken"}                      | status 401
            407 | application/json                | {}                                             | status 407
            429 | application/json                | {}                                             | status 429
            500 | text/html                       | <h1>Oops</h1>                                  | status 500
            503 | text/html                       | <h1>Later</h1>                                 | status 503
            """)
    void whatCanNotBeUsedIsUnavailable(int status, String type, String body, String why) {
        pages.put("/api/offices/dupont", Page.of(status, type, body));
        assertThat(why(source.office(DUPONT))).startsWith("offices/dupont:").contains(why);
    }

    /// As a form, a column or PHP says that there is nothing. All of them say the same.
    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "null", "[]", "['']", "[null]", "['', null, ' ']"})
    void anEmptyTextIsNobody(String nothing) {
        pages.put("/api/offices/dupont/relations/R-1", Page.json("{'collaborator': NONE, 'partner': ['', 'a@d.example', null]}".replace("NONE", nothing).replace('\'', '"')));
        var card = found(source.relation(DUPONT, R_1));
        assertThat(card.people(Role.COLLABORATOR)).isEmpty();
        assertThat(card.people(Role.PARTNER)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "null", "[]"})
    void anEmptyTextIsNoSetting(String nothing) {
        pages.put("/api/offices/dupont", Page.json("""
                {'company': 'o@d.example', 'from': {'address': NONE, 'name': NONE}, 'reply-to': NONE, 'sandbox': NONE, 'users': NONE,
                 'when-unverified': NONE, 'contexts': {'task': NONE, 'invoice': {'address': NONE, 'reply-to': NONE, 'from': NONE}}}
                """.replace("NONE", nothing).replace('\'', '"')));
        var office = found(source.office(DUPONT));
        assertThat(office.from()).isEmpty();
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToCompany());
        assertThat(office.sandbox()).isEqualTo(Sandbox.OFF);
        assertThat(office.users()).isEmpty();
        assertThat(office.whenUnverified()).isEqualTo(WhenUnverified.FALLBACK);
        assertThat(office.contexts().values())
                .hasSize(2)
                .containsOnly(new ContextSettings(new ContextReplyTo.AsGeneral(), Optional.empty()));
    }

    /// Each an object without members.
    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", " [ ]\n", "\uFEFF{}", "\uFEFF[]"})
    void anEmptyArrayIsAnEmptyObject(String empty) {
        pages.put("/api/offices/dupont/relations/R-1", Page.json(empty));
        assertThat(found(source.relation(DUPONT, R_1)).people(Role.PARTNER)).isEmpty();
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\", \"contexts\": " + empty.replace("\uFEFF", "") + "}"));
        assertThat(found(source.office(DUPONT)).contexts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "application/json", "APPLICATION/JSON;CHARSET=UTF8", "application/json; charset=utf8", "application/json;charset=\"utf-8\"",
            "application/json; charset='utf-8'", "application/json; charset = UTF_8", "application/json; charset=us-ascii",
            "text/json", "text/json; charset=utf-8", "application/problem+json; charset=UTF8; version=1"})
    void knowsJsonByItsType(String type) {
        pages.put("/api/offices/dupont", Page.of(200, type, "\uFEFF" + OFFICE));
        found(source.office(DUPONT));
    }

    @ParameterizedTest
    @CsvSource({"true, ON", "'\"true\"', ON", "1, ON", "'\"1\"', ON", "false, OFF", "'\"False\"', OFF", "0, OFF", "'\"0\"', OFF"})
    void takesATruthValueForWhatItIs(String written, Sandbox sandbox) {
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\", \"sandbox\": " + written + "}"));
        assertThat(found(source.office(DUPONT)).sandbox()).isEqualTo(sandbox);
    }

    @Test
    void aCardThatSaysMoreIsUnavailable() {
        pages.put("/api/offices/dupont/relations/R-1", Page.json("{\"boss\": \"a@d.example\"}"));
        assertThat(why(source.relation(DUPONT, R_1))).startsWith("offices/dupont/relations/R-1:1: boss: unknown key");
        pages.put("/api/offices/dupont/relations/R-1", Page.json(OFFICE));
        assertThat(why(source.relation(DUPONT, R_1))).contains("company: unknown key");
        pages.put("/api/offices/dupont/relations/R-1", Page.json("null"));
        assertThat(why(source.relation(DUPONT, R_1))).contains("not a JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            , "when-unverified": "fallback" | FALLBACK
            , "when-unverified": "refuse"   | REFUSE
            , "when-unverified": null       | FALLBACK
            ''                              | FALLBACK
            """)
    void saysWhatToDoWhileTheDomainIsNotVerified(String member, WhenUnverified wish) {
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\"" + member + "}"));
        assertThat(found(source.office(DUPONT)).whenUnverified()).isEqualTo(wish);
    }

    @Test
    void readsUtf8Strictly() {
        var latin = "{\"company\": \"Soci\u00e9t\u00e9 <o@d.example>\"}";
        pages.put("/api/offices/dupont", new Page(200, Map.of("Content-Type", "application/json"), latin));
        assertThat(why(source.office(DUPONT))).contains("is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"company\":", "{\"company\": \"o@d.example\", \"x\":"})
    void nestingWithoutEndEnds(String before) {
        pages.put("/api/offices/dupont", Page.json(before + "[".repeat(100_000)));
        assertThat(why(source.office(DUPONT))).containsAnyOf("nested deeper than 64", "not a JSON object");
    }

    @Test
    void aCompressedAnswerIsNotUnpacked() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write("{\"company\": \"".getBytes(UTF_8));
            for (int i = 0; i < 64; i++) {
                gzip.write(new byte[1024 * 1024]);
            }
        }
        pages.put("/api/offices/dupont", new Page(200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), bomb.toString(ISO_8859_1)));
        assertThat(why(source.office(DUPONT))).contains("the answer is encoded").contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000000000", "Content-Length: 262145", "Transfer-Encoding: chunked", "X-Until: close"})
    void readsNoMoreThanTheLimit(String framing) throws IOException {
        var peer = peer((_, _, out) -> {
            var chunk = "x".repeat(0x4000);
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n").getBytes(UTF_8));
            // Until the relay hangs up.
            while (true) {
                out.write((framing.contains("chunked") ? "4000\r\n" + chunk + "\r\n" : chunk).getBytes(UTF_8));
            }
        });
        assertThat(why(source(peer.port()).office(DUPONT))).contains("larger than response-size");
        await().until(() -> peer.hungUp() == 1);
    }

    @Test
    void readsUpToTheLimit() {
        var padding = " ".repeat((int) LIMIT.bytes() - OFFICE.length());
        pages.put("/api/offices/dupont", Page.json(OFFICE + padding));
        found(source.office(DUPONT));
        pages.put("/api/offices/dupont", Page.json(OFFICE + padding + " "));
        assertThat(why(source.office(DUPONT))).contains("larger than response-size");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws IOException {
        var other = peer((_, _, out) -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8)));
        pages.put("/api/offices/dupont", Page.of(status, "text/html", "").with("Location", "http://localhost:" + other.port() + "/"));
        assertThat(why(source.office(DUPONT))).contains("status " + status);
        assertThat(other.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            R/1                 | R%2F1
            a?b=c#d             | a%3Fb%3Dc%23d
            %2e%2e              | %252e%252e
            %2e%2e%2fdurand     | %252e%252e%252fdurand
            @evil.example       | %40evil.example
            //evil.example:1/x  | %2F%2Fevil.example%3A1%2Fx
            http://127.0.0.1/   | http%3A%2F%2F127.0.0.1%2F
            ...                 | ...
            ..;                 | ..%3B
            ; DROP TABLE        | %3B%20DROP%20TABLE
            ${env:HOME}         | %24%7Benv%3AHOME%7D
            \uD83D\uDE00        | %F0%9F%98%80
            """)
    void anIdIsOneSegment(String id, String segment) {
        source.relation(DUPONT, new RelationId(id));
        assertThat(asked).singleElement().extracting(Asked::path).isEqualTo("/api/offices/dupont/relations/" + segment);
    }

    @Test
    void controlCharactersAreEncodedToo() {
        source.relation(DUPONT, new RelationId("a\0b\r\nX: y"));
        assertThat(asked).singleElement().extracting(Asked::path).isEqualTo("/api/offices/dupont/relations/a%00b%0D%0AX%3A%20y");
        source.office(new OfficeId("a..b_-"));
        assertThat(asked).last().extracting(Asked::path).isEqualTo("/api/offices/a..b_-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "../../durand/relations/R-1", "x/..", "x/./y", "..\\x", "x\\..", "\uD83D"})
    void anIdThatWalksIsNobodys(String id) {
        assertThat(source.relation(DUPONT, new RelationId(id))).isInstanceOf(Lookup.Missing.class);
        assertThat(asked).isEmpty();
    }

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

    /// What follows an answer on its connection is nobody's answer: least of all another office's.
    @Test
    void aSecondAnswerToOneQuestionIsDropped() throws IOException {
        var peer = peer((question, _, out) -> {
            var office = "{\"company\": \"o%d@d.example\"}".formatted(question.number());
            var forged = "{\"company\": \"forged@d.example\"}";
            var header = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
            out.write((header.formatted(office.length()) + office + header.formatted(forged.length()) + forged).getBytes(UTF_8));
        });
        var asking = source(peer.port());
        for (var office : List.of(DUPONT, DURAND, DUPONT, DURAND)) {
            assertThat(found(asking.office(office)).company().address().localPart()).isNotEqualTo("forged");
        }
    }

    @Test
    void aConnectionIsUsedAgain() throws IOException {
        var peer = peer((_, _, out) -> out.write(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + OFFICE.length() + "\r\n\r\n" + OFFICE).getBytes(UTF_8)));
        var asking = source(peer.port());
        found(asking.office(DUPONT));
        found(asking.office(DURAND));
        assertThat(peer.connections()).isEqualTo(1);
        assertThat(peer.questions()).containsExactly("GET /api/offices/dupont HTTP/1.1", "GET /api/offices/durand HTTP/1.1");
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
    void nobodyThereIsUnavailable() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(why(source(port).office(DUPONT))).contains("offices/dupont: no connection: refused");
        assertThat(why(source(URI.create("http://nobody.invalid")).office(DUPONT))).contains("the host is unknown");
    }

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
            assertThat(why(source(URI.create("https://localhost:" + plain.getLocalPort())).office(DUPONT))).containsAnyOf("no TLS", "broke off");
        }
    }

    @Test
    void oneBadOfficeTouchesNoOther() throws Exception {
        pages.put("/api/offices/durand", Page.json("{\"company\": 1"));
        why(source.office(DURAND));
        found(source.office(DUPONT));
        assertThat(source.office(new OfficeId("other"))).isInstanceOf(Lookup.Missing.class);

        var peer = new HttpRawPeer[1];
        peer[0] = peer((question, _, out) -> {
            if (question.line().contains("durand")) {
                peer[0].stall();
            }
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + OFFICE.length() + "\r\n\r\n" + OFFICE).getBytes(UTF_8));
        });
        var asking = source(peer[0].port());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var bad = callers.submit(() -> asking.office(DURAND));
            await().until(() -> !peer[0].questions().isEmpty());
            found(asking.office(DUPONT));
            assertThat(bad.isDone()).isFalse();
            peer[0].close();
            why(bad.get());
        }
    }

    @Test
    void fiftyMayAskAtOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            pages.put("/api/offices/o" + i, Page.tagged("\"v" + i + "\"", "{\"company\": \"o" + i + "@d.example\"}"));
        }
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 4; round++) {
                var answers = new ArrayList<Future<Lookup<OfficeSettings>>>();
                for (int i = 0; i < 50; i++) {
                    var id = new OfficeId("o" + i);
                    answers.add(callers.submit(() -> source.office(id)));
                }
                for (int i = 0; i < 50; i++) {
                    var office = found(answers.get(i).get());
                    assertThat(office.id().text()).isEqualTo("o" + i);
                    assertThat(office.company().address().localPart()).isEqualTo("o" + i);
                    assertThat(office.version()).isEqualTo("v" + i);
                }
            }
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
    void closingEndsWhatIsUnderWay() throws Exception {
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

    private HttpRawPeer peer(HttpRawPeer.Answer answer) throws IOException {
        var peer = new HttpRawPeer(answer);
        open.add(peer);
        return peer;
    }

    private HttpRawPeer stalling(String before) throws IOException {
        var peer = new HttpRawPeer[1];
        peer[0] = peer((_, _, out) -> {
            out.write(before.getBytes(UTF_8));
            out.flush();
            peer[0].stall();
        });
        return peer[0];
    }

    private static URI base(int port) {
        return URI.create("http://localhost:" + port + "/api");
    }

    private HttpSource source(int port) {
        return source(base(port));
    }

    private HttpSource source(URI url) {
        return source(url, PATIENCE);
    }

    private HttpSource source(URI url, Duration timeout) {
        var settings = new HttpSettings(url, Optional.of(Secret.of(TOKEN)), timeout, PATIENCE, LIMIT);
        var made = new HttpSource(settings, Address.of("inbox@shared.example"), time);
        open.addFirst(made);
        return made;
    }

    private static <T> T found(Lookup<T> lookup) {
        return fold(lookup, Function.identity(), why -> {
            throw new AssertionError(why);
        });
    }

    private static <T> String why(Lookup<T> lookup) {
        var why = fold(lookup, value -> {
            throw new AssertionError(value);
        }, Function.identity());
        assertThat(why).doesNotContain(TOKEN);
        return why;
    }

    private static <T, R> R fold(Lookup<T> lookup, Function<T, R> found, Function<String, R> failed) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> found.apply(value);
            case Lookup.Missing<T> _ -> throw new AssertionError("missing");
            case Lookup.Failed<T> failure -> failed.apply(failure.why());
        };
    }
}
