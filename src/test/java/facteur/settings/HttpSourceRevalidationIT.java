package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import facteur.fixture.TestTime;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are unchanged, missing, or missing for now (RFC 9110 §8.8.3, §13).
final class HttpSourceRevalidationIT extends HttpSourceRig {
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
}
