package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.api.ApiWorld.Extra;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OfficesTest {
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
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Reply create() {
        return api.ask("PUT", "/offices/dupont", all,
                Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*").with("Facteur-Note", "premi%C3%A8re fois"));
    }

    @Test
    void anOfficeIsMadeReadReplacedAndRemoved() {
        var created = create();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.fields()).containsEntry("Location", "/api/v1/offices/dupont").containsEntry("ETag", "\"1\"");
        assertThat(created.text()).isEqualTo("{\"version\":1,\"warnings\":[]}\n");

        var read = api.ask("GET", "/offices/dupont", dupont);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.fields()).containsEntry("ETag", "\"1\"").containsEntry("Content-Type", "application/json");
        assertThat(read.text()).isEqualTo(ApiWorld.DUPONT + "\n");
        assertThat(api.ask("GET", "/offices/dupont", dupont, Extra.NONE.with("If-None-Match", "\"0\", W/\"1\"")))
                .isEqualTo(new Reply(304, Map.of("ETag", "\"1\""), ""));

        var replaced = api.ask("PUT", "/offices/dupont", dupont,
                Extra.json("{\"company\":\"Dupont SRL <office@dupont.example>\"}").with("If-Match", "\"1\""));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.member("version")).isEqualTo("2");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"sender\"}")).member("version")).isEqualTo("3");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).contains("\"reply-to\":\"sender\"", "Dupont SRL");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":null}").with("If-Match", "\"3\"")).member("version"))
                .isEqualTo("4");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).doesNotContain("reply-to");

        assertThat(api.ask("DELETE", "/offices/dupont", all, Extra.NONE.with("If-Match", "\"4\""))).isEqualTo(new Reply(204, Map.of(), ""));
        assertThat(api.ask("GET", "/offices/dupont", all).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("DELETE", "/offices/dupont", all).refusal()).isEqualTo("404 missing");
        assertThat(create().status()).isEqualTo(201);
    }

    /// 404 would send a program off to look for what it was about to make.
    @Test
    void anIdThatIsNoneIsToldAsSuchToWhoMakesAnOffice() {
        var refused = api.ask("PUT", "/offices/Dupont", all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        assertThat(refused.refusal()).isEqualTo("422 value.invalid");
        assertThat(refused.text()).contains("\"key\":\"office\"");
        assertThat(api.ask("PUT", "/offices/Dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*")).refusal())
                .isEqualTo("403 forbidden");
        assertThat(api.ask("GET", "/offices/Dupont", all).refusal()).isEqualTo("404 missing");
    }

    @Test
    void whatChangesNothingMakesNoVersion() {
        create();
        var again = api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"1\""));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.member("version")).isEqualTo("1");
    }

    @Test
    void aReplacementSaysWhatItReplaces() {
        create();
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT)).refusal()).isEqualTo("428 precondition.missing");
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"sender\"}"));
        for (var tag : new String[] {"\"1\"", "W/\"2\"", "\"x\"", "\"0\"", "\"-1\"", "\"1\", \"3\""}) {
            var stale = api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", tag));
            assertThat(stale.refusal()).isEqualTo("412 stale");
            assertThat(stale.member("version")).isEqualTo("2");
            assertThat(stale.member("author")).isEqualTo("\"dupont-app\"");
            assertThat(stale.member("at")).isEqualTo("\"2026-11-23T08:00:00Z\"");
        }
        assertThat(create().refusal()).isEqualTo("412 stale");
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "42")).refusal())
                .isEqualTo("400 header.invalid");
        assertThat(api.ask("PUT", "/offices/dupont", all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "\"2\"")).refusal())
                .isEqualTo("400 header.invalid");
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"1\", \"2\"")).status()).isEqualTo(200);
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "*")).status()).isEqualTo(200);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        create();
        var refused = api.ask("PUT", "/offices/dupont", dupont, Extra.json(
                "{\"company\":\"nobody\",\"from\":{\"adress\":\"x\",\"address\":\"jan@gmail.com\"},\"reply-to\":\"responsable\"}")
                .with("If-Match", "\"1\""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.refusal()).contains("address.invalid", "key.unknown", "from.freemail");
        assertThat(refused.text()).contains("\"nearest\":\"address\"", "\"nearest\":\"responsible\"", "\"key\":\"from.adress\"");
        assertThat(refused.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(api.ask("GET", "/offices/dupont", dupont).field("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void whatComesBackIsSetKeyByKey() {
        create();
        var misspelt =
                api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"returns\":{\"tel\":\"none\",\"known-bad\":\"refused\"},\"replies\":7}"));
        assertThat(misspelt.status()).isEqualTo(422);
        assertThat(misspelt.text()).contains(
                "\"key\":\"returns.tel\"", "\"nearest\":\"tell\"", "\"key\":\"returns.known-bad\"", "\"nearest\":\"refuse\"", "\"key\":\"replies\"");
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"replies\":\"late\",\"returns\":{\"tell\":\"none\",\"language\":\"fr\"}}"));
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"returns\":{\"tell\":null}}")).member("version")).isEqualTo("3");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).contains("\"replies\":\"late\",", "\"returns\":{\"language\":\"fr\"}");
        assertThat(api.ask("GET", "/offices/dupont/versions/3", dupont).member("diff")).contains("\"path\":\"/returns/tell\"");
        api.ask("POST", "/offices/dupont/versions/3/undo", dupont);
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).contains("\"returns\":{\"language\":\"fr\",\"tell\":\"none\"}");
    }

    @Test
    void aDraftIsCheckedWithoutBeingSaved() {
        create();
        var checked = api.ask("POST", "/offices/dupont/check", dupont, Extra.json("{\"company\":\"office@dupont.example\",\"reply-to\":\"nobody\"}"));
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.member("problems")).contains("\"key\":\"reply-to\"");
        assertThat(checked.member("warnings")).contains("company.name.missing");
        assertThat(api.ask("GET", "/offices/dupont/versions", dupont).member("items")).doesNotContain("\"number\":2");
    }

    @Test
    void officesAreListedInPages() {
        for (var office : new String[] {"alpha", "beta", "gamma"}) {
            api.ask("PUT", "/offices/" + office, all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        }
        api.ask("DELETE", "/offices/gamma", all);
        var first = api.ask("GET", "/offices?limit=2", all);
        assertThat(first.member("next")).isEqualTo("\"beta\"");
        assertThat(first.member("items")).contains("\"id\":\"alpha\",\"version\":1").doesNotContain("gamma");
        var last = api.ask("GET", "/offices?after=beta&limit=2", all);
        assertThat(last.member("next")).isEqualTo("null");
        assertThat(last.member("items")).contains("\"id\":\"gamma\",\"version\":2", "\"removed\":true");
        assertThat(api.ask("GET", "/offices?afer=beta", all).text()).contains("query.unknown", "\"nearest\":\"after\"");
        assertThat(api.ask("GET", "/offices?after=B", all).refusal()).isEqualTo("400 query.invalid");
    }

    /// More rights by what is sent.
    @Test
    void onlyOperatorsMoveAnOfficeIntoTheSandbox() {
        create();
        var sandbox = "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"sandbox\":true}";
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(sandbox).with("If-Match", "\"1\"")).refusal()).isEqualTo("422 not-allowed");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"sandbox\":true}")).refusal()).isEqualTo("422 not-allowed");
        assertThat(api.ask("PATCH", "/offices/dupont", all, Extra.patch("{\"sandbox\":true}")).status()).isEqualTo(200);
        // Leaving it out would end it; what was read may be sent back.
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"2\"")).refusal())
                .isEqualTo("422 not-allowed");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"sandbox\":null}")).refusal()).isEqualTo("422 not-allowed");
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(sandbox).with("If-Match", "\"2\"")).status()).isEqualTo(200);
        assertThat(api.ask("POST", "/offices/dupont/versions/1/restore", dupont).refusal()).isEqualTo("422 not-allowed");
        assertThat(api.ask("POST", "/offices/dupont/versions/2/undo", dupont).refusal()).isEqualTo("422 not-allowed");
        assertThat(api.ask("POST", "/offices/dupont/versions/2/undo", all).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cards_kept_by", "cardsKeptBy", "version", "role", "relations", "office"})
    void aFieldThatIsNoSettingIsAProblem(String key) {
        create();
        assertThat(api.ask("PATCH", "/offices/dupont", all, Extra.patch("{\"" + key + "\":\"suite\"}")).refusal()).isEqualTo("422 key.unknown");
    }

    @Test
    void anOfficesTokenBringsNoOfficeBack() {
        create();
        api.ask("DELETE", "/offices/dupont", all);
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*")).refusal())
                .isEqualTo("403 forbidden");
        assertThat(api.ask("PUT", "/offices/dupont", dupont, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"2\"")).refusal())
                .isEqualTo("403 forbidden");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"sender\"}")).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("POST", "/offices/dupont/versions/2/undo", dupont).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("POST", "/offices/dupont/versions/1/restore", dupont).refusal()).isEqualTo("403 forbidden");
        assertThat(api.ask("PUT", "/offices/dupont", all, Extra.json(ApiWorld.DUPONT).with("If-Match", "\"2\"")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT|application/merge-patch+json|415 content-type.unsupported", "PATCH|application/json|415 content-type.unsupported",
                "PUT|text/plain|415 content-type.unsupported", "PUT|application/x-www-form-urlencoded|415 content-type.unsupported"
            })
    void eachMethodHasItsType(String method, String type, String refusal) {
        create();
        var reply = api.ask(method, "/offices/dupont", dupont, new Extra(Map.of("Content-Type", type, "If-Match", "\"1\""), ApiWorld.DUPONT));
        assertThat(reply.refusal()).isEqualTo(refusal);
        assertThat(reply.fields()).containsEntry(
                method.equals("PATCH") ? "Accept-Patch" : "Accept", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
    }

    @Test
    void whatIsKeptElsewhereIsNotTouchedHere() {
        create();
        api.elsewhere.set(Optional.of("files"));
        assertThat(api.ask("GET", "/offices/dupont", dupont).refusal()).isEqualTo("409 kept-elsewhere");
        assertThat(api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{}")).refusal()).isEqualTo("409 kept-elsewhere");
        assertThat(api.ask("GET", "/offices/dupont/relations", dupont).refusal()).isEqualTo("409 kept-elsewhere");
        assertThat(api.ask("GET", "/offices/dupont/domains", dupont).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/offices/dupont/letters", dupont).status()).isEqualTo(200);
    }

    @Test
    void aDatabaseThatIsAwayIsToldAsSuch() {
        api.close();
        var away = api.ask("GET", "/offices/dupont", dupont);
        assertThat(away.refusal()).isEqualTo("503 database.unavailable");
        assertThat(away.field("Retry-After")).isEqualTo("5");
        assertThat(away.text()).as("of many cards a part may be").doesNotContain("nothing was changed");
    }
}
