package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.api.ApiWorld.Extra;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text that is made to run, to lead elsewhere or to make an answer talk, in every place that takes text.
final class HostileInputTest {
    private static final String OFFICE = "/offices/dupont";
    private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    @TempDir
    private Path folder;

    private ApiWorld api;
    private String dupont;
    private String all;

    @BeforeEach
    void open() throws Exception {
        api = new ApiWorld(folder);
        dupont = api.token("dupont-app", "dupont");
        all = api.token("suite", "*");
        api.ask("PUT", OFFICE, all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    /// It stays what was typed, and is never an answer that a browser would run.
    @Test
    void markupIsText() {
        var saved = api.ask("PATCH", OFFICE, dupont, Extra.patch("{\"contexts\":{\"" + SCRIPT + "\":{\"label\":\"x\"}},\"company\":\"\\\"" + SCRIPT
                + "\\\" <office@dupont.example>\"}").with("Facteur-Note", SCRIPT));
        var card =
                api.ask("PUT", OFFICE + "/relations/%3Cscript%3E", dupont, Extra.json("{\"name\":\"" + SCRIPT + "\"}").with("Facteur-Note", SCRIPT));
        assertThat(card.status()).isEqualTo(201);
        var replies = List.of(
                saved,
                card,
                api.ask("GET", OFFICE, dupont),
                api.ask("GET", OFFICE + "/versions", dupont),
                api.ask("GET", OFFICE + "/versions/2", dupont),
                api.ask("GET", OFFICE + "/relations?q=" + "%3Cscript%3E", dupont),
                api.ask("GET", OFFICE + "/relations/%3Cscript%3E", dupont),
                api.ask("GET", OFFICE + "/relations", dupont, Extra.NONE.with("Accept", "text/csv")),
                api.ask("GET", OFFICE + "/relations", dupont, Extra.NONE.with("Accept", "text/html,application/x-ndjson")),
                api.ask("GET", OFFICE + "/relations?%3Cscript%3E=1", dupont),
                api.ask("POST", OFFICE + "/check", dupont, Extra.json("{\"" + SCRIPT + "\":1}")),
                api.raw("GET", "/%3Cscript%3E", Extra.NONE));
        assertThat(replies).allSatisfy(
                reply -> assertThat(reply.field("Content-Type")).matches("(?:application/(?:problem\\+)?json|application/x-ndjson|text/csv).*"));
        assertThat(api.ask("GET", OFFICE + "/relations/%3Cscript%3E", dupont).member("name")).isEqualTo("\"" + SCRIPT + "\"");
        assertThat(api.ask("GET", OFFICE + "/versions", dupont).member("items")).contains("\"note\":\"" + SCRIPT + "\"");
    }

    /// What a client logs of a refusal, and a proxy.
    @Test
    void noRefusalQuotesAToken() {
        var bearer = new Extra(Map.of("Authorization", "Bearer " + dupont + "x"), "");
        var replies = List.of(
                api.raw("GET", "/api/v1/offices/dupont", bearer),
                api.raw("GET", "/api/v1/offices/dupont", new Extra(Map.of("Authorization", "Bearer  " + dupont + " " + dupont), "")),
                api.raw("GET", "/api/v1/offices/dupont", new Extra(Map.of("Authorization", dupont), "")),
                api.ask("GET", OFFICE + "?token=" + dupont, dupont),
                api.ask("GET", OFFICE + "/relations?limit=" + dupont, dupont),
                api.ask("GET", OFFICE + "/versions/" + dupont, dupont),
                api.ask("GET", "/offices/" + dupont, all),
                api.ask("PUT", OFFICE, dupont, Extra.json("{}").with("If-Match", dupont)),
                api.ask("PUT", OFFICE, dupont, new Extra(Map.of("Content-Type", dupont, "If-Match", "\"1\""), "{}")));
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isBetween(400, 422);
            assertThat(reply.text()).doesNotContain(dupont.substring(4));
        });
    }

    /// An address that two offices have tells neither which other one it is.
    @Test
    void aWarningNamesNoOtherOffice() {
        api.ask("PUT", "/offices/durand", all, Extra.json("{\"company\":\"Durand <office@durand.example>\"}").with("If-None-Match", "*"));
        var checked = api.ask("POST", OFFICE + "/check", dupont, Extra.json("{\"company\":\"Dupont <office@durand.example>\"}"));
        assertThat(checked.member("warnings")).contains("also another office's");
        assertThat(checked.text().replace("office@durand.example", "")).doesNotContain("durand");
    }

    /// Nothing is ever fetched from a name that is given here: it is asked for in the DNS, if it is a name at all.
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "http://169.254.169.254/latest", "[::1]", "file:///etc/passwd", "dupont.example:8025"})
    void whatLeadsElsewhereIsNoDomain(String domain) {
        var refused = api.ask("POST", OFFICE + "/domains", dupont, Extra.json("{\"domain\":\"" + domain + "\"}"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(api.ask("GET", OFFICE + "/domains", dupont).member("items")).isEqualTo("[]");
    }
}
