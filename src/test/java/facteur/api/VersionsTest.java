package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.api.ApiWorld.Extra;
import facteur.platform.log.Erasure;
import facteur.store.HistoryErasure;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionsTest {
    private static final String VERSIONS = "/offices/dupont/versions";

    @TempDir
    private Path folder;

    private ApiWorld api;
    private String dupont;

    /// Three versions: nothing, sender, partner.
    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        dupont = api.token("dupont-app", "dupont");
        api.ask("PUT", "/offices/dupont", api.token("suite", "*"), Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"sender\"}").with("Facteur-Note", "asked by Jan"));
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"reply-to\":\"partner\"}"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theNewestComesFirst() {
        var first = api.ask("GET", VERSIONS + "?limit=2", dupont);
        assertThat(first.member("next")).isEqualTo("\"2\"");
        assertThat(first.member("items"))
                .startsWith("[{\"number\":3,\"at\":\"2026-11-23T08:00:00Z\",\"kind\":\"settings\",\"via\":\"api\",\"actor\":\"dupont-app\"")
                .contains("\"number\":2", "\"note\":\"asked by Jan\"").doesNotContain("\"number\":1");
        var last = api.ask("GET", VERSIONS + "?limit=2&after=2", dupont);
        assertThat(last.member("next")).isEqualTo("null");
        assertThat(last.member("items")).contains("\"number\":1", "\"actor\":\"suite\"").doesNotContain("\"number\":2");
    }

    @Test
    void aVersionShowsWhatItChanged() {
        var version = api.ask("GET", VERSIONS + "/3", dupont);
        assertThat(version.member("before")).contains("\"reply-to\":\"sender\"");
        assertThat(version.member("after")).contains("\"reply-to\":\"partner\"");
        assertThat(version.member("diff")).isEqualTo("[{\"op\":\"replace\",\"path\":\"/reply-to\",\"value\":\"partner\"}]");
        assertThat(api.ask("GET", VERSIONS + "/1", dupont).member("before")).isEqualTo("null");
        assertThat(api.ask("GET", VERSIONS + "/3?against=1", dupont).member("diff"))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/reply-to\",\"value\":\"partner\"}]");
        assertThat(api.ask("GET", VERSIONS + "/1?against=3", dupont).member("diff")).isEqualTo("[{\"op\":\"remove\",\"path\":\"/reply-to\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/4", "/0", "/-1", "/01", "/x", "/99999999999999999999", "/3?against=4"})
    void whatIsNotThereIsMissing(String number) {
        assertThat(api.ask("GET", VERSIONS + number, dupont).refusal()).isEqualTo("404 missing");
    }

    @Test
    void anOldOneIsRestoredAsANewOne() {
        var restored = api.ask("POST", VERSIONS + "/1/restore", dupont);
        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.member("version")).isEqualTo("4");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).isEqualTo(ApiWorld.DUPONT + "\n");
        assertThat(api.ask("GET", VERSIONS + "/4", dupont).member("undoes")).isEqualTo("2");
        assertThat(api.ask("POST", VERSIONS + "/9/restore", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("POST", VERSIONS + "/1/restore", dupont, Extra.json("{}")).refusal()).isEqualTo("400 body.unexpected");
    }

    @Test
    void onlyTheNewestOfSettingsIsUndone() {
        assertThat(api.ask("POST", VERSIONS + "/2/undo", dupont).refusal()).isEqualTo("409 not-newest");
        var undone = api.ask("POST", VERSIONS + "/3/undo", dupont);
        assertThat(undone.text()).isEqualTo("{\"version\":4,\"restored\":0,\"left\":[],\"warnings\":[]}\n");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).contains("\"reply-to\":\"sender\"");
        assertThat(api.ask("POST", VERSIONS + "/1/undo", dupont).status()).isEqualTo(409);
    }

    @Test
    void whatAPersonWasErasedFromIsNotRestored() throws Exception {
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"company\":\"Zoé <zoe@dupont.example>\"}"));
        api.ask("PATCH", "/offices/dupont", dupont, Extra.patch("{\"company\":\"office@dupont.example\"}"));
        new HistoryErasure(api.database, api.time, Erasure.of("zoe@dupont.example").orElseThrow()).erase();
        assertThat(api.ask("POST", VERSIONS + "/4/restore", dupont).refusal()).isEqualTo("409 erased");
        assertThat(api.ask("POST", VERSIONS + "/5/undo", dupont).refusal()).isEqualTo("409 erased");
        assertThat(api.ask("GET", VERSIONS + "/4", dupont).member("after")).contains("forgotten@forgotten.invalid");
        assertThat(api.ask("GET", "/offices/dupont", dupont).text()).contains("office@dupont.example");
    }
}
