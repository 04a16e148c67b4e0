package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigOptionTest {
    @TempDir
    private Path folder;

    @Test
    void takesTheFirstThatIsThere() throws IOException {
        var there = Files.createFile(folder.resolve("b.yaml"));
        assertThat(ConfigOption.first(Stream.of(folder.resolve("a.yaml"), there))).contains(there);
        assertThat(ConfigOption.first(Stream.of(folder.resolve("a.yaml")))).isEmpty();
    }

    /// As `/etc/facteur` is to who is neither root nor in its group. Root is kept out of nothing, so this is a loop of links.
    @Test
    void passesOverNoneThatCannotBeSeen() throws IOException {
        var loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        var sample = Files.createFile(folder.resolve("sample.yaml"));
        assertThat(ConfigOption.first(Stream.of(loop.resolve("facteur.yaml"), sample))).contains(loop.resolve("facteur.yaml"));
    }
}
