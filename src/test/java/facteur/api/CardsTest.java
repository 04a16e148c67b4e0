package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Scope;
import facteur.api.ApiWorld.Extra;
import facteur.office.OfficeId;
import facteur.store.Author;
import facteur.store.Via;
import facteur.web.PercentText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The clients' cards, one by one, in lists and in bulk.
final class CardsTest {
    private static final String CARDS = "/offices/dupont/relations";
    private static final String PUSHES = CARDS + "/pushes";
    private static final String PEETERS = "{\"name\":\"Bakkerij Peeters\",\"responsible\":\"Jan Janssens <jan@dupont.example>\"}";

    @TempDir
    private Path folder;

    private ApiWorld api;
    private String all;
    private String dupont;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        all = api.token("operator", "*");
        dupont = api.token("suite", "dupont");
        for (var office : new String[] {"dupont", "durand"}) {
            api.ask("PUT", "/offices/" + office, all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        }
    }

    @AfterEach
    void close() throws Exception {
        try (var left = Files.list(api.uploads)) {
            assertThat(left).isEmpty();
        }
        api.close();
    }

    private Reply post(String path, String lines) {
        return api.ask("POST", path, dupont, Extra.lines(lines));
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"relation\":\"R-" + i + "\",\"responsible\":[\"jan@dupont.example\"]}")
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void aCardIsMadeReadChangedAndDeleted() {
        var created = api.ask("PUT", CARDS + "/R-1042", dupont, Extra.json(PEETERS));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.field("Location")).isEqualTo("/api/v1/offices/dupont/relations/R-1042");
        assertThat(created.member("version")).isEqualTo("2");
        var read = api.ask("GET", CARDS + "/R-1042", dupont);
        assertThat(read.field("ETag")).isEqualTo("\"2\"");
        assertThat(read.text()).isEqualTo("{\"name\":\"Bakkerij Peeters\",\"collaborator\":[],\"substitute\":[],"
                + "\"responsible\":[\"Jan Janssens <jan@dupont.example>\"],\"partner\":[]}\n");
        assertThat(api.ask("GET", CARDS + "/R-1042", dupont, Extra.NONE.with("If-None-Match", "\"2\"")).status()).isEqualTo(304);
        assertThat(api.ask("PATCH", CARDS + "/R-1042", dupont, Extra.patch("{\"partner\":[\"p@dupont.example\"]}")).member("version")).isEqualTo("3");
        assertThat(api.ask("PUT", CARDS + "/R-1042", dupont, Extra.json(PEETERS).with("If-Match", "\"2\"")).refusal()).isEqualTo("412 stale");
        assertThat(api.ask("PUT", CARDS + "/R-1042", dupont, Extra.json(PEETERS).with("If-Match", "\"3\"")).status()).isEqualTo(200);
        assertThat(api.ask("PUT", CARDS + "/R-1042", dupont, Extra.json(PEETERS).with("If-None-Match", "*")).refusal()).isEqualTo("412 stale");
        assertThat(api.ask("DELETE", CARDS + "/R-1042", dupont, Extra.NONE.with("If-Match", "\"3\"")).refusal()).isEqualTo("412 stale");
        assertThat(api.ask("DELETE", CARDS + "/R-1042", dupont).status()).isEqualTo(204);
        assertThat(api.ask("GET", CARDS + "/R-1042", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("DELETE", CARDS + "/R-1042", dupont).refusal()).isEqualTo("404 missing");
    }

