package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.OidcFault;
import facteur.fixture.OidcProvider;
import facteur.fixture.SuiteSigner;
import facteur.office.OfficeId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who signs in, as whom, and how often the provider is asked.
final class OidcTest extends SignInsAtAProvider {
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
        assertThat(rows).singleElement().asString().doesNotContain(start.cookie(), query.get("state"), query.get("nonce"),
                query.get("code_challenge"));
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
        // Another one of the same name is another.
        provider.signsBy(SuiteSigner.of("ES256", "p2"));
        signedIn();
        assertThat(provider.asked("/certs")).isEqualTo(3);
        // One that it doesn't publish stays unknown, after one question.
        var way = visit();
        provider.fault(OidcFault.SIGNED_BY_STRANGER);
        assertThat(refusal(way.at(oidc))).isEqualTo(OidcRefusal.TOKEN);
        assertThat(provider.asked("/certs")).isEqualTo(4);
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
    void noClaimNoAccess(@Nullable String office, @Nullable String role, String why) throws SQLException {
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
}
