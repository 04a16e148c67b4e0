package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the journal says of a letter, from its submission to its end, story by story: the files in
/// `src/test/resources/stories`. A line that starts with `> ` is a step ([Story]), those below it are what comes of it.
///
/// Where an event changes on purpose, put the text that the test shows in the place of the file's.
final class StoriesTest {
    private static final Path FOLDER = Path.of("src/test/resources/stories");

    static List<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void happensAsWritten(Path file) throws Exception {
        assertThat(new Story().play(Files.readAllLines(file))).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void saysWhatItIsAbout(Path file) throws Exception {
        assertThat(Files.readAllLines(file).getFirst()).startsWith("# ").endsWith(".");
    }
}
