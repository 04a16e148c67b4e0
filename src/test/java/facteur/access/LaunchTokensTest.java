package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.SettableClock;
import facteur.fixture.SuiteSigner;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.database.Database;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchTokensTest {
    private static final Instant NOW = new SettableClock().instant();
    private static final String CONSOLE = "https://mail.example.org";
    private static final SuiteSigner SIGNER = SuiteSigner.of("ES256", "k1");
    private static final SuiteSigner STRANGER = SuiteSigner.of("ES256", "k1");
    private static final SuiteSigner RSA = SuiteSigner.of("RS256", "r1");

    @TempDir
    private Path state;

    private SettableClock clock = new SettableClock();
    private Database database;
    private LaunchTokens tokens;

    @BeforeEach
    void open() throws SQLException {
        clock = new SettableClock();
        database = MigratedDatabase.open(state);
        tokens = tokens(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private LaunchTokens tokens(Database shared) {
        var rules = new LaunchRules(true, URI.create(CONSOLE), new FederationSettings(List.of(
                suite("suite", "[dupont, janssens]", SIGNER, "ES256"),
                suite("rsa", "['*']", RSA, "RS256"),
                suite("framed", "['*']", SIGNER, "ES256"),
                SuiteSettings.list(console("suites: [{ name: tickets-only, offices: '*' }]")).getFirst()), Optional.empty()),
                List.of("https://framed.example.org"));
        return new LaunchTokens(() -> rules, new UsedOnce(shared), clock.wall());
    }

    private static SuiteSettings suite(String name, String offices, SuiteSigner signer, String algorithm) {
        return SuiteSettings.list(console("suites: [{ name: %s, offices: %s, algorithm: %s, keys: '%s', return: 'https://%s.example.org/app' }]"
                .formatted(name, offices, algorithm, signer.jwks(), name))).getFirst();
    }

    private static Section console(String yaml) {
        var problems = new Problems();
        var section = ConfigFile.parse(yaml, Path.of("test"), problems);
        assertThat(problems.list()).isEmpty();
        return section;
    }

    private static Map<String, Object> claims() {
        return SuiteSigner.launch(NOW, CONSOLE);
    }

    private static Map<String, Object> with(String name, Object value) {
        var claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> without(String name) {
        var claims = claims();
        claims.remove(name);
        return claims;
    }

    private Launch accepted(Map<String, Object> claims) throws SQLException {
        return tokens.accept(SIGNER.token(claims)) instanceof LaunchResult.Accepted(var launch) ? launch : notAccepted(claims);
    }

    private Launch notAccepted(Map<String, Object> claims) throws SQLException {
        throw new AssertionError(String.valueOf(tokens.accept(SIGNER.token(claims))));
    }

    private LaunchRefusal refusal(String token) throws SQLException {
        if (tokens.accept(token) instanceof LaunchResult.Refused(var reason, var why, var _)) {
            assertThat(token.length() < 20 || !why.contains(token)).as(why).isTrue();
            return reason;
        }
        throw new AssertionError("let in");
    }

    private LaunchRefusal refusal(Map<String, Object> claims) throws SQLException {
        return refusal(SIGNER.token(claims));
    }

    @Test
    void launchesAUserIntoAnOffice() throws SQLException {
        var launch = accepted(claims());
        assertThat(launch).isEqualTo(new Launch("suite", "4711", "Jan Janssens", Optional.empty(), new OfficeId("dupont"), AccessRole.ADMIN,
                Optional.empty(), LandingPage.MAIL, Optional.empty(), Optional.empty()));
        assertThat(launch.session("192.0.2.1", "a browser").grants()).containsExactly(Grant.admin(new OfficeId("dupont")));
        assertThat(launch.holder().actor()).isEqualTo("suite");
        assertThat(launch.holder().behalf()).isEqualTo("Jan Janssens");
    }

    @Test
    void readsAllItMaySay() throws SQLException {
        var claims = claims();
        claims.put("iss", "framed");
        claims.putAll(Map.of("email", "jan@dupont.example", "language", "nl", "page", "people", "return",
                "https://framed.example.org/app/offices/dupont?tab=mail", "embed", true, "role", "reader", "name", "Jan \u202EJanssens"));
        var launch = accepted(claims);
        assertThat(launch.email()).contains("jan@dupont.example");
        assertThat(launch.language()).contains("nl");
        assertThat(launch.page()).isEqualTo(LandingPage.PEOPLE);
        assertThat(launch.role()).isEqualTo(AccessRole.READER);
        assertThat(launch.back()).contains(URI.create("https://framed.example.org/app/offices/dupont?tab=mail"));
        assertThat(launch.embed()).contains("https://framed.example.org");
        assertThat(launch.name()).isEqualTo("Jan Janssens");
        assertThat(Launch.stored("framed", launch.text())).isEqualTo(launch);
    }

    /// What the configuration would replace is a text like any other here.
    @Test
    void expandsNothing() throws SQLException {
        assertThat(accepted(with("name", "${env:PATH} ${file:/etc/passwd}")).name()).isEqualTo("${env:PATH} ${file:/etc/passwd}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256", "RS256", "HS256"})
    void takesEachAlgorithm(String algorithm) throws SQLException {
        var signer = SuiteSigner.of(algorithm, "one");
        var settings = new FederationSettings(List.of(suite("suite", "dupont", signer, algorithm)), Optional.empty());
        var rules = new LaunchRules(true, URI.create(CONSOLE), settings, List.of());
        var own = new LaunchTokens(() -> rules, new UsedOnce(database), clock.wall());
        assertThat(own.accept(signer.token(claims()))).isInstanceOf(LaunchResult.Accepted.class);
        assertThat(tokens.accept(signer.token(claims()))).isInstanceOf(LaunchResult.Refused.class);
    }

    @Test
    void eachTokenWorksOnceOnAllNodes() throws Exception {
        var token = SIGNER.token(claims());
        try (var threads = Executors.newFixedThreadPool(8)) {
            var other = tokens(database);
            var tries = IntStream.range(0, 16)
                    .<Callable<LaunchResult>>mapToObj(i -> () -> (i % 2 == 0 ? tokens : other).accept(token)).toList();
            var results = new ArrayList<LaunchResult>();
            for (var result : threads.invokeAll(tries)) {
                results.add(result.get());
            }
            assertThat(results.stream().filter(LaunchResult.Accepted.class::isInstance)).hasSize(1);
        }
        assertThat(refusal(token)).isEqualTo(LaunchRefusal.USED);
        // The same id of another suite is another id.
        var claims = with("jti", "again");
        accepted(claims);
        claims.put("iss", "framed");
        accepted(claims);
    }

    @Test
    void aTokenThatIsRefusedIsNotUsedUp() throws SQLException {
        var claims = with("role", "owner");
        assertThat(refusal(claims)).isEqualTo(LaunchRefusal.CLAIM);
        claims.put("role", "admin");
        accepted(claims);
    }

    @Test
    void isForThisConsoleAlone() throws SQLException {
        accepted(with("aud", List.of(CONSOLE))); // as some libraries write one
        for (var other : new Object[] {"https://mail.example.org/", "https://MAIL.example.org", "https://evil.example", "", 5, Map.of("a", CONSOLE),
            List.of(), List.of(CONSOLE, "https://evil.example"), List.of(CONSOLE, CONSOLE), List.of(CONSOLE, 5), List.of(List.of(CONSOLE))}) {
            assertThat(refusal(with("aud", other))).as("%s", other).isEqualTo(LaunchRefusal.AUDIENCE);
        }
        assertThat(refusal(without("aud"))).isEqualTo(LaunchRefusal.AUDIENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "0,    120,   0,   ",
        "30,   150,   0,   ",
        "0,    60,    59,  ",
        "31,   100,   0,   TIME",
        "0,    60,    60,  TIME",
        "-200, -100,  0,   TIME",
        "0,    121,   0,   LIFETIME",
        "-60,  61,    0,   LIFETIME",
        "0,    9000000000, 0, LIFETIME",
        "0,    99999999999999999, 0, CLAIM",
        "0,    -2000000000, 0, CLAIM",
    })
    void isGoodForTwoMinutesAtMost(long iat, long exp, long later, LaunchRefusal refusal) throws SQLException {
        var claims = claims();
        claims.put("iat", NOW.getEpochSecond() + iat);
        claims.put("exp", NOW.getEpochSecond() + exp);
        clock.advance(Duration.ofSeconds(later));
        if (refusal == null) {
            accepted(claims);
        } else {
            assertThat(refusal(claims)).isEqualTo(refusal);
        }
    }

    @Test
    void timesAreNumbers() throws SQLException {
        accepted(with("iat", NOW.getEpochSecond() + 0.25));
        for (var other : new Object[] {"1", true, List.of(1), new BigDecimal("1e300"), new BigDecimal("-1")}) {
            assertThat(refusal(with("exp", other))).as("%s", other).isIn(LaunchRefusal.CLAIM, LaunchRefusal.UNREADABLE);
            assertThat(refusal(with("iat", other))).as("%s", other).isIn(LaunchRefusal.CLAIM, LaunchRefusal.UNREADABLE);
        }
        assertThat(refusal(with("nbf", NOW.getEpochSecond() + 50))).isEqualTo(LaunchRefusal.TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "exp", "jti", "sub", "name", "role"})
    void needsItsClaims(String name) throws SQLException {
        assertThat(refusal(without(name))).isEqualTo(LaunchRefusal.CLAIM);
    }

    @ParameterizedTest
    @CsvSource({
        "jti, ''", "jti, a b", "sub, ''", "sub, 'a\u202Eb'", "name, ' '", "name, '\u202E'", "role, operator", "role, viewer", "role, Admin",
        "email, nobody", "language, de", "page, queue", "page, ../queue", "embed, yes", "embed, true",
        "return, https://evil.example/app", "return, //evil.example", "return, /\\evil.example", "return, https://suite.example.org",
        "return, https://suite.example.org/application", "return, https://suite.example.org/app/../admin", "return, https://suite.example.org@evil.example/app",
        "return, javascript:alert(1)", "return, http://suite.example.org/app"})
    void refusesClaimsThatCantBe(String name, String value) throws SQLException {
        assertThat(refusal(with(name, value))).isEqualTo(LaunchRefusal.CLAIM);
    }

    @Test
    void opensOnlyTheSuitesOffices() throws SQLException {
        accepted(with("office", "janssens"));
        assertThat(refusal(with("office", "peeters"))).isEqualTo(LaunchRefusal.OFFICE);
        assertThat(refusal(with("office", "*"))).isEqualTo(LaunchRefusal.OFFICE);
        assertThat(refusal(with("office", List.of("dupont")))).isEqualTo(LaunchRefusal.OFFICE);
        assertThat(refusal(without("office"))).isEqualTo(LaunchRefusal.OFFICE);
    }

    @Test
    void knowsItsSuites() throws SQLException {
        assertThat(refusal(with("iss", "Suite"))).isEqualTo(LaunchRefusal.SUITE);
        assertThat(refusal(with("iss", "tickets-only"))).isEqualTo(LaunchRefusal.SUITE);
        assertThat(refusal(without("iss"))).isEqualTo(LaunchRefusal.SUITE);
        assertThat(refusal(with("iss", "rsa"))).isEqualTo(LaunchRefusal.ALGORITHM);
        assertThat(tokens.accept(SIGNER.token(with("role", "x"))) instanceof LaunchResult.Refused(var _, var _, var suite)
                ? suite.flatMap(SuiteSettings::back).map(ReturnPrefix::toString)
                : Optional.empty())
                .contains("https://suite.example.org/app");
    }

    @Test
    void takesNoOthersSignature() throws SQLException {
        assertThat(refusal(STRANGER.token(claims()))).isEqualTo(LaunchRefusal.SIGNATURE);
        var good = SIGNER.token(claims()).split("\\.");
        var other = SIGNER.token(with("role", "reader")).split("\\.");
        assertThat(refusal(good[0] + "." + other[1] + "." + good[2])).isEqualTo(LaunchRefusal.SIGNATURE);
        // Zeros, which some libraries once took for anyone's signature (CVE-2022-21449).
        assertThat(refusal(good[0] + "." + good[1] + "." + base64(new byte[64]))).isEqualTo(LaunchRefusal.SIGNATURE);
        assertThat(refusal(good[0] + "." + good[1] + ".AA")).isEqualTo(LaunchRefusal.SIGNATURE);
    }

    @Test
    void takesNoTokenWithoutASignature() throws SQLException {
        var payload = SIGNER.token(claims()).split("\\.")[1];
        for (var alg : List.of("none", "None", "NONE", "")) {
            var header = base64("{\"alg\":\"" + alg + "\"}");
            assertThat(refusal(header + "." + payload + ".")).isEqualTo(LaunchRefusal.UNREADABLE);
            assertThat(refusal(header + "." + payload + ".AA")).isEqualTo(LaunchRefusal.ALGORITHM);
        }
        assertThat(refusal(base64("{}") + "." + payload + ".AA")).isEqualTo(LaunchRefusal.ALGORITHM);
    }

    /// Its public key is no secret: who has it could sign by HS256, if the token said how it is to be checked.
    @Test
    void takesNoPublicKeyForASecret() throws SQLException, JOSEException {
        for (var secret : List.of(RSA.publicKey(), RSA.jwks(), RSA.key().toRSAKey().toPublicKey().toString())) {
            var claims = with("iss", "rsa");
            var token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(), new Payload(claims));
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
            assertThat(refusal(token.serialize())).isEqualTo(LaunchRefusal.ALGORITHM);
        }
        var der = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(), new Payload(with("iss", "rsa")));
        der.sign(new MACSigner(RSA.key().toRSAKey().toPublicKey().getEncoded()));
        assertThat(refusal(der.serialize())).isEqualTo(LaunchRefusal.ALGORITHM);
    }

    @Test
    void anAlgorithmOfTheSameKeyIsAnother() throws SQLException {
        var token = RSA.token(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("r1").build(), with("iss", "rsa"));
        assertThat(refusal(token)).isEqualTo(LaunchRefusal.ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k2", "", "../../dev/null", "/etc/facteur/suite.jwks", "https://evil.example/keys", "' or 1=1 --", "K1"})
    void aKidIsOnlyAName(String kid) throws SQLException {
        assertThat(refusal(SIGNER.token(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build(), claims()))).isEqualTo(LaunchRefusal.KEY);
    }

    @Test
    void aKeyNeedsNoName() throws SQLException {
        assertThat(tokens.accept(SIGNER.token(new JWSHeader(JWSAlgorithm.ES256), claims()))).isInstanceOf(LaunchResult.Accepted.class);
        assertThat(refusal(STRANGER.token(new JWSHeader(JWSAlgorithm.ES256), claims()))).isEqualTo(LaunchRefusal.SIGNATURE);
    }

    @Test
    void takesNoKeyFromTheToken() throws SQLException {
        var es256 = new JWSHeader.Builder(JWSAlgorithm.ES256);
        for (var header : List.of(
                es256.jwk(STRANGER.key().toPublicJWK()).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create("https://evil.example/keys")).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertURL(URI.create("https://evil.example/cert")).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).customParam("zip", "DEF").build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).criticalParams(Set.of("exp")).customParam("exp", 1).build())) {
            assertThat(refusal(STRANGER.token(header, claims()))).isEqualTo(LaunchRefusal.UNREADABLE);
            assertThat(refusal(SIGNER.token(header, claims()))).isEqualTo(LaunchRefusal.UNREADABLE);
        }
    }

    @Test
    void aTokenForSomethingElseIsNone() throws SQLException {
        for (var type : List.of("at+jwt", "logout+jwt", "JOSE")) {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).build();
            assertThat(refusal(SIGNER.token(header, claims()))).isEqualTo(LaunchRefusal.UNREADABLE);
        }
    }

    @Test
    void aMemberComesOnce() throws SQLException, JOSEException {
        var text = "{\"iss\":\"suite\",\"office\":\"dupont\",\"office\":\"janssens\"}";
        var token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), new Payload(text));
        token.sign(new ECDSASigner(SIGNER.key().toECKey()));
        assertThat(refusal(token.serialize())).isEqualTo(LaunchRefusal.UNREADABLE);
        var parts = SIGNER.token(claims()).split("\\.");
        assertThat(refusal(base64("{\"alg\":\"ES256\",\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2])).isEqualTo(LaunchRefusal.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b", "a.b.c.d", "a.b.c", "e30.e30.e30", "e30.e30.", "\u0000.\u0000.\u0000", "fct_0123456789_x"})
    void anythingElseIsNoToken(String text) throws SQLException {
        assertThat(refusal(text)).isIn(LaunchRefusal.UNREADABLE, LaunchRefusal.SUITE);
    }

    @Test
    void isShort() throws SQLException {
        var claims = new HashMap<>(claims());
        claims.put("more", "x".repeat(LaunchTokens.LONGEST));
        assertThat(refusal(SIGNER.token(claims))).isEqualTo(LaunchRefusal.UNREADABLE);
        var token = SIGNER.token(claims());
        assertThat(refusal(token + "=")).isEqualTo(LaunchRefusal.UNREADABLE);
        assertThat(refusal(" " + token)).isEqualTo(LaunchRefusal.UNREADABLE);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
