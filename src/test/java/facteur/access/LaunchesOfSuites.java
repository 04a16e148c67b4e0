package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.SettableClock;
import facteur.fixture.SuiteSigner;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.database.Database;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Suites, and what becomes of their tokens.
abstract class LaunchesOfSuites {
    static final Instant NOW = new SettableClock().instant();
    static final String CONSOLE = "https://mail.example.org";
    static final SuiteSigner SIGNER = SuiteSigner.of("ES256", "k1");
    static final SuiteSigner STRANGER = SuiteSigner.of("ES256", "k1");
    static final SuiteSigner RSA = SuiteSigner.of("RS256", "r1");

    @TempDir
    private Path state;

    SettableClock clock = new SettableClock();
    Database database;
    LaunchTokens tokens;

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

    LaunchTokens tokens(Database shared) {
        var rules = new LaunchRules(true, URI.create(CONSOLE), new FederationSettings(List.of(
                suite("suite", "[dupont, janssens]", SIGNER, "ES256"),
                suite("rsa", "['*']", RSA, "RS256"),
                suite("framed", "['*']", SIGNER, "ES256"),
                SuiteSettings.list(console("suites: [{ name: tickets-only, offices: '*' }]")).getFirst()), Optional.empty()),
                List.of("https://framed.example.org"));
        return new LaunchTokens(() -> rules, new UsedOnce(shared), clock.wall());
    }

    static SuiteSettings suite(String name, String offices, SuiteSigner signer, String algorithm) {
        return SuiteSettings.list(console("suites: [{ name: %s, offices: %s, algorithm: %s, keys: '%s', return: 'https://%s.example.org/app' }]"
                .formatted(name, offices, algorithm, signer.jwks(), name))).getFirst();
    }

    static Section console(String yaml) {
        var problems = new Problems();
        var section = ConfigFile.parse(yaml, Path.of("test"), problems);
        assertThat(problems.list()).isEmpty();
        return section;
    }

    static Map<String, Object> claims() {
        return SuiteSigner.launch(NOW, CONSOLE);
    }

    static Map<String, Object> with(String name, Object value) {
        var claims = claims();
        claims.put(name, value);
        return claims;
    }

    static Map<String, Object> without(String name) {
        var claims = claims();
        claims.remove(name);
        return claims;
    }

    Launch accepted(Map<String, Object> claims) throws SQLException {
        var result = tokens.accept(SIGNER.token(claims));
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        return ((LaunchResult.Accepted) result).launch();
    }

    LaunchRefusal refusal(String token) throws SQLException {
        if (tokens.accept(token) instanceof LaunchResult.Refused(var reason, var why, var _)) {
            assertThat(token.length() < 20 || !why.contains(token)).as(why).isTrue();
            return reason;
        }
        throw new AssertionError("let in");
    }

    LaunchRefusal refusal(Map<String, Object> claims) throws SQLException {
        return refusal(SIGNER.token(claims));
    }
}
