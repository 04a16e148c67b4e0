package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Scope;
import facteur.api.ApiWorld.Extra;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may ask what.
final class GateTest {
    private static final String FOREIGN = "/offices/durand";
    private static final String NOWHERE = "/offices/nobody";

    @TempDir
    private Path folder;

    private ApiWorld api;
    private String all;
    private String dupont;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        all = api.token("suite", "*");
        dupont = api.token("dupont-app", "dupont");
        for (var office : new String[] {"dupont", "durand"}) {
            assertThat(api.ask("PUT", "/offices/" + office, all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*")).status()).isEqualTo(201);
        }
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aTokenIsNeeded() {
        var refused = api.ask("GET", "/offices/dupont", "");
        assertThat(refused.refusal()).isEqualTo("401 token.missing");
        assertThat(refused.field("WWW-Authenticate")).isEqualTo("Bearer realm=\"facteur\"");
        assertThat(api.ask("GET", "/offices/dupont", "fct_0000000000_" + "a".repeat(43)).refusal()).isEqualTo("401 token.unknown");
        assertThat(api.ask("GET", "/offices/dupont", "fct_0000000000_" + "a".repeat(43)).field("WWW-Authenticate")).contains("invalid_token");
        assertThat(api.ask("GET", "/offices/dupont", dupont + "x").refusal()).isEqualTo("401 token.unknown");
        assertThat(api.ask("GET", "/offices/dupont", dupont.substring(0, dupont.length() - 1) + "~").refusal()).isEqualTo("401 token.unknown");
    }

    /// A cookie goes along with what any page asks of us; an address ends up in logs.
    @Test
    void aTokenComesInItsFieldAlone() {
        assertThat(api.ask("GET", "/offices/dupont", "", new Extra(Map.of("Cookie", "token=" + dupont), "")).refusal())
                .isEqualTo("401 token.missing");
        assertThat(api.ask("GET", "/offices/dupont?token=" + dupont, "").refusal()).isEqualTo("401 token.missing");
        assertThat(api.ask("GET", "/offices/dupont?access_token=" + dupont, "").refusal()).isEqualTo("401 token.missing");
        assertThat(api.ask("GET", "/offices/dupont?token=" + dupont, dupont).refusal()).isEqualTo("400 query.unknown");
        assertThat(api.raw("GET", "/api/v1/offices/dupont", new Extra(Map.of("Authorization", "Basic " + dupont), "")).refusal())
                .isEqualTo("401 token.missing");
    }

    /// What a form of another page can send.
    @Test
    void aFormOfAPageChangesNothing() {
        var form =
                new Extra(Map.of("Content-Type", "text/plain", "Cookie", "facteur=1", "Origin", "https://evil.example"), "{\"reply-to\":\"sender\"}");
        assertThat(api.ask("POST", "/offices/dupont?_method=PATCH", "", form).status()).isEqualTo(405);
        assertThat(api.ask("POST", "/offices/dupont", dupont, form.with("X-HTTP-Method-Override", "PATCH")).status()).isEqualTo(405);
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, form).refusal()).isEqualTo("415 content-type.unsupported");
        assertThat(api.ask("GET", "/offices/dupont", dupont).field("ETag")).isEqualTo("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET ", "PUT ", "PATCH ", "DELETE ", "POST /check", "POST /explain", "POST /replay", "GET /versions", "GET /versions/1",
                "POST /versions/1/restore", "POST /versions/1/undo", "GET /relations", "GET /relations/R-1", "PUT /relations/R-1",
                "PATCH /relations/R-1", "DELETE /relations/R-1", "POST /relations", "POST /relations/pushes", "POST /relations/pushes/1",
                "POST /relations/pushes/1/finish?rest=delete", "POST /people/replace", "GET /domains", "POST /domains", "POST /sessions",
                "DELETE /domains/dupont.example", "POST /domains/dupont.example/check", "GET /domains/dupont.example/records", "GET /letters",
                "GET /letters/01234567890abcde"
            })
    void anotherOfficeIsRefusedAsOneThatIsNotThere(String request) {
        var line = request.split(" ", 2);
        var extra = Extra.json("{}").with("If-Match", "\"1\"");
        var foreign = api.ask(line[0], FOREIGN + line[1], dupont, extra);
        assertThat(foreign.refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask(line[0], NOWHERE + line[1], dupont, extra)).isEqualTo(foreign);
        assertThat(api.ask(line[0], "/offices/No*Id" + line[1], dupont, extra)).isEqualTo(foreign);
        assertThat(api.ask("GET", FOREIGN, all).field("ETag")).isEqualTo("\"1\"");
    }

