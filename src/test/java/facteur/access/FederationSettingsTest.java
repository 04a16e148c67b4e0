package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import facteur.fixture.RsaKeys;
import facteur.fixture.SuiteSigner;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FederationSettingsTest {
    private static final SuiteSigner EC = SuiteSigner.of("ES256", "k1");
    private static final SuiteSigner RSA = SuiteSigner.of("RS256", "r1");
    private static final SuiteSigner SECRET = SuiteSigner.of("HS256", "s1");

    @TempDir
    private Path folder;

    private Problems problems = new Problems();

    @BeforeEach
    void none() {
        problems = new Problems();
    }

    private FederationSettings read(String console) {
        return read(ConfigFile.parse(console, Path.of("test"), problems));
    }

    private FederationSettings readFile(String console) throws IOException {
        return read(ConfigFile.read(Files.writeString(folder.resolve("facteur.yaml"), console), problems, _ -> null));
    }

    private static FederationSettings read(Section root) {
        var settings = FederationSettings.from(root);
        root.close();
        return settings;
    }

    private List<String> problems(String console) {
        read(console);
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void nobodyVouchesUnlessItIsSaid() {
        assertThat(read("")).isEqualTo(FederationSettings.NONE);
        assertThat(read("suites: []\noidc: { issuer: , client-id: }")).isEqualTo(FederationSettings.NONE);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void readsSuites() throws Exception {
        var file = Files.writeString(folder.resolve("suite.jwks"), EC.jwks() + "\n");
        var settings = readFile("""
                suites:
                  - { name: suite, offices: [dupont, janssens], algorithm: ES256, keys: "${file:%s}", return: https://app.example.org/facteur }
                  - { name: tickets, offices: '*' }
                """.formatted(file));
        assertThat(problems.list()).isEmpty();
        var suite = settings.suite("suite").orElseThrow();
        assertThat(suite.serves(new OfficeId("dupont"))).isTrue();
        assertThat(suite.serves(new OfficeId("peeters"))).isFalse();
        assertThat(suite.signature().orElseThrow().algorithm()).isEqualTo(SigningAlgorithm.ES256);
        assertThat(suite.back().orElseThrow().origin()).isEqualTo("https://app.example.org");
        var tickets = settings.suite("tickets").orElseThrow();
        assertThat(tickets.serves(new OfficeId("peeters"))).isTrue();
        assertThat(tickets.signature()).isEmpty();
        assertThat(settings.suite("other")).isEmpty();
        assertThat(settings.toString()).doesNotContain("\"x\"").contains("1 keys");
        // A file with other keys makes other settings, as a reload needs to know.
        assertThat(read("suites: [{ name: a, offices: '*', algorithm: ES256, keys: '" + EC.jwks() + "' }]"))
                .isEqualTo(read("suites: [{ name: a, offices: '*', algorithm: ES256, keys: '" + EC.jwks() + "' }]"))
                .isNotEqualTo(read("suites: [{ name: a, offices: '*', algorithm: ES256, keys: '" + SuiteSigner.of("ES256", "k1").jwks() + "' }]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { offices: '*' }                                                | test:1: suites[0].name: is missing
            { name: 'the suite', offices: '*' }                             | test:1: suites[0].name: a name is made of
            { name: suite }                                                 | test:1: suites[0].offices: at least one office is needed
            { name: suite, offices: Dupont }                                | test:1: suites[0].offices: an office id is made of
            { name: suite, offices: '*', algorithm: none, keys: x }         | test:1: suites[0].algorithm: 'none' would let anyone in
            { name: suite, offices: '*', algorithm: EdDSA, keys: x }        | test:1: suites[0].algorithm: 'EdDSA' is not supported
            { name: suite, offices: '*', algorithm: ES265, keys: x }        | did you mean 'ES256'?
            { name: suite, offices: '*', algorithm: ES256 }                 | test:1: suites[0].keys: are needed with algorithm
            { name: suite, offices: '*', keys: x }                          | test:1: suites[0].algorithm: is needed with keys
            { name: suite, offices: '*', algorithm: ES256, keys: x }        | test:1: suites[0].keys: is no JSON
            { name: suite, offices: '*', algorithm: ES256, keys: '[]' }     | test:1: suites[0].keys: must be a JWK Set
            { name: suite, offices: '*', algorithm: ES256, keys: '{"keys":[]}' } | test:1: suites[0].keys: the list has no key
            { name: suite, offices: '*', algorithm: ES256, keys: '{"keys":[1]}' } | test:1: suites[0].keys: key 1 is no valid key
            { name: suite, offices: '*', algorithm: ES256, keys: '{"keys":[{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}]}' } | key 1 is no valid key; ES256 needs kty EC and crv P-256
            { name: suite, offices: '*', algorithm: HS256, keys: '{"keys":[{"kty":"oct","k":"c2hvcnQ"}]}' } | key 1 is too short: a secret needs 32 octets
            { name: suite, offices: '*', return: http://app.example.org }   | test:1: suites[0].return: must begin with https:// off loopback
            { name: suite, offices: '*', return: app.example.org }          | test:1: suites[0].return: must be http:// or https://
            { name: suite, offices: '*', return: 'https://a@b.example' }    | test:1: suites[0].return: must not name a user
            { name: suite, offices: '*', return: 'https://b.example/?to=' } | test:1: suites[0].return: must have nothing behind its host but a plain path
            { name: suite, offices: '*', return: 'https://b.example/a/..' } | test:1: suites[0].return: must have nothing behind its host but a plain path
            { name: suite, offices: '*', retrun: 'https://b.example/' }     | unknown key; did you mean 'return'?
            """)
    void saysWhatIsWrongWithASuite(String suite, String problem) {
        assertThat(problems("suites: [" + suite + "]")).singleElement().asString().contains(problem);
    }

    @Test
    void namesAreUnique() {
        assertThat(problems("suites:\n  - { name: suite, offices: '*' }\n  - { name: suite, offices: dupont }"))
                .containsExactly("test:3: suites[1].name: another suite has this name");
    }

    @Test
    void keysFitTheAlgorithm() throws Exception {
        var small = new RSAKey.Builder((RSAPublicKey) RsaKeys.next(1024).getPublic()).build().toJSONString();
        var secret = ((OctetSequenceKey) SECRET.key()).toJSONString();
        var otherCurve = new ECKeyGenerator(Curve.P_384).generate().toPublicJWK().toJSONString();
        var encryption = new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.ENCRYPTION).generate().toPublicJWK().toJSONString();
        var otherAlgorithm = new RSAKey.Builder(RSA.key().toRSAKey().toRSAPublicKey())
                .algorithm(JWSAlgorithm.RS256).build().toJSONString();
        assertThat(keys("ES256", RSA.publicKey())).contains("key 1 is of another kind: ES256 needs kty EC and crv P-256");
        assertThat(keys("ES256", otherCurve)).contains("key 1 is of another kind");
        assertThat(keys("RS256", EC.publicKey())).contains("key 1 is of another kind: RS256 needs kty RSA and 2048 bits at least");
        assertThat(keys("RS256", small)).contains("key 1 is of another kind: RS256 needs kty RSA and 2048 bits at least");
        assertThat(keys("HS256", RSA.publicKey())).contains("key 1 is of another kind: HS256 needs kty oct");
        assertThat(keys("ES256", secret)).contains("key 1 is of another kind");
        assertThat(keys("PS256", otherAlgorithm)).contains("key 1 has another alg than PS256");
        assertThat(keys("ES256", encryption)).contains("key 1 is not for checking signatures");
        assertThat(keys("ES256", EC.key().toJSONString())).contains("key 1 is a private key").doesNotContain(EC.key().toECKey().getD().toString());
        assertThat(keys("ES256", EC.publicKey() + "," + EC.publicKey())).contains("key 2 has the kid of another");
        assertThat(keys("ES256", (EC.publicKey().replace("k1", "k%d") + ",").repeat(51).replaceAll(",$", ""))).contains("has more than 50 keys");
        assertThat(keys("ES256", "{\"kty\":\"EC\",\"kty\":\"oct\"}")).contains("is no JSON");
        for (var algorithm : List.of("ES256", "PS256", "RS256", "HS256")) {
            problems = new Problems();
            read("suites: [{ name: a, offices: '*', algorithm: %s, keys: '%s' }]".formatted(algorithm, SuiteSigner.of(algorithm, "k").jwks()));
            assertThat(problems.list()).isEmpty();
        }
    }

    private String keys(String algorithm, String keys) {
        problems = new Problems();
        var said = problems("suites: [{ name: a, offices: '*', algorithm: %s, keys: '{\"keys\": [%s]}' }]".formatted(algorithm, keys));
        assertThat(said).hasSize(1);
        return said.getFirst();
    }

    /// What is wrong with a file of keys is said, though its text isn't.
    @Test
    void quotesNoSecret() throws Exception {
        var file = Files.writeString(folder.resolve("suite.jwks"), "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2hvcnQ\"}]}");
        readFile("suites: [{ name: a, offices: '*', algorithm: HS256, keys: '${file:" + file + "}' }]");
        assertThat(problems.list()).singleElement().asString()
                .endsWith("facteur.yaml:1: suites[0].keys: key 1 is too short: a secret needs 32 octets at least");
    }

    @Test
    void readsAProvider() {
        var oidc = read("oidc: { issuer: https://login.example.org/realms/firm, client-id: facteur, client-secret: hush }").oidc().orElseThrow();
        assertThat(problems.list()).isEmpty();
        assertThat(oidc.issuer()).hasToString("https://login.example.org/realms/firm");
        assertThat(oidc.scopes()).containsExactly("openid", "profile", "email");
        assertThat(oidc.officeClaim()).isEqualTo("facteur_office");
        assertThat(oidc.roleClaim()).isEqualTo("facteur_role");
        assertThat(oidc.name()).isEqualTo("Company login");
        assertThat(oidc.toString()).doesNotContain("hush");
        var other = read("""
                oidc: { issuer: "http://127.0.0.1:9000", client-id: facteur, client-secret: hush, scopes: [openid, groups], office: 'https://example.org/office',
                  role: roles, name: Kantoor }""").oidc();
        assertThat(other.map(OidcSettings::officeClaim)).isEqualTo(Optional.of("https://example.org/office"));
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { client-id: a, client-secret: b }                                                 | test:1: oidc.issuer: is missing
            { issuer: https://a.example, client-secret: b }                                    | test:1: oidc.client-id: is missing
            { issuer: https://a.example, client-id: a }                                        | test:1: oidc.client-secret: is missing
            { issuer: http://a.example, client-id: a, client-secret: b }                       | test:1: oidc.issuer: must begin with https:// off loopback
            { issuer: 'https://a.example/?x', client-id: a, client-secret: b }                 | test:1: oidc.issuer: must not have a query
            { issuer: a.example, client-id: a, client-secret: b }                              | test:1: oidc.issuer: must be http:// or https://
            { issuer: https://a.example, client-id: a, client-secret: b, scopes: [profile] }   | test:1: oidc.scopes: must have openid
            { issuer: https://a.example, client-id: a, client-secret: b, scopes: 'openid email' } | test:1: oidc.scopes: a scope is one word
            { issuer: https://a.example, client-id: a, client-secret: b, office: x, role: x }  | test:1: oidc.role: must be another claim
            { issuer: https://a.example, client-id: a, client-secret: b, client_id: x }        | unknown key; did you mean 'client-id'?
            """)
    void saysWhatIsWrongWithAProvider(String oidc, String problem) {
        assertThat(problems("oidc: " + oidc)).first().asString().contains(problem);
    }
}
