package facteur.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How much is read, which paths are requested, and what one office can do to another.
final class HttpSourceBoundsIT extends HttpSourceRig {
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
        pages.put("/api/offices/dupont",
                new Page(200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), bomb.toString(ISO_8859_1)));
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
    void anIdThatWalksIsMissing(String id) {
        assertThat(source.relation(DUPONT, new RelationId(id))).isInstanceOf(Lookup.Missing.class);
        assertThat(asked).isEmpty();
    }

    /// What follows an answer on its connection belongs to no request, least of all to another office's.
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
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + OFFICE.length() + "\r\n\r\n" + OFFICE)
                    .getBytes(UTF_8));
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
}
