package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import facteur.fixture.MemoryFolders;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.mail.message.DisplayName;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// Tokens, keys and descriptions that strangers write: each is read, or refused with a sentence.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LaunchTokenFuzzer {
    private static final String CONSOLE = "https://mail.example.org";
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String JWKS = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"}]}";
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]+");

    private Database database;
    private LaunchTokens tokens;
    private OidcSettings oidc;

    @BeforeAll
    void open() throws SQLException, IOException {
        var problems = new Problems();
        var federation = FederationSettings.from(ConfigFile.parse("""
                suites: [{ name: suite, offices: [dupont], algorithm: HS256, keys: '%s', return: https://app.example.org/a }]
                oidc: { issuer: https://login.example.org, client-id: facteur, client-secret: hush }
                """.formatted(JWKS), Path.of("test"), problems));
        assertThat(problems.list()).isEmpty();
        var rules = new LaunchRules(true, URI.create(CONSOLE), federation, List.of());
        database = MigratedDatabase.open(MemoryFolders.create("facteur-fuzz-"));
        tokens = new LaunchTokens(() -> rules, new UsedOnce(database), new TestTime());
        oidc = federation.oidc().orElseThrow();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @FuzzTest(maxDuration = "1m")
    void aTextIsNoTokenOfOurs(FuzzedDataProvider data) throws SQLException {
        var text = data.consumeRemainingAsString();
        if (CompactJws.parse(text, LaunchTokens.LONGEST) instanceof CompactJws.Reading.Read(var token)) {
            assertThat(token.encodedHeader() + "." + token.encodedPayload() + "." + token.signature()).isEqualTo(text);
            assertThat(List.of(token.encodedHeader(), token.encodedPayload(), token.signature())).allMatch(part -> PART.matcher(part).matches());
            assertThat(token.header().members()).doesNotContainKeys("jku", "jwk", "x5u", "x5c", "crit", "b64", "zip");
        }
        assertThat(tokens.accept(text)).isInstanceOf(LaunchResult.Refused.class);
    }

    /// Whatever the suite itself signs, it can't open more than it may.
    @FuzzTest(maxDuration = "1m")
    void aSuiteOpensNoMoreThanItMay(FuzzedDataProvider data) throws SQLException, JOSEException {
        var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(data.consumeRemainingAsBytes()));
        token.sign(new MACSigner(SECRET));
        if (tokens.accept(token.serialize()) instanceof LaunchResult.Accepted(var launch)) {
            assertThat(launch.suite()).isEqualTo("suite");
            assertThat(launch.office().text()).isEqualTo("dupont");
            assertThat(launch.role()).isIn(AccessRole.ADMIN, AccessRole.READER);
            assertThat(launch.name()).isNotEmpty().isEqualTo(DisplayName.visible(launch.name()));
            assertThat(launch.embed()).isEmpty();
            launch.back().ifPresent(back -> assertThat(back.normalize().toString()).startsWith("https://app.example.org/a"));
            assertThat(Launch.stored("suite", launch.text())).isEqualTo(launch);
            assertThat(tokens.accept(token.serialize())).isInstanceOf(LaunchResult.Refused.class);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void keysAreFitOrRefused(FuzzedDataProvider data) {
        var algorithm = data.pickValue(SigningAlgorithm.values());
        var text = data.consumeRemainingAsString();
        try {
            assertThat(VerificationKeys.published(text, ProviderClient.ALGORITHMS).toString()).endsWith(" keys");
            assertThat(VerificationKeys.configured(text, algorithm).isEmpty()).isFalse();
        } catch (IllegalArgumentException said) {
            assertThat(said.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void aDescriptionIsOfTheIssuerOrRefused(FuzzedDataProvider data) {
        var text = data.consumeRemainingAsString();
        try {
            assertThat(ProviderMetadata.read(text, oidc)).extracting(known -> Optional.of(known.token().getScheme())).isNotNull();
            assertThat(text).contains("issuer");
        } catch (IllegalArgumentException said) {
            assertThat(said.getMessage()).isNotBlank();
        }
    }
}
