package facteur.platform.privileges;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which files a user can't read. Root, who can read all of them, asks by setpriv(1), so that it is the kernel that answers,
/// groups and access lists included.
public final class OwnersFiles {
    /// Prints the paths that can't be read; a folder has to be searched, too.
    private static final String UNREADABLE = """
            while IFS= read -r f; do
              if [ -r "$f" ] && { [ ! -d "$f" ] || [ -x "$f" ]; }; then :; else printf '%s\\n' "$f"; fi
            done""";

    private OwnersFiles() {}

    /// Those that the user can't read.
    ///
    /// @param owner whom only root may ask for
    /// @param paths that are there
    /// @throws IOException when that isn't known; the message says why
    public static Set<Path> unreadable(FileOwner owner, Collection<Path> paths) throws IOException {
        var askable = paths.stream().map(Path::toAbsolutePath).filter(path -> !path.toString().contains("\n")).toList();
        var groups = isKnown(owner) ? List.of("--regid=" + group(owner), "--init-groups") : List.of("--regid=" + owner.group(), "--clear-groups");
        var command = Stream.of(List.of("setpriv", "--reuid=" + owner.user()), groups, List.of("--inh-caps=-all", "/bin/sh", "-c", UNREADABLE))
                .flatMap(List::stream)
                .toList();
        var process = new ProcessBuilder(command).start();
        Thread.ofVirtual().start(() -> {
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                for (var path : askable) {
                    in.write(path + "\n");
                }
            } catch (IOException ended) {
                // The exit code says so.
            }
        });
        return answer(process).lines().map(Path::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Its primary group: the one that a daemon has unless it is configured otherwise.
    private static String group(FileOwner owner) throws IOException {
        return answer(new ProcessBuilder("id", "-g", "--", owner.name()).start()).strip();
    }

    private static String answer(Process process) throws IOException {
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var trouble = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            var code = process.waitFor();
            if (code != 0) {
                throw new IOException(trouble.isBlank() ? "exit code " + code : trouble.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return answer;
    }

    /// Only a user that the system knows has groups of its own.
    private static boolean isKnown(FileOwner owner) {
        return !owner.name().equals(Integer.toString(owner.user()));
    }
}
