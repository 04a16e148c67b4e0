package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.OidcProvider;
import facteur.fixture.OidcProvider.Fault;
import facteur.fixture.SuiteSigner;
import facteur.fixture.TestTime;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.http.HttpLimits;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OidcTest {
    private static final String CONSOLE = "https://mail.example.org";
    private static final OwnPath MAIL = new OwnPath("/o/dupont/mail");

    @TempDir
    private Path state;

    private TestTime time = new TestTime();
    private OidcProvider provider;
    private Database database;
    private Optional<OidcSettings> settings = Optional.empty();
    private Oidc oidc;

    @BeforeEach
    void open() throws SQLException {
        time = new TestTime();
        provider = OidcProvider.start(time);
        database = MigratedDatabase.open(state);
        settings = settings(provider.section());
        oidc = node(new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 64 * 1024));
    }

    private Oidc node(HttpLimits limits) {
        var random = new SecureRandom();
        return new Oidc(() -> settings, () -> URI.create(CONSOLE), new Tickets(database, time, random), time, time, random, limits);
    }

    @AfterEach
    void close() {
        oidc.close();
        provider.close();
        database.close();
    }

    private static Optional<OidcSettings> settings(String section) {
        var problems = new Problems();
        var oidc = OidcSettings.from(ConfigFile.parse("oidc: " + section, Path.of("test"), problems));
        assertThat(problems.list()).isEmpty();
        return oidc;
    }

    /// On the way: the browser has been at the provider.
    private record Way(Map<String, String> query, String cookie) {
        OidcResult at(Oidc node) throws SQLException {
            return node.finish(name -> Optional.ofNullable(query.get(name)), Optional.of(cookie));
        }

        Way with(String name, String value) {
            var changed = new LinkedHashMap<>(query);
            changed.put(name, value);
            return new Way(changed, cookie);
        }

        Way without(String name) {
            var changed = new LinkedHashMap<>(query);
            changed.remove(name);
            return new Way(changed, cookie);
        }
    }

    private OidcStart.Redirect begin() throws SQLException {
        return oidc.begin(MAIL) instanceof OidcStart.Redirect redirect ? redirect : failed();
    }

    private OidcStart.Redirect failed() throws SQLException {
        throw new AssertionError(String.valueOf(oidc.begin(MAIL)));
    }

    private Way visit() throws SQLException {
        var start = begin();
        var back = provider.visit(start.location());
        assertThat(back.toString()).startsWith(CONSOLE + Oidc.BACK + "?");
        return new Way(OidcProvider.fields(back.getRawQuery()), start.cookie());
    }

    private OidcResult.SignedIn signedIn() throws SQLException {
        var result = visit().at(oidc);
        return result instanceof OidcResult.SignedIn in ? in : never(result);
    }

    private static OidcResult.SignedIn never(OidcResult result) {
        throw new AssertionError(result.toString());
    }

    private static OidcRefusal refusal(OidcResult result) {
        if (result instanceof OidcResult.Refused(var reason, var why, var _)) {
            assertThat(why).doesNotContain(OidcProvider.SECRET);
            return reason;
        }
        throw new AssertionError(result.toString());
    }

    private void person(Object office, Object role) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", "u-1");
        if (office != null) {
            claims.put("facteur_office", office);
        }
        if (role != null) {
            claims.put("facteur_role", role);
        }
        provider.person(claims);
    }

    @Test
    void signsIn() throws SQLException {
        provider.person(Map.of("sub", "u-1", "name", "An \u202EPeeters", "email", "an@dupont.example", "locale", "fr-BE",
                "facteur_office", "dupont", "facteur_role", "admin"));
        var in = signedIn();
        assertThat(in.holder()).isEqualTo(new Holder.Federated(provider.issuer(), "u-1", "An Peeters"));
        assertThat(in.grants()).containsExactly(Grant.admin(new OfficeId("dupont")));
        assertThat(in.email()).contains("an@dupont.example");
        assertThat(in.language()).contains("fr");
        assertThat(in.to()).isEqualTo(MAIL);
        assertThat(in.session("192.0.2.1", "a browser").language()).contains("fr");
    }

    @Test
    void asksWithAllThatGuards() throws SQLException {
        var start = begin();
        var query = OidcProvider.fields(start.location().getRawQuery());
        assertThat(query).containsKeys("state", "nonce", "code_challenge").containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid profile email").containsEntry("redirect_uri", CONSOLE + "/sign-in/oidc/back");
        assertThat(start.location().toString()).doesNotContain(start.cookie());
        assertThat(start.life()).isEqualTo(Duration.ofMinutes(10));
        // What lies in the database neither is the state nor makes the nonce.
        var rows = database.reading(statements -> statements.list("select digest || subject || body from ticket", row -> row.getString(1)));
        assertThat(rows).singleElement().asString().doesNotContain(start.cookie(), query.get("state"), query.get("nonce"), query.get("code_challenge"));
    }

    @Test
    void putsTheSecretWhereTheProviderTakesIt() throws SQLException {
        provider.takesPostedSecretsOnly();
        assertThat(signedIn().grants()).hasSize(1);
    }

    @Test
    void comesBackToAnotherNode() throws SQLException {
        var way = visit();
        try (var other = node(ProviderClient.LIMITS)) {
            assertThat(way.at(other)).isInstanceOf(OidcResult.SignedIn.class);
        }
        assertThat(refusal(way.at(oidc))).isEqualTo(OidcRefusal.STATE);
    }

    @Test
    void aStateWorksOnce() throws Exception {
        var way = visit();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tries = IntStream.range(0, 8).<Callable<OidcResult>>mapToObj(_ -> () -> way.at(oidc)).toList();
            var good = 0;
            for (var result : threads.invokeAll(tries)) {
                good += result.get() instanceof OidcResult.SignedIn ? 1 : 0;
            }
            assertThat(good).isEqualTo(1);
        }
    }

    @Test
    void aStateLivesTenMinutes() throws SQLException {
        var way = visit();
        time.advance(Duration.ofMinutes(10));
        assertThat(refusal(way.at(oidc))).isEqualTo(OidcRefusal.STATE);
        var late = visit();
        time.advance(Duration.ofSeconds(599));
        assertThat(late.at(oidc)).isInstanceOf(OidcResult.SignedIn.class);
    }

    @Test
    void refusesOthersStates() throws SQLException {
        assertThat(refusal(visit().without("state").at(oidc))).isEqualTo(OidcRefusal.STATE);
        assertThat(refusal(visit().with("state", "").at(oidc))).isEqualTo(OidcRefusal.STATE);
        assertThat(refusal(visit().with("state", "x".repeat(43)).at(oidc))).isEqualTo(OidcRefusal.STATE);
        provider.fault(Fault.NO_STATE);
        assertThat(refusal(visit().at(oidc))).isEqualTo(OidcRefusal.STATE);
    }

    /// The link of an attacker who wants a victim to work in the attacker's office, or to have the victim's code.
    @Test
    void isBoundToTheBrowser() throws SQLException {
        var attacker = visit();
        var victim = visit();
        assertThat(refusal(new Way(attacker.query(), victim.cookie()).at(oidc))).isEqualTo(OidcRefusal.BROWSER);
        assertThat(refusal(victim.with("state", "").at(oidc))).isEqualTo(OidcRefusal.STATE);
        assertThat(refusal(oidc.finish(name -> Optional.ofNullable(victim.query().get(name)), Optional.empty()))).isEqualTo(OidcRefusal.BROWSER);
        assertThat(refusal(oidc.finish(name -> Optional.ofNullable(victim.query().get(name)), Optional.of("x")))).isEqualTo(OidcRefusal.BROWSER);
        assertThat(victim.at(oidc)).isInstanceOf(OidcResult.SignedIn.class);
    }

    /// A code that was stolen is of no use in another sign-in: it has another verifier.
    @Test
    void refusesAMixedUpCode() throws SQLException {
        var victim = visit();
        var attacker = visit();
        assertThat(refusal(attacker.with("code", victim.query().get("code")).at(oidc))).isEqualTo(OidcRefusal.PROVIDER);
        assertThat(refusal(visit().with("code", "made up").at(oidc))).isEqualTo(OidcRefusal.PROVIDER);
        assertThat(refusal(visit().with("code", "").at(oidc))).isEqualTo(OidcRefusal.PROVIDER);
        assertThat(refusal(visit().without("code").at(oidc))).isEqualTo(OidcRefusal.PROVIDER);
    }

    @Test
    void refusesAnotherProvidersAnswer() throws SQLException {
        assertThat(refusal(visit().with("iss", "https://evil.example").at(oidc))).isEqualTo(OidcRefusal.ISSUER);
        assertThat(refusal(visit().without("iss").at(oidc))).isEqualTo(OidcRefusal.ISSUER);
        // A reload has changed the provider meanwhile.
        var way = visit();
        try (var other = OidcProvider.start(time)) {
            settings = settings(other.section());
            assertThat(refusal(way.at(oidc))).isEqualTo(OidcRefusal.ISSUER);
            assertThat(other.asked("/token")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_NONCE,            TOKEN,    nonce",
        "NO_NONCE,               TOKEN,    nonce",
        "OTHER_ISSUER,           TOKEN,    its iss is not the issuer",
        "OTHER_ISSUER_NAMED,     ISSUER,   not of the issuer",
        "NO_ISSUER_NAMED,        ISSUER,   no iss",
        "OTHER_AUDIENCE,         TOKEN,    for another client",
        "MORE_AUDIENCES,         TOKEN,    for others as well",
        "EXPIRED,                TOKEN,    expired",
        "ISSUED_TOMORROW,        TOKEN,    in the future",
        "NO_SUBJECT,             TOKEN,    no sub",
        "UNSIGNED,               TOKEN,    the signature among them",
        "SIGNED_WITH_PUBLIC_KEY, TOKEN,    must be signed by",
        "SIGNED_BY_STRANGER,     TOKEN,    made the signature",
        "DENIED,                 DENIED,   access_denied",
        "NO_ID_TOKEN,            PROVIDER, no id_token",
        "STATUS_500,             PROVIDER, status 500",
        "HUGE,                   PROVIDER, too large",
        "HUGE_KEYS,              PROVIDER, too large",
    })
    void refusesWhatIsWrong(Fault fault, OidcRefusal reason, String why) throws SQLException {
        provider.fault(fault);
        var result = visit().at(oidc);
        assertThat(refusal(result)).isEqualTo(reason);
        assertThat(((OidcResult.Refused) result).why()).contains(why);
        assertThat(((OidcResult.Refused) result).who()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DESCRIBES_ANOTHER,   it calls itself https://evil.example",
        "HUGE_DESCRIPTION,    too large",
        "DESCRIPTION_IN_HTML, not JSON",
    })
    void beginsWithNoProviderThatIsWrong(Fault fault, String words) throws SQLException {
        provider.fault(fault);
        assertThat(oidc.begin(MAIL)).isInstanceOfSatisfying(OidcStart.Unavailable.class, unavailable -> {
            assertThat(unavailable.reason()).isEqualTo(OidcRefusal.PROVIDER);
            assertThat(unavailable.why()).contains(words);
        });
        // A crowd at the door is one question; soon after, it is asked again.
        assertThat(oidc.begin(MAIL)).isInstanceOf(OidcStart.Unavailable.class);
        assertThat(provider.asked("/openid-configuration")).isEqualTo(1);
        provider.fault(Fault.NONE);
        time.advance(Duration.ofSeconds(5));
        assertThat(oidc.begin(MAIL)).isInstanceOf(OidcStart.Redirect.class);
    }

    @Test
    void waitsForNoProviderForLong() throws SQLException {
        provider.holdBack();
        try (var hasty = node(new HttpLimits(Duration.ofMillis(50), Duration.ofMillis(50), 1024))) {
            assertThat(hasty.begin(MAIL)).isInstanceOfSatisfying(OidcStart.Unavailable.class,
                    unavailable -> assertThat(unavailable.why()).contains("within 50 ms"));
        }
    }

    @Test
    void asksOnceAnHour() throws SQLException {
        for (var i = 0; i < 3; i++) {
            signedIn();
        }
        assertThat(provider.asked("/openid-configuration")).isEqualTo(1);
        assertThat(provider.asked("/certs")).isEqualTo(1);
        time.advance(Duration.ofHours(1));
        signedIn();
        assertThat(provider.asked("/openid-configuration")).isEqualTo(2);
        assertThat(provider.asked("/certs")).isEqualTo(2);
    }

    @Test
    void asksOnceMoreForANewKey() throws SQLException {
        signedIn();
        provider.signsBy(SuiteSigner.of("ES256", "p2"));
        signedIn();
        signedIn();
        assertThat(provider.asked("/certs")).isEqualTo(2);
        // One that it doesn't publish stays unknown, after one question.
        var way = visit();
        provider.fault(Fault.SIGNED_BY_STRANGER);
        assertThat(refusal(way.at(oidc))).isEqualTo(OidcRefusal.TOKEN);
        assertThat(provider.asked("/certs")).isEqualTo(3);
    }

    @Test
    void officesAndRolesComeFromTheTwoClaims() throws SQLException {
        person("*", null);
        assertThat(signedIn().grants()).containsExactly(Grant.operator());
        person("*", "operator");
        assertThat(signedIn().grants()).containsExactly(Grant.operator());
        person(List.of("dupont", "*"), "viewer");
        assertThat(signedIn().grants()).containsExactly(Grant.viewer());
        person(List.of("dupont", "janssens", "dupont"), List.of("reader"));
        assertThat(signedIn().grants()).containsExactly(Grant.reader(new OfficeId("dupont")), Grant.reader(new OfficeId("janssens")));
        assertThat(signedIn().holder().name()).isEqualTo("u-1");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-,        -,        no claim facteur_office",
        "-,        admin,    no claim facteur_office",
        "-,        operator, no claim facteur_office",
        "dupont,   -,        must be admin or reader",
        "dupont,   operator, must be admin or reader",
        "dupont,   viewer,   must be admin or reader",
        "dupont,   Admin,    must be admin or reader",
        "*,        admin,    must be operator or viewer",
        "*,        '',       must be operator or viewer",
        "../evil,  admin,    no id of an office",
        "'',       admin,    no id of an office",
    })
    void noClaimNoAccess(String office, String role, String why) throws SQLException {
        person(office, role);
        noAccess(why);
    }

    @Test
    void claimsAreTexts() throws SQLException {
        person("dupont", List.of("reader", "admin"));
        noAccess("more than one role");
        person("*", true);
        noAccess("no role");
        person("*", Map.of("a", "viewer"));
        noAccess("no role");
        person("*", List.of());
        noAccess("no role");
        person(List.of("dupont", 5), "admin");
        noAccess("no claim facteur_office");
        person(true, "admin");
        noAccess("no claim facteur_office");
    }

    private void noAccess(String why) throws SQLException {
        var result = visit().at(oidc);
        assertThat(refusal(result)).isEqualTo(OidcRefusal.NO_ACCESS);
        assertThat(((OidcResult.Refused) result).why()).contains(why);
        assertThat(((OidcResult.Refused) result).who().map(Holder.Federated::subject)).contains("u-1");
    }

    @Test
    void isOffWithoutAProvider() throws SQLException {
        var way = visit();
        settings = Optional.empty();
        assertThat(oidc.begin(MAIL)).isInstanceOf(OidcStart.Unavailable.class);
        assertThat(refusal(way.at(oidc))).isEqualTo(OidcRefusal.OFF);
    }

    @Test
    void aFloodWritesFewRows() throws SQLException {
        IntStream.range(0, Oidc.BEGINNINGS_PER_MINUTE).forEach(_ -> assertThat(beginning()).isInstanceOf(OidcStart.Redirect.class));
        assertThat(beginning()).isInstanceOf(OidcStart.Unavailable.class);
        time.advance(Duration.ofSeconds(1));
        assertThat(beginning()).isInstanceOf(OidcStart.Redirect.class);
    }

    private OidcStart beginning() {
        try {
            return oidc.begin(MAIL);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
