package facteur.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--config FILE`, as every verb takes it.
final class ConfigOption {
    private static final Path INSTALLED = Path.of("/etc/facteur/facteur.yaml");
    private static final Path LOCAL = Path.of("conf", "facteur.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: /etc/facteur/facteur.yaml, then conf/facteur.yaml here, then the one "
                    + "that lies beside the program.")
    private @Nullable Path file;

    /// The file asked for, or the first of the usual places that has one.
    Path file() {
        return file != null ? file : usual();
    }

    private static Path usual() {
        var home = System.getProperty("facteur.home");
        var besideProgram = home == null ? null : Path.of(home).resolve(LOCAL);
        return first(Stream.of(INSTALLED, LOCAL, besideProgram).filter(Objects::nonNull)).orElse(INSTALLED);
    }

    /// One that this user may not see counts as there: who isn't let into `/etc/facteur` is told so, and not how the sample
    /// beside the program does.
    static Optional<Path> first(Stream<Path> places) {
        return places.filter(place -> !Files.notExists(place)).findFirst();
    }
}
