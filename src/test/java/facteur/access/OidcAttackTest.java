package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.OidcFault;
import facteur.fixture.OidcProvider;
import facteur.platform.http.HttpLimits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What strangers, other browsers and broken providers try.
final class OidcAttackTest extends SignInsAtAProvider {
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
        provider.fault(OidcFault.NO_STATE);
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
        assertThat(refusal(attacker.with("code", victim.query().getOrDefault("code", "")).at(oidc))).isEqualTo(OidcRefusal.PROVIDER);
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
    void refusesWhatIsWrong(OidcFault fault, OidcRefusal reason, String why) throws SQLException {
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
        "REDIRECTS,           status 302",
    })
    void beginsWithNoProviderThatIsWrong(OidcFault fault, String words) throws SQLException {
        provider.fault(fault);
        assertThat(oidc.begin(MAIL)).isInstanceOfSatisfying(OidcStart.Unavailable.class, unavailable -> {
            assertThat(unavailable.reason()).isEqualTo(OidcRefusal.PROVIDER);
            assertThat(unavailable.why()).contains(words);
        });
        assertThat(provider.asked("/elsewhere")).isZero();
        // A crowd at the door is one question; soon after, it is asked again.
        assertThat(oidc.begin(MAIL)).isInstanceOf(OidcStart.Unavailable.class);
        assertThat(provider.asked("/openid-configuration")).isEqualTo(1);
        provider.fault(OidcFault.NONE);
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
