package facteur.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Seeds are replayed only from the folder that is named after the package, class and method of their fuzzer: those that a
/// rename has left behind would be passed over in silence.
final class SeedsTest {
    private static final Path SEEDS = Path.of("src/test/resources");

    static List<Path> folders() throws IOException {
        try (var all = Files.walk(SEEDS)) {
            return all.filter(Files::isDirectory).filter(folder -> folder.toString().matches(".*Inputs/[^/]+")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void belongToAFuzzer(Path folder) throws IOException {
        var fuzzer = SEEDS.relativize(folder).toString().replaceFirst("Inputs/[^/]+$", ".java");
        var source = Path.of("src/test/java", fuzzer);
        assertThat(source).exists();
        assertThat(Files.readString(source)).contains("void " + folder.getFileName() + "(");
    }
}
