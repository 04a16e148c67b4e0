package facteur.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.pem.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsSectionTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({
        "relay.pem, relay-pkcs8.key",
        "relay.pem, relay-sec1.key",
        "relay-with-key.pem, relay-with-key.pem",
        "rsa.pem, rsa-pkcs8.key",
        "rsa.pem, rsa-pkcs1.key",
        "ed25519.pem, ed25519.key"
    })
    void readsKeysOfEveryForm(String certificate, String key) {
        assertThat(read(TestTls.section(certificate, key))).isPresent();
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void putsTheChainInOrder() {
        assertThat(read(TestTls.section("relay-disordered.pem", "relay-pkcs8.key")).orElseThrow().chain())
                .extracting(X509Certificate::getSubjectX500Principal)
                .extracting(Object::toString)
                .containsExactly("CN=relay.example.org", "CN=Test intermediate", "CN=Test authority");
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void isAbsentWhenNothingIsSet() {
        assertThat(read("tls: { certificate: , key: , client-ca: }\n")).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "encrypted-pkcs8.key, is encrypted",
        "encrypted-pkcs1.key, is encrypted",
        "relay.pem, holds no private key",
        "no-such.key, no such file",
        "client.p12, is not UTF-8 text",
        "rsa-pkcs8.key, is not the key of a certificate in"
    })
    void saysWhatIsWrongWithTheKey(String key, String words) {
        assertThat(read(TestTls.section("relay.pem", key))).isEmpty();
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("tls.key");
            assertThat(problem.message()).contains(words);
        });
    }

    @Test
    void saysWhatIsMissing() {
        read("tls: { certificate: \"" + TestTls.file("relay.pem") + "\" }\n");
        assertThat(problems.list()).singleElement().asString().endsWith("tls.key: is missing");
    }

    @Test
    void findsAllProblemsAtOnce() throws IOException {
        Files.writeString(folder.resolve("half.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n");
        Files.writeString(folder.resolve("key.pem"), """
                -----BEGIN EC PRIVATE KEY-----
                MIIB
                -----END EC PRIVATE KEY-----
                """);
        Files.writeString(folder.resolve("ca.pem"), """
                -----BEGIN CERTIFICATE-----
                MIIB
                -----END CERTIFICATE-----
                """);
        assertThat(read("tls: { certificate: half.pem, key: key.pem, client-ca: ca.pem }\n")).isEmpty();
        assertThat(problems.list()).extracting(Problem::toString).map(text -> text.replace(folder + "/", "")).containsExactly(
                "facteur.yaml:1: tls.certificate: half.pem has a block without end",
                "facteur.yaml:1: tls.key: key.pem holds a key that can't be read",
                "facteur.yaml:1: tls.client-ca: ca.pem holds a certificate that can't be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay-sec1.key", "rsa-pkcs1.key", "relay-pkcs8.key"})
    void neverThrowsForAKeyThatIsCut(String name) throws Exception {
        var block = PemFile.read(TestTls.file(name)).blocks().getLast();
        var base64 = block.lines().replace("\n", "");
        for (var end = 0; end < base64.length(); end += 28) {
            Files.writeString(folder.resolve("cut.key"), """
                    -----BEGIN %1$s-----
                    %2$s
                    -----END %1$s-----
                    """.formatted(block.label(), base64.substring(0, end)));
            assertThat(read("tls: { certificate: \"" + TestTls.file("relay.pem") + "\", key: cut.key }\n")).isEmpty();
        }
    }

    @Test
    void warnsOfACertificateOutsideItsTimeAndUsesIt() {
        assertThat(read(TestTls.section("expired.pem", "relay-pkcs8.key"))).isPresent();
        assertThat(read(TestTls.section("future.pem", "relay-pkcs8.key"))).isPresent();
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(Problem::message).satisfiesExactlyInAnyOrder(
                message -> assertThat(message).endsWith("expired.pem has expired at 2025-01-01T00:00:00Z"),
                message -> assertThat(message).endsWith("future.pem is not valid before 2100-01-01T00:00:00Z"));
    }

    @Test
    void warnsOfCertificatesThatDontBelong() throws IOException {
        Files.writeString(
                folder.resolve("both.pem"), Files.readString(TestTls.file("rsa.pem")) + Files.readString(TestTls.file("relay.pem")));
        assertThat(read("tls: { certificate: both.pem, key: \"" + TestTls.file("relay-pkcs8.key") + "\" }\n").orElseThrow().chain())
                .hasSize(2);
        assertThat(problems.warnings()).singleElement().asString().endsWith("both.pem holds 1 more that don't vouch for it");
    }

    @Test
    void printsNoKey() {
        assertThat(read(TestTls.section("relay.pem", "relay-pkcs8.key")).toString()).doesNotContain("PrivateKey");
    }

    private Optional<KeyMaterial> read(String yaml) {
        try {
            var file = Files.writeString(folder.resolve("facteur.yaml"), yaml);
            return TlsSection.read(ConfigFile.read(file, problems, _ -> null).section("tls"), new TestTime());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
