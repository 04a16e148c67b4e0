package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays `config/bad/NAME.yaml` against `config/bad/NAME.problems`: all problems, in the words the operator sees.
@Timeout(10)
final class BadConfigTest {
    private static final Path FOLDER = Path.of("src/test/resources/config/bad");

    private enum Kind {
        SMTP,
        CAPTURE
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void raisesItsProblems(String name) throws IOException {
        Problems problems = new Problems();
        Section root = ConfigFile.read(FOLDER.resolve(name + ".yaml"), problems, _ -> null);
        ask(root);
        root.close();

        assertThat(problems.toString().replace(FOLDER + "/", "") + "\n")
                .isEqualTo(Files.readString(FOLDER.resolve(name + ".problems")));
    }

    /// Some of the keys of `facteur.yaml`, enough to meet every reader.
    private static void ask(Section root) {
        root.text("hostname");
        root.path("state", Path.of("var"));
        for (Section listener : root.sections("listeners")) {
            listener.requiredText("address");
            listener.texts("proxy-from", List.of());
        }
        for (Section upstream : root.sections("upstreams")) {
            upstream.choice("kind", Kind.CAPTURE);
            upstream.secret("password");
            upstream.integer("connections", 20, 1, 1000);
        }
        Section delivery = root.section("delivery");
        delivery.durations("retry", List.of());
        delivery.duration("expire-after", Duration.ofDays(5));
        root.section("limits").size("message-size", DataSize.ofMegabytes(35));
    }
}
