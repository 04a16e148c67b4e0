package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.api.ApiWorld.Extra;
import facteur.domain.DomainDesk;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DomainsTest {
    private static final String DOMAINS = "/offices/dupont/domains";

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
            api.ask("PUT", "/offices/" + office, all, Extra.json(ApiWorld.DUPONT).with("If-None-Match", "*"));
        }
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Reply add(String domain) {
        return api.ask("POST", DOMAINS, dupont, Extra.json("{\"domain\":\"" + domain + "\"}"));
    }

    @Test
    void aDomainIsAddedCheckedAndRemoved() {
        var added = add("Dupont.example");
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.field("Location")).isEqualTo("/api/v1/offices/dupont/domains/dupont.example/records");
        assertThat(api.raw("GET", added.field("Location"), Extra.NONE.with("Authorization", "Bearer " + dupont)).status()).isEqualTo(200);
        assertThat(added.member("domain")).isEqualTo("\"dupont.example\"");
        assertThat(added.member("state")).isEqualTo("\"pending\"");
        assertThat(added.member("records")).contains("_facteur.dupont.example", "._domainkey.dupont.example");
        assertThat(add("dupont.example").status()).isEqualTo(200);
        assertThat(api.ask("GET", DOMAINS, dupont).member("items")).contains("\"domain\":\"dupont.example\"");
        assertThat(api.ask("GET", DOMAINS + "/dupont.example/records", dupont).member("records")).contains("\"type\":\"TXT\"");
        var zone = api.ask("GET", DOMAINS + "/dupont.example/records", dupont, Extra.NONE.with("Accept", "text/dns"));
        assertThat(zone.field("Content-Type")).isEqualTo("text/dns");
        assertThat(zone.text().lines()).allMatch(line -> line.contains(" IN TXT \""));
        assertThat(api.ask("POST", DOMAINS + "/dupont.example/check", dupont).member("evidence")).isEqualTo("\"unclear\"");
        assertThat(api.ask("DELETE", DOMAINS + "/dupont.example", dupont).status()).isEqualTo(204);
        assertThat(api.ask("DELETE", DOMAINS + "/dupont.example", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.acts).containsExactly(
                "token=dupont-app peer=192.0.2.7: domain add dupont.example --office dupont",
                "token=dupont-app peer=192.0.2.7: domain remove dupont.example --office dupont");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gmail.com|422 domain.public", "https://www.dupont.example/|422 domain.url", "a b.example|422 value.invalid",
                "..|422 value.invalid"
            })
    void whatIsNoDomainOfAnOfficeIsRefused(String domain, String refusal) {
        assertThat(add(domain).refusal()).isEqualTo(refusal);
    }

    @Test
    void theAddressOfAPageNamesTheDomainThatIsMeant() {
        assertThat(add("https://www.dupont.example/").text()).contains("did you mean 'dupont.example'?", "\"nearest\":\"dupont.example\"");
        assertThat(api.ask("POST", DOMAINS, dupont, Extra.json("{\"domian\":\"dupont.example\"}")).refusal())
                .isEqualTo("422 value.missing key.unknown");
    }

    @Test
    void thereAreTwentyPendingClaimsAtMost() throws Exception {
        assertThat(add("d0.example").status()).isEqualTo(201);
        api.database.inTransaction(statements -> {
            for (var i = 1; i < DomainDesk.MOST_PENDING; i++) {
                statements.update(
                        "insert into domain (name, office, token, added_at, state, since, mismatches, reason, next_check_at, told)"
                                + " values (?, 'dupont', ?, 0, 'pending', 0, 0, '', 0, 'pending')",
                        "d" + i + ".example",
                        "token" + i);
            }
            return true;
        });
        assertThat(add("one-more.example").refusal()).isEqualTo("409 domains.pending");
        assertThat(add("d0.example").status()).isEqualTo(200);
        assertThat(api.ask("DELETE", DOMAINS + "/d0.example", dupont).status()).isEqualTo(204);
        assertThat(add("one-more.example").status()).isEqualTo(201);
    }

    @Test
    void nothingIsToldOfTheClaimsOfOthers() {
        assertThat(api.ask("POST", "/offices/durand/domains", all, Extra.json("{\"domain\":\"durand.example\"}")).status()).isEqualTo(201);
        assertThat(api.ask("GET", DOMAINS, dupont).text()).doesNotContain("durand");
        assertThat(api.ask("GET", DOMAINS + "/durand.example/records", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("POST", DOMAINS + "/durand.example/check", dupont).refusal()).isEqualTo("404 missing");
        assertThat(api.ask("DELETE", DOMAINS + "/durand.example", dupont).refusal()).isEqualTo("404 missing");
        assertThat(add("durand.example").text()).doesNotContain("\"durand\"");
        assertThat(api.ask("POST", "/offices/nobody/domains", all, Extra.json("{\"domain\":\"nobody.example\"}")).refusal()).isEqualTo("404 missing");
    }
}
