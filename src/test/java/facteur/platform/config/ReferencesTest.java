package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.References.Expansion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferencesTest {
    @TempDir
    private Path folder = Path.of("");

    private References references = References.none();

    @BeforeEach
    void knowTwoVariables() {
        references = References.of(folder, Map.of("PORT", "2525", "SLY", "${env:PORT}")::get);
    }

    @Test
    void putsInVariables() {
        assertThat(references.expand("127.0.0.1:${env:PORT}/${env:PORT}"))
                .isEqualTo(new Expansion.Text("127.0.0.1:2525/2525"));
    }

    @Test
    void putsInFilesWithoutTheirLastLineEnd() throws IOException {
        Files.writeString(folder.resolve("password"), "sword\nfish\n");
        Files.writeString(folder.resolve("windows"), "swordfish\r\n");

        assertThat(references.expand("${file:password}")).isEqualTo(new Expansion.Text("sword\nfish"));
        assertThat(references.expand("${file:" + folder.resolve("windows") + "}"))
                .isEqualTo(new Expansion.Text("swordfish"));
    }

    @Test
    void putsInCredentials() throws IOException {
        var credentials = Files.createDirectory(folder.resolve("credentials"));
        Files.writeString(credentials.resolve("smarthost.password"), "swordfish\n");
        var under = References.of(folder, Map.of("CREDENTIALS_DIRECTORY", credentials.toString())::get);

        assertThat(under.expand("${credential:smarthost.password}")).isEqualTo(new Expansion.Text("swordfish"));
        assertThat(under.expand("${credential:missing}"))
                .isEqualTo(new Expansion.Failed("the credential missing: no such file"));
        Files.writeString(folder.resolve("outside"), "secret");
        for (var name : List.of("../outside", "..", ".", credentials.resolve("smarthost.password").toString())) {
            assertThat(under.expand("${credential:" + name + "}"))
                    .isEqualTo(new Expansion.Failed("'" + name + "' is not the name of a credential"));
        }
    }

    @Test
    void saysWhenSystemdGaveNoCredentials() {
        assertThat(references.expand("${credential:smarthost}"))
                .isEqualTo(new Expansion.Failed(
                        "the credential smarthost: CREDENTIALS_DIRECTORY is not set; systemd does for LoadCredential="));
    }

    @Test
    void neverLooksAgainAtWhatItPutIn() {
        assertThat(references.expand("${env:SLY}")).isEqualTo(new Expansion.Text("${env:PORT}"));
    }

    @Test
    void takesTwoDollarsForAPlainOne() {
        assertThat(references.expand("a$${env:PORT}$b$$")).isEqualTo(new Expansion.Text("a${env:PORT}$b$$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${PORT}", "${", "${env:PORT", "${env:}", "${ENV:PORT}", "$${x} ${y}"})
    void refusesWhatNamesNothing(String text) {
        assertThat(references.expand(text))
                .isEqualTo(new Expansion.Failed(
                        "'${' must begin ${env:NAME}, ${file:PATH} or ${credential:NAME}; write $${ for a plain '${'"));
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(references.expand("${env:PASSWORD}"))
                .isEqualTo(new Expansion.Failed("the environment variable PASSWORD is not set"));
        assertThat(references.expand("${file:password}"))
                .isEqualTo(new Expansion.Failed("the file password: no such file"));
        assertThat(references.expand("${file:.}"))
                .isEqualTo(new Expansion.Failed("the file .: is not a regular file"));
        assertThat(references.expand("${file:\0}")).isEqualTo(new Expansion.Failed("'\0' is not a path"));
    }

    @Test
    void readsNoFileThatIsTooLargeForAWord() throws IOException {
        Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);

        assertThat(references.expand("${file:large}"))
                .isEqualTo(new Expansion.Failed("the file large: is larger than 64KB"));
    }

    @Test
    void putsInOnlySoManyTimes() {
        assertThat(references.expand("${env:PORT}".repeat(References.MOST))).isInstanceOf(Expansion.Text.class);
        assertThat(references.expand("${env:PORT}".repeat(References.MOST + 1)))
                .isEqualTo(new Expansion.Failed("more than 16 references in one value"));
    }

    @Test
    void leavesTheTextOfStrangersAsItIs() {
        assertThat(References.none().expand("${env:PORT} $${")).isEqualTo(new Expansion.Text("${env:PORT} $${"));
    }
}