    /// Versions and tags are those of one office.
    @Test
    void whatAnotherOfficeHasIsNothingHere() {
        api.ask("PATCH", FOREIGN, all, Extra.patch("{\"reply-to\":\"sender\"}"));
        assertThat(api.ask("GET", FOREIGN, all).field("ETag")).isEqualTo("\"2\"");
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"2\"")).refusal()).isEqualTo("412 stale");
        assertThat(api.ask("GET", "/offices/dupont/versions/2", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("POST", "/offices/dupont/versions/2/restore", dupont).refusal()).isEqualTo("404 missing");
    }

    @Test
    void aListOfOfficesIsForThoseThatMaySeeAll() {
        assertThat(api.ask("GET", "/offices", dupont).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("GET", "/offices", all).status()).isEqualTo(200);
        assertThat(api.ask("DELETE", "/offices/dupont", dupont).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("GET", "/offices/No*Id", all).refusal()).isEqualTo("404 missing");
    }

    @Test
    void aScopeIncludesNoOther() throws Exception {
        var reader = api.token("reader", "dupont", EnumSet.of(Scope.SETTINGS_READ));
        var writer = api.token("writer", "dupont", EnumSet.of(Scope.SETTINGS_WRITE));
        assertThat(api.ask("GET", "/offices/dupont", reader).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/offices/dupont", writer).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("PATCH", "/offices/dupont", reader, Extra.patch("{}")).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("PATCH", "/offices/dupont", writer, Extra.patch("{}")).status()).isEqualTo(200);
        for (var path : Set.of("/letters", "/domains", "/relations")) {
            assertThat(api.ask("GET", "/offices/dupont" + path, reader).refusal()).isEqualTo("403 forbidden");
        }
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() throws Exception {
        assertThat(api.ask("GET", "/offices/dupont", dupont).status()).isEqualTo(200);
        assertThat(api.tokens.revoke("dupont-app", "test")).isPresent();
        var revoked = api.ask("GET", "/offices/dupont", dupont);
        assertThat(revoked.refusal()).isEqualTo("401 token.unknown");
        assertThat(revoked.text()).contains("this token ended at " + api.time.instant());
        assertThat(api.ask("GET", "/offices/dupont", dupont.substring(0, 50) + "x".repeat(8)).text()).contains("this token is not known");
        api.time.advance(Duration.ofDays(366));
        assertThat(api.ask("GET", "/offices", all).refusal()).isEqualTo("401 token.unknown");
    }

    @Test
    void whoAsksTooOftenWaits() {
        for (var i = 0; i < 600; i++) {
            assertThat(api.ask("GET", "/offices/nobody", dupont).status()).isEqualTo(403);
        }
        var later = api.ask("GET", "/offices/dupont", dupont);
        assertThat(later.refusal()).isEqualTo("429 rate");
        assertThat(Integer.parseInt(later.field("Retry-After"))).isBetween(1, 60);
        assertThat(api.ask("GET", "/offices/dupont", all).status()).isEqualTo(200);
        api.time.advance(Duration.ofSeconds(1));
        assertThat(api.ask("GET", "/offices/dupont", dupont).status()).isEqualTo(200);
    }

    /// Each try is a look into the database.
    @Test
    void whoPresentsTooManyBadTokensWaits() {
        var bad = "fct_0000000000_" + "a".repeat(43);
        for (var i = 0; i < BadTokens.PER_MINUTE; i++) {
            assertThat(api.ask("GET", "/offices", bad).status()).isEqualTo(401);
        }
        assertThat(api.ask("GET", "/offices", all).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/offices", bad).status()).isEqualTo(401);
        var later = api.ask("GET", "/offices", bad);
        assertThat(later.refusal()).isEqualTo("429 rate.tokens");
        assertThat(later.field("Retry-After")).isEqualTo("1");
        api.time.advance(Duration.ofSeconds(1));
        assertThat(api.ask("GET", "/offices", all).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/offices", bad).status()).isEqualTo(401);
    }

    /// A list that a slow peer takes an hour for is one of the two.
    @Test
    void twoAtOnceAreTwoThatAreStillBeingSent() {
        var accept = new Extra(Map.of("Accept", "text/csv", "Authorization", "Bearer " + dupont), "");
        var first = api.answer("GET", "/api/v1/offices/dupont/relations", accept);
        assertThat(api.ask("GET", "/offices/dupont", dupont).status()).isEqualTo(200);
        var second = api.answer("GET", "/api/v1/offices/dupont/relations", accept);
        assertThat(api.ask("GET", "/offices/dupont", dupont).refusal()).isEqualTo("429 rate");
        assertThat(api.ask("GET", "/offices/dupont", all).status()).isEqualTo(200);
        first.end();
        first.end();
        assertThat(api.ask("GET", "/offices/dupont", dupont).status()).isEqualTo(200);
        var third = api.answer("GET", "/api/v1/offices/dupont/relations", accept);
        assertThat(api.ask("GET", "/offices/dupont", dupont).refusal()).isEqualTo("429 rate");
        second.end();
        third.end();
        assertThat(api.ask("GET", "/offices/dupont", dupont).status()).isEqualTo(200);
    }

    @Test
    void theHistoryNamesTheTokenAndNotTheSecret() {
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"sender\"}").with("Facteur-Note", "r%C3%A9ponses%0D%0Ax"));
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"partner\"}").with("Facteur-Note", "r%C3%A9ponses 5% plus"));
        // As curl sends it, and the server reads it.
        var octets = new String("réponses à Zoé".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"company\"}").with("Facteur-Note", octets));
        var versions = api.ask("GET", "/offices/dupont/versions", dupont);
        assertThat(versions.text()).contains("\"note\":\"réponses à Zoé\"")
                .contains("\"actor\":\"dupont-app\"", "\"peer\":\"192.0.2.7\"", "\"via\":\"api\"").doesNotContain("fct_", dupont);
    }

    @Test
    void theContractAndTheHealthAreForAll() {
        assertThat(api.raw("GET", "/health", Extra.NONE))
                .isEqualTo(new Reply(200, Map.of("Content-Type", "application/json"), "{\"status\":\"up\"}\n"));
        assertThat(api.raw("GET", "/api/v1/nothing", Extra.NONE).refusal()).isEqualTo("404 path.unknown");
    }
}
