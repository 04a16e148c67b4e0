package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigSnapshotTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a: 1                      | a: 1                           | ``",
        "a: 1                      | `# more\na:   \"1\"`         | ``",
        "a: { b: 1, c: 2 }         | a: { c: 2, b: 1 }              | ``",
        "a:                        | b: ~                           | ``",
        "a: 1                      | a: 2                           | a",
        "a: 1                      | b: 1                           | a b",
        "a: { b: [1, 2] }          | a: { b: [1, 3] }               | a.b[1]",
        "a: [{ b: 1 }]             | a: [{ b: 1 }, { b: 2 }]        | a[1].b",
        "a: { b: 1 }               | a: 1                           | a a.b"
    })
    void namesTheKeysThatDiffer(String first, String second, String keys) throws IOException {
        assertThat(String.join(" ", read(first).differing(read(second)))).isEqualTo(keys);
    }

    @Test
    void seesThatAReferenceStandsForSomethingElse() throws IOException {
        Files.writeString(folder.resolve("password"), "old");
        var before = read("password: ${file:password}");
        Files.writeString(folder.resolve("password"), "new");
        assertThat(before.differing(read("password: ${file:password}"))).containsExactly("password");
    }

    @Test
    void comparesSoManyKeysAndNoMore() throws IOException {
        var lines = "- x\n".repeat(ConfigSnapshot.MOST);
        assertThat(read("a:\n" + lines + "- 1\n").differing(read("a:\n" + lines + "- 2\n"))).isEmpty();
    }

    private ConfigSnapshot read(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("test.yaml"), yaml);
        return ConfigFile.read(file, new Problems(), _ -> null).written();
    }
}