    @Test
    void withoutRoomForLettersNothingIsSaved() {
        api.ask("PUT", CARDS + "/R-1", dupont, Extra.json(PEETERS));
        api.store.whileThereIs(() -> false);
        var refused = api.ask("PUT", CARDS + "/R-2", dupont, Extra.json(PEETERS));
        assertThat(refused.refusal()).isEqualTo("503 disk.unavailable");
        assertThat(refused.field("Retry-After")).isNotEmpty();
        assertThat(api.ask("POST", CARDS, dupont, Extra.lines(lines(0, 3))).refusal()).isEqualTo("503 disk.unavailable");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"sender\"}")).refusal()).isEqualTo("503 disk.unavailable");
        assertThat(api.ask("GET", CARDS + "/R-2", dupont).status()).isEqualTo(404);
        assertThat(api.ask("DELETE", CARDS + "/R-1", dupont).status()).isEqualTo(204);
    }

    @Test
    void anOfficeThatIsNotThereHasNoListOfCards() throws SQLException {
        var all = api.token("all", "*", EnumSet.allOf(Scope.class));
        assertThat(api.ask("GET", "/offices/nosuch/relations", all).refusal()).isEqualTo("404 missing");
    }

    /// A push of cards makes nobody's form stale.
    @Test
    void cardsLeaveTheTagOfTheOfficeAlone() {
        api.ask("PUT", CARDS + "/R-1", dupont, Extra.json(PEETERS));
        assertThat(api.ask("GET", "/offices/dupont", dupont).field("ETag")).isEqualTo("\"1\"");
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"1\"")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a%2Fb|a/b", "%2e%2e|..", "caf%C3%A9|café", "pushes|pushes", "a%3Fb%23c|a?b#c", "x%27%3B--|x';--", "%25|%"})
    void aRelationIsAnyText(String path, String relation) {
        var created = api.ask("PUT", CARDS + "/" + path, dupont, Extra.json(PEETERS));
        assertThat(created.status()).isEqualTo(201);
        assertThat(api.raw("GET", created.field("Location"), Extra.NONE.with("Authorization", "Bearer " + dupont)).status()).isEqualTo(200);
        assertThat(api.ask("GET", CARDS + "/" + path, dupont).status()).isEqualTo(200);
        assertThat(api.ask("GET", CARDS, dupont).member("items")).contains("\"id\":\"" + relation + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%0D%0A", "a%0Ab", "%ff", ".."})
    void controlsAreNoText(String path) {
        assertThat(api.ask("PUT", CARDS + "/" + path, dupont, Extra.json(PEETERS)).status()).isEqualTo(404);
    }

    /// U+0958 is two characters when it is composed: read back, the id would be too long.
    @ParameterizedTest
    @ValueSource(strings = {"\u0958", "xy"})
    void anIdHas128CharactersAtMostInEitherForm(String twice) {
        var id = twice.repeat(128 / twice.length() + (twice.length() - 1));
        assertThat(post(CARDS, "{\"relation\":\"" + id + "\"}").refusal()).isEqualTo("422 relation.invalid");
        assertThat(api.ask("PUT", CARDS + "/" + PercentText.encode(id), dupont, Extra.json(PEETERS)).refusal()).isEqualTo("422 relation.invalid");
        assertThat(api.ask("PATCH", CARDS + "/" + PercentText.encode(id), dupont, Extra.patch("{}")).refusal()).isEqualTo("404 missing");
    }

    @Test
    void aCardWithProblemsIsRefusedWithAllOfThem() {
        var refused =
                api.ask("PUT", CARDS + "/R-1", dupont, Extra.json("{\"responsable\":[\"jan@dupont.example\"],\"partner\":[\"nobody\"],\"name\":1}"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.refusal()).contains("key.unknown", "address.invalid", "value.type");
        assertThat(refused.text()).contains("\"nearest\":\"responsible\"");
    }

    @Test
    void cardsAreSearchedInPages() {
        post(CARDS, lines(0, 5) + "{\"relation\":\"X\",\"name\":\"Café Zuid\"}\n");
        var first = api.ask("GET", CARDS + "?limit=2", dupont);
        assertThat(first.member("next")).isEqualTo("\"R-1\"");
        assertThat(api.ask("GET", CARDS + "?limit=2&after=R-1", dupont).member("items")).contains("R-2", "R-3").doesNotContain("R-4");
        assertThat(api.ask("GET", CARDS + "?q=zuid", dupont).member("items")).contains("\"id\":\"X\"").doesNotContain("R-");
        assertThat(api.ask("GET", CARDS + "?empty=responsible", dupont).member("items")).contains("\"id\":\"X\"").doesNotContain("R-");
        assertThat(api.ask("GET", CARDS + "?person=jan@dupont.example", dupont).member("items")).contains("R-0", "R-4").doesNotContain("\"X\"");
        assertThat(api.ask("GET", CARDS + "?empty=responsable", dupont).text()).contains("query.invalid", "\"nearest\":\"responsible\"");
        for (var odd : new String[] {"%25", "_", "%27", "%5C"}) {
            assertThat(api.ask("GET", CARDS + "?q=" + odd, dupont).member("items")).isEqualTo("[]");
        }
        assertThat(api.ask("GET", CARDS + "?q=%00", dupont).refusal()).isEqualTo("400 query.invalid");
    }

    @Test
    void whatIsExportedIsTakenBack() {
        post(CARDS,
                "{\"relation\":\"=1+1\",\"name\":\"a, \\\"b\\\"\",\"responsible\":[\"\\\"Janssens, Jan\\\" <jan@dupont.example>\"]}\n" + lines(0, 3));
        var lines = api.ask("GET", CARDS, dupont, Extra.NONE.with("Accept", "application/x-ndjson"));
        assertThat(lines.field("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines.text().lines()).hasSize(4);
        assertThat(post(CARDS + "?mode=replace", lines.text()).text()).contains("\"created\":0,\"changed\":0,\"unchanged\":4");
        var csv = api.ask("GET", CARDS, dupont, Extra.NONE.with("Accept", "text/csv"));
        assertThat(csv.field("Content-Type")).startsWith("text/csv; charset=utf-8");
        assertThat(csv.text()).startsWith("relation,name,collaborator,substitute,responsible,partner\n=1+1,");
        assertThat(api.ask("POST", CARDS + "?mode=replace", dupont, Extra.csv(csv.text())).text())
                .contains("\"created\":0,\"changed\":0,\"unchanged\":4");
        assertThat(api.ask("GET", CARDS + "?limit=1&after=R-0", dupont, Extra.NONE.with("Accept", "application/x-ndjson")).text().lines()).hasSize(1);
    }

    @Test
    void manyCardsAreOneVersion() {
        var written = post(CARDS, lines(0, 250));
        assertThat(written.status()).isEqualTo(200);
        assertThat(written.text()).isEqualTo(
                "{\"version\":2,\"created\":250,\"changed\":0,\"unchanged\":0,\"deleted\":0,\"refused\":0,\"problems\":[]}\n");
        assertThat(post(CARDS, lines(0, 250)).member("version")).isEqualTo("2");
        assertThat(post(CARDS, "{\"relation\":\"R-0\",\"delete\":true}").text()).contains("\"deleted\":1");
        var version = api.ask("GET", "/offices/dupont/versions/2?limit=2", dupont);
        assertThat(version.member("kind")).isEqualTo("\"cards\"");
        assertThat(version.member("changes")).contains("\"next\":\"R-1\"", "\"before\":null");
        assertThat(api.ask("POST", "/offices/dupont/versions/3/undo", dupont).text()).contains("\"restored\":1,\"left\":[]");
        assertThat(api.ask("GET", CARDS + "/R-0", dupont).status()).isEqualTo(200);
    }

    /// Who reads settings alone sees no client.
    @Test
    void aVersionShowsCardsToThoseWhoMayReadCards() throws Exception {
        post(CARDS, lines(0, 1));
        var reader = api.token("reader", "dupont", EnumSet.of(Scope.SETTINGS_READ, Scope.SETTINGS_WRITE));
        assertThat(api.ask("GET", "/offices/dupont/versions/2", reader).text()).doesNotContain("R-0", "changes");
        assertThat(api.ask("POST", "/offices/dupont/versions/2/undo", reader).refusal()).isEqualTo("403 forbidden");
    }

    @Test
    void oneBadLineKeepsAllOut() {
        var body = lines(0, 2) + "{\"relation\":\"R-9\",\"responsable\":[]}\nnot json\n" + lines(3, 4) + lines(3, 4);
        var refused = post(CARDS, body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("key.unknown", "\"line\":3", "\"line\":4", "relation.twice", "\"nearest\":\"responsible\"");
        assertThat(api.ask("GET", CARDS, dupont).member("items")).isEqualTo("[]");
        var skipped = post(CARDS + "?on-error=skip", body);
        assertThat(skipped.status()).isEqualTo(207);
        assertThat(skipped.member("created")).isEqualTo("2");
        assertThat(skipped.member("problems")).contains("\"line\":3");
    }

    @Test
    void limitsAreKept() {
        assertThat(post(CARDS, "{\"relation\":\"R-1\"}\n".repeat(100_001)).refusal()).isEqualTo("413 body.too-many");
        assertThat(post(CARDS, " ".repeat(32 * 1024 * 1024 + 1)).refusal()).isEqualTo("413 body.too-large");
        assertThat(api.ask("POST", "/offices/nobody/relations", all, Extra.lines("not json")).refusal()).isEqualTo("404 missing");
        assertThat(post(CARDS, "[".repeat(60_000)).status()).isEqualTo(422);
        assertThat(post(CARDS, "{\"relation\":" + "1".repeat(60_000) + "}").status()).isEqualTo(422);
        assertThat(api.ask("POST", CARDS, dupont, Extra.json("[]")).refusal()).isEqualTo("415 content-type.unsupported");
        assertThat(api.ask("POST", CARDS, dupont, Extra.lines("").with("Content-Encoding", "gzip")).refusal())
                .isEqualTo("415 content-encoding.unsupported");
        assertThat(post(CARDS + "?mode=merged", "").text()).contains("query.invalid", "\"nearest\":\"merge\"");
        assertThat(post(CARDS + "?on_error=skip", "").text()).contains("query.unknown", "\"nearest\":\"on-error\"");
    }

    /// Empty lines are counted like cards, and are faster.
    @Test
    void aMinuteHasRoomForSoManyCards() {
        assertThat(post(CARDS, lines(0, 1) + "\n".repeat(99_998)).status()).isEqualTo(200);
        assertThat(post(CARDS, lines(0, 1) + "\n".repeat(99_998)).status()).isEqualTo(200);
        var later = post(CARDS, lines(0, 1) + "\n".repeat(50_000));
        assertThat(later.refusal()).isEqualTo("429 rate.cards");
        assertThat(Integer.parseInt(later.field("Retry-After"))).isPositive();
    }

    @Test
    void aPushNamesTheWholeSet() {
        post(CARDS, lines(0, 30));
        var begun = api.ask("POST", PUSHES, dupont);
        assertThat(begun.status()).isEqualTo(201);
        var push = begun.field("Location").replace("/api/v1", "");
        assertThat(push).isEqualTo(PUSHES + "/" + begun.member("push").replace("\"", ""));
        assertThat(post(push, lines(0, 10)).text()).contains("\"unchanged\":10");
        assertThat(post(push, lines(10, 29)).text()).contains("\"unchanged\":19");
        var finished = api.ask("POST", push + "/finish?rest=delete", dupont);
        assertThat(finished.text()).contains("\"deleted\":1");
        assertThat(api.ask("POST", push + "/finish?rest=delete", dupont).text()).isEqualTo(finished.text());
        assertThat(post(push, lines(0, 1)).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("GET", CARDS + "/R-29", dupont).status()).isEqualTo(404);
    }

    /// An export that went wrong at the suite must not wipe an office.
    @Test
    void manyCardsAreOnlyDeletedWhenTheirNumberIsSaid() {
        post(CARDS, lines(0, 30));
        var push = api.ask("POST", PUSHES, dupont).field("Location").replace("/api/v1", "");
        var asked = api.ask("POST", push + "/finish?rest=delete", dupont);
        assertThat(asked.refusal()).isEqualTo("409 would-delete");
        assertThat(asked.member("wouldDelete")).isEqualTo("30");
        assertThat(api.ask("POST", push + "/finish?rest=delete&deleting=29", dupont).refusal()).isEqualTo("409 would-delete");
        var done = api.ask("POST", push + "/finish?rest=delete&deleting=30", dupont);
        assertThat(done.member("deleted")).isEqualTo("30");
        assertThat(api.ask("POST", "/offices/dupont/versions/" + done.member("version") + "/undo", dupont).member("restored")).isEqualTo("30");
    }

    @Test
    void aPushOfAnotherOfficeOrTokenIsNotThere() throws Exception {
        var push = api.ask("POST", PUSHES, dupont).field("Location").replace("/api/v1", "");
        var durand = api.token("durand-app", "durand");
        assertThat(api.ask("POST", push.replace("dupont", "durand"), durand, Extra.lines(lines(0, 1))).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("POST", push.replace("dupont", "durand") + "/finish", all).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("POST", push, all, Extra.lines(lines(0, 1))).status()).isIn(404, 409);
        assertThat(api.ask("POST", PUSHES, all).refusal()).startsWith("409");
        assertThat(post(push, lines(0, 1)).status()).isEqualTo(200);
    }

    @Test
    void thoseWhoKeepTheCardsSendThem() throws Exception {
        post(CARDS, lines(0, 1));
        assertThat(api.ask("POST", CARDS, all, Extra.lines(lines(0, 1))).refusal()).isEqualTo("409 cards-kept-by");
        assertThat(api.ask("GET", "/offices", all).member("items")).contains("\"cardsKeptBy\":\"suite\"");
        api.store.cards().takeOver(new OfficeId("dupont"), new Author(Via.CONSOLE, "jan", "", "", ""));
        assertThat(post(CARDS, lines(0, 1)).refusal()).isEqualTo("409 cards-kept-by");
    }

    /// Its holder got another one: names of tokens are unique.
    @Test
    void anAppWhoseTokenHasEndedKeepsNoCards() throws Exception {
        post(CARDS, lines(0, 1));
        var next = api.token("suite-2", "dupont");
        assertThat(api.ask("POST", CARDS, next, Extra.lines(lines(0, 1))).refusal()).isEqualTo("409 cards-kept-by");
        api.tokens.revoke("suite", "test");
        assertThat(api.ask("PATCH", CARDS + "/R-0", next, Extra.patch("{\"name\":\"x\"}")).status()).isIn(200, 404);
        assertThat(api.ask("POST", CARDS, next, Extra.lines(lines(0, 1))).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/offices", all).member("items")).contains("\"cardsKeptBy\":\"suite-2\"");
        assertThat(api.ask("GET", "/offices/dupont/versions", next).text()).contains("the app suite, whose token has ended, keeps the cards no more");
        api.store.cards().takeOver(new OfficeId("dupont"), new Author(Via.CONSOLE, "jan", "", "", ""));
        api.tokens.revoke("suite-2", "test");
        assertThat(api.ask("POST", CARDS, all, Extra.lines(lines(0, 1))).refusal()).isEqualTo("409 cards-kept-by");
    }

    @Test
    void aChangeOfAnAppWhoseTokenHasEndedIsTakenBack() throws Exception {
        var made = post(CARDS, lines(0, 1)).member("version");
        var undo = "/offices/dupont/versions/" + made + "/undo";
        var next = api.token("suite-2", "dupont");
        assertThat(api.ask("POST", undo, next).refusal()).isEqualTo("409 cards-kept-by");
        api.tokens.revoke("suite", "test");
        var settings = api.token("settings", "dupont", EnumSet.of(Scope.SETTINGS_WRITE));
        assertThat(api.ask("POST", undo, settings).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("POST", undo, next).member("restored")).isEqualTo("1");
    }

    @Test
    void anOfficeThatIsNotThereIsWhatIsMissing() {
        assertThat(api.ask("PUT", "/offices/nobody/relations/R-1", all, Extra.json(PEETERS)).text()).contains("there is no such office");
        var wanted = Extra.json("{\"from\":\"jan@dupont.example\"}");
        assertThat(api.ask("POST", "/offices/nobody/people/replace", all, wanted).text()).contains("there is no such office\"");
        assertThat(api.ask("POST", "/offices/nobody/relations/pushes", all).text()).contains("there is no such office\"");
    }

    @Test
    void onePersonTakesThePlaceOfAnother() {
        post(CARDS, lines(0, 3));
        var wanted = Extra.json("{\"from\":\"jan@dupont.example\",\"to\":\"Piet <piet@dupont.example>\",\"roles\":[\"responsible\"]}");
        assertThat(api.ask("POST", "/offices/dupont/people/replace?dry-run", dupont, wanted).member("changed")).isEqualTo("3");
        assertThat(api.ask("GET", CARDS + "/R-0", dupont).text()).contains("jan@");
        assertThat(api.ask("POST", "/offices/dupont/people/replace", dupont, wanted).member("changed")).isEqualTo("3");
        assertThat(api.ask("GET", CARDS + "/R-0", dupont).text()).contains("Piet <piet@dupont.example>").doesNotContain("jan@");
        assertThat(api.ask("POST", "/offices/dupont/people/replace", dupont, Extra.json("{\"form\":\"x\",\"roles\":[\"responsable\"]}")).refusal())
                .isEqualTo("422 value.missing value.invalid key.unknown");
    }

    /// RFC 9110 §15.5.16.
    @Test
    void aBodyOfManyCardsSaysWhatItIs() {
        var refused = api.ask("POST", CARDS, dupont, new Extra(Map.of("Content-Type", "application/vnd.ms-excel"), ""));
        assertThat(refused.field("Accept")).isEqualTo("application/x-ndjson, text/csv");
    }
}
