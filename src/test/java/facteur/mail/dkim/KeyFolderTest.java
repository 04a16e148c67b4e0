package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.TestTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String DOMAIN = "dupont.example";

    @TempDir
    private Path state;

    @Test
    void announcesAKeyOfEachAlgorithm() throws Exception {
        var created = folder().create(DOMAIN, NOW);

        assertThat(created.problems()).isEmpty();
        assertThat(created.keys()).extracting(stored -> stored.key().algorithm()).containsExactly(DkimAlgorithm.values());
        assertThat(created.in(KeyState.ANNOUNCED)).hasSize(2);
        assertThat(created.keys().getFirst().key().selector()).matches("facteur-20261124-rsa-[0-9a-f]{4}");
        assertThat(created.keys().getLast().key().recordName(DOMAIN))
                .matches("facteur-20261124-ed25519-[0-9a-f]{4}\\._domainkey\\.dupont\\.example");
        assertThat(created.signing()).isEmpty();
    }

    @Test
    void keepsThemFromOthersEyes() throws Exception {
        folder().create(DOMAIN, NOW);

        assertThat(mode(state.resolve("keys"))).isEqualTo("rwx------");
        assertThat(mode(state.resolve("keys").resolve(DOMAIN))).isEqualTo("rwx------");
        assertThat(files()).hasSize(2).allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }

    @Test
    void findsTheSameKeysAgain() throws Exception {
        var created = folder().create(DOMAIN, NOW);

        var read = folder().read(DOMAIN);

        assertThat(texts(read)).isEqualTo(texts(created));
        assertThat(read.keys()).extracting(StoredKey::since).containsOnly(NOW);
        assertThat(folder().domains()).containsExactly(DOMAIN);
        assertThat(folder().create(DOMAIN, NOW.plusSeconds(1)).keys()).hasSize(2);
    }

    @Test
    void signsWithAKeyOnceItIsSeen() throws Exception {
        var ed25519 = folder().create(DOMAIN, NOW).keys().getLast().key();

        folder().activate(DOMAIN, ed25519.selector(), NOW);

        assertThat(folder().read(DOMAIN).signing()).extracting(DkimKey::selector).containsExactly(ed25519.selector());
        assertThat(folder().create(DOMAIN, NOW).keys()).hasSize(2);
    }

    @Test
    void rotatesWithoutAGap() throws Exception {
        var folder = folder();
        activateAll(folder, folder.create(DOMAIN, NOW), NOW);
        var old = folder.read(DOMAIN).signing();

        var later = NOW.plus(Duration.ofDays(300));
        var rotated = folder.rotate(DOMAIN, later);
        assertThat(folder.rotate(DOMAIN, later).keys()).hasSize(4);
        assertThat(selectors(rotated.signing())).isEqualTo(selectors(old));

        var announced = rotated.in(KeyState.ANNOUNCED).stream().map(StoredKey::key).toList();
        activateAll(folder, rotated, later);
        assertThat(selectors(folder.read(DOMAIN).signing())).isEqualTo(selectors(announced));
        assertThat(folder.read(DOMAIN).in(KeyState.RETIRED)).extracting(stored -> stored.key().selector())
                .containsExactlyElementsOf(selectors(old));

        folder.forget(DOMAIN, later);
        assertThat(folder.read(DOMAIN).keys()).hasSize(4);
        folder.forget(DOMAIN, later.plusMillis(1));
        assertThat(folder.read(DOMAIN).keys()).hasSize(2);
        assertThat(files()).hasSize(2);
    }

    @Test
    void withholdsAKeyWhoseRecordIsGone() throws Exception {
        var folder = folder();
        activateAll(folder, folder.create(DOMAIN, NOW), NOW);
        var rsa = folder.read(DOMAIN).signing().getFirst();

        folder.withhold(DOMAIN, rsa.selector(), NOW);

        assertThat(folder.read(DOMAIN).signing()).extracting(DkimKey::algorithm).containsExactly(DkimAlgorithm.ED25519);
        assertThat(folder.read(DOMAIN).in(KeyState.ANNOUNCED)).hasSize(1);
        folder.remove(DOMAIN);
        assertThat(folder.read(DOMAIN).keys()).isEmpty();
    }

    @Test
    void takesTheOperatorsWordForAFileOfHis() throws Exception {
        put("mail2019.pem", Files.readString(TestTls.file("rsa-pkcs1.key")));
        put("ed.pem", Files.readString(TestTls.file("ed25519.key")));

        var read = folder().read(DOMAIN);

        assertThat(read.problems()).isEmpty();
        assertThat(read.signing()).extracting(DkimKey::selector).containsExactly("mail2019", "ed");
    }

    @Test
    void goesOnWithTheOthersWhenOneIsDamaged() throws Exception {
        var created = folder().create(DOMAIN, NOW);
        activateAll(folder(), created, NOW);
        var damaged = created.keys().getFirst().key().selector() + ".pem";
        put(damaged, "active since 2026-11-24T10:00:00Z\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n");
        put("Not A Selector.pem", "");
        put("elliptic.pem", Files.readString(TestTls.file("relay-pkcs8.key")));
        put("timeless.pem", "active since yesterday\n" + Files.readString(TestTls.file("ed25519.key")));
        put("readme.txt", "not looked at");

        var read = folder().read(DOMAIN);

        assertThat(read.signing()).extracting(DkimKey::algorithm).containsExactly(DkimAlgorithm.ED25519);
        assertThat(read.problems()).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).contains("Not A Selector.pem has no selector for a name"),
                problem -> assertThat(problem).contains("elliptic.pem holds a key that can't sign: EC is not for DKIM"),
                problem -> assertThat(problem).contains(damaged + " holds a key that can't be read"),
                problem -> assertThat(problem).contains("timeless.pem doesn't say since when its key is active"));
        assertThat(folder().read("other.example").problems()).isEmpty();
    }

    /// RFC 8301 §3.2.
    @Test
    void refusesAKeyThatIsTooWeak() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1023);
        var pem = Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        put("weak.pem", "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");

        assertThat(folder().read(DOMAIN).keys()).isEmpty();
        assertThat(folder().read(DOMAIN).problems()).singleElement().asString().endsWith("RSA keys have 1,024 to 4,096 bits");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "..", "../other", "a/b", "a\\b", "a..b", ".a", "a..", "/etc", "a\0b", "a b", "a\nb", "a@b", "[127.0.0.1]", "%2e%2e", "-a",
        "../keys/dupont.example", "\uFF0E\uFF0E", "\u2024\u2024/x"
    })
    void makesNoPathOfAHostileDomain(String domain) {
        assertThatThrownBy(() -> folder().create(domain, NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> folder().read(domain)).isInstanceOf(IllegalArgumentException.class);
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void knowsADomainByItsALabels() throws Exception {
        folder().create("Bücher.Example", NOW);

        assertThat(folder().domains()).containsExactly("xn--bcher-kva.example");
        assertThat(folder().read("XN--bcher-kva.example").keys()).hasSize(2);
    }

    @Test
    void writesWhatOpensslReads() throws Exception {
        for (var stored : new KeyFolder(state).create(DOMAIN, NOW).keys()) {
            var process = openssl("pkey", "-in", file(stored).toString(), "-pubout", "-outform", "DER");
            var der = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
            var published = switch (stored.key().algorithm()) {
                case RSA -> der;
                case ED25519 -> Arrays.copyOfRange(der, der.length - 32, der.length);
            };
            assertThat(stored.key().recordText()).endsWith("; p=" + Base64.getEncoder().encodeToString(published));
        }
    }

    private static Process openssl(String... arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException missing) {
            assumeTrue(false, "no openssl");
            throw new AssertionError(missing);
        }
    }

    @Test
    void seesItsRecordHoweverItIsWritten() throws Exception {
        var keys = folder().create(DOMAIN, NOW).keys();
        var rsa = keys.getFirst().key();
        var ed25519 = keys.getLast().key();
        var p = rsa.recordText().replaceFirst(".*p=", "");

        assertThat(rsa.recordText()).matches("v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{392}");
        assertThat(ed25519.recordText()).matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
        for (var text : List.of(
                rsa.recordText(),
                "p=" + p,
                "v=DKIM1;k=rsa;t=y:s;h=sha1:sha256;s=*;n=a note;p=" + p + ";",
                "v = DKIM1 ; s=email; p = " + p.substring(0, 60) + " \t" + p.substring(60))) {
            assertThat(rsa.isPublishedBy(text)).as(text).isTrue();
        }
        for (var text : List.of(
                "",
                ed25519.recordText(),
                "v=DKIM1; k=rsa; p=",
                "v=DKIM1; k=rsa",
                "v=DKIM2; k=rsa; p=" + p,
                "v=DKIM1; k=ed25519; p=" + p,
                "v=DKIM1; h=sha1; p=" + p,
                "v=DKIM1; s=tlsrpt; p=" + p,
                "v=DKIM1; p=" + p.substring(1),
                "v=DKIM1; p=" + p.replaceFirst("[A-Z]", "!"))) {
            assertThat(rsa.isPublishedBy(text)).as(text).isFalse();
        }
        assertThat(ed25519.isPublishedBy(ed25519.recordText())).isTrue();
        assertThat(ed25519.isPublishedBy(ed25519.recordText().replace("k=ed25519; ", ""))).isFalse();
    }

    @Test
    void printsNoSecret() throws Exception {
        var stored = folder().create(DOMAIN, NOW).keys().getLast();
        UnaryOperator<String> noBlanks = text -> text.replaceAll("\\s", "");
        var secret = noBlanks.apply(Files.readString(file(stored), StandardCharsets.US_ASCII)).replaceAll(".*KEY-----(.*)-----END.*", "$1");

        assertThat(stored.toString()).contains(stored.key().selector()).doesNotContain(secret.substring(20, 40));
    }

    private KeyFolder folder() {
        return TestKeys.folder(state);
    }

    private Path file(StoredKey stored) {
        return state.resolve("keys").resolve(DOMAIN).resolve(stored.key().selector() + ".pem");
    }

    private void put(String name, String text) throws IOException {
        var folder = Files.createDirectories(state.resolve("keys").resolve(DOMAIN));
        Files.writeString(folder.resolve(name), text);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(state.resolve("keys").resolve(DOMAIN))) {
            return files.toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void activateAll(KeyFolder folder, DomainKeys keys, Instant at) throws IOException {
        for (var stored : keys.in(KeyState.ANNOUNCED)) {
            folder.activate(keys.domain(), stored.key().selector(), at);
        }
    }

    private static List<String> selectors(List<DkimKey> keys) {
        return keys.stream().map(DkimKey::selector).toList();
    }

    private static List<String> texts(DomainKeys keys) {
        return keys.keys().stream().map(stored -> stored + stored.key().recordText()).toList();
    }
}
