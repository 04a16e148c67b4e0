package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTls;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UpstreamSettingsTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @EnumSource
    void readsWhatBecomesOfEightBitLetters(EightBit eightBit) throws IOException {
        assertThat(smarthost("eight-bit: " + eightBit.name().toLowerCase(Locale.ROOT)).eightBit()).isEqualTo(eightBit);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void convertsEightBitLettersUnlessToldOtherwise() throws IOException {
        assertThat(smarthost("").eightBit()).isEqualTo(EightBit.CONVERT);
    }

    @Test
    void readsTheCertificateToShow() throws IOException {
        var yaml = "certificate: \"" + TestTls.file("client.pem") + "\"\nkey: \"" + TestTls.file("client.key") + "\"";

        assertThat(smarthost(yaml).certificate().orElseThrow().file()).isEqualTo(TestTls.file("client.pem"));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void wantsCertificateAndKeyTogether() throws IOException {
        assertThat(smarthost("certificate: \"" + TestTls.file("client.pem") + "\"").certificate()).isEmpty();
        assertThat(smarthost("key: \"" + TestTls.file("client.key") + "\"").certificate()).isEmpty();
        assertThat(smarthost("certificate: \"" + TestTls.file("client.pem") + "\"\nkey: \"" + TestTls.file("relay-pkcs8.key") + "\"")
                .certificate())
                .isEmpty();

        assertThat(problems.list()).extracting(Problem::message).satisfiesExactly(
                message -> assertThat(message).contains("is missing"),
                message -> assertThat(message).contains("is missing"),
                message -> assertThat(message).contains("is not the key of a certificate in"));
    }

    private Smarthost smarthost(String yaml) throws IOException {
        var file = Files.writeString(
                folder.resolve("facteur.yaml"), "name: s\nkind: smtp\naddress: \"localhost:25\"\n" + yaml + "\n");
        var settings = UpstreamSettings.from(ConfigFile.read(file, problems, _ -> null), folder, "relay.example");
        return ((UpstreamSettings.Smtp) settings).smarthost();
    }
}
