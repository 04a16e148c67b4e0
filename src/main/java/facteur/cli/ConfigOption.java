package facteur.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--config FILE`, an option of every verb.
final class ConfigOption {
    private static final Path INSTALLED = Path.of("/etc/facteur/facteur.yaml");
    private static final Path LOCAL = Path.of("conf", "facteur.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: /etc/facteur/facteur.yaml, then conf/facteur.yaml in the working directory, "
                    + "then the one next to the program.")
    private @Nullable Path file;

    VerbContext installation(Invocation invocation) {
        return new VerbContext(invocation, file());
    }

    /// The file given, or the first of the usual places that exists.
    private Path file() {
        return file != null ? file : usual();
    }

    private static Path usual() {
        var home = System.getProperty("facteur.home");
        var besideProgram = home == null ? null : Path.of(home).resolve(LOCAL);
        return first(Stream.of(INSTALLED, LOCAL, besideProgram).filter(Objects::nonNull)).orElse(INSTALLED);
    }

    /// A file that this user may not see counts as existing: users without access to `/etc/facteur` get that error, and not
    /// an answer from the sample next to the program.
    static Optional<Path> first(Stream<Path> places) {
        return places.filter(place -> !Files.notExists(place)).findFirst();
    }
}
