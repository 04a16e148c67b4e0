package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.SuiteSigner;
import facteur.office.OfficeId;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a suite may say, and for how long.
final class LaunchTokensTest extends LaunchesOfSuites {
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
    void isGoodForTwoMinutesAtMost(long iat, long exp, long later, @Nullable LaunchRefusal refusal) throws SQLException {
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
        "return, https://suite.example.org/application", "return, https://suite.example.org/app/../admin",
        "return, https://suite.example.org@evil.example/app",
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
}
