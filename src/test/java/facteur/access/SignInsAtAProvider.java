package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.OidcProvider;
import facteur.fixture.TestTime;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A provider, and sign-ins at it.
abstract class SignInsAtAProvider {
    static final String CONSOLE = "https://mail.example.org";
    static final OwnPath MAIL = new OwnPath("/o/dupont/mail");

    @TempDir
    private Path state;

    TestTime time = new TestTime();
    OidcProvider provider;
    Database database;
    Optional<OidcSettings> settings = Optional.empty();
    Oidc oidc;

    @BeforeEach
    void open() throws SQLException {
        time = new TestTime();
        provider = OidcProvider.start(time);
        database = MigratedDatabase.open(state);
        settings = settings(provider.section());
        oidc = node(new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 64 * 1024));
    }

    Oidc node(HttpLimits limits) {
        var random = new SecureRandom();
        return new Oidc(() -> settings, () -> URI.create(CONSOLE), new Tickets(database, time, random), time, time, random, limits);
    }

    @AfterEach
    void close() {
        oidc.close();
        provider.close();
        database.close();
    }

    static Optional<OidcSettings> settings(String section) {
        var problems = new Problems();
        var oidc = OidcSettings.from(ConfigFile.parse("oidc: " + section, Path.of("test"), problems));
        assertThat(problems.list()).isEmpty();
        return oidc;
    }

    /// On the way: the browser has been at the provider.
    record Way(Map<String, String> query, String cookie) {
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

    OidcStart.Redirect begin() throws SQLException {
        var start = oidc.begin(MAIL);
        assertThat(start).isInstanceOf(OidcStart.Redirect.class);
        return (OidcStart.Redirect) start;
    }

    Way visit() throws SQLException {
        var start = begin();
        var back = provider.visit(start.location());
        assertThat(back.toString()).startsWith(CONSOLE + Oidc.BACK + "?");
        return new Way(OidcProvider.fields(back.getRawQuery()), start.cookie());
    }

    OidcResult.SignedIn signedIn() throws SQLException {
        var result = visit().at(oidc);
        assertThat(result).isInstanceOf(OidcResult.SignedIn.class);
        return (OidcResult.SignedIn) result;
    }

    static OidcRefusal refusal(OidcResult result) {
        if (result instanceof OidcResult.Refused(var reason, var why, var _)) {
            assertThat(why).doesNotContain(OidcProvider.SECRET);
            return reason;
        }
        throw new AssertionError(result.toString());
    }

    void person(@Nullable Object office, @Nullable Object role) {
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
}
