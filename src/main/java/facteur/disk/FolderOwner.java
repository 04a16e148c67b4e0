package facteur.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The user who owns a folder, and so is the one that a daemon with that state runs as. Root, whom nothing is kept from, can
/// ask what that user can read: by setpriv(1), so that it is the kernel that answers, groups and access lists
/// included. Immutable.
///
/// @param name as the system knows it; the number where it has none
/// @param gid of the folder: what counts as its group where the system doesn't know the user
public record FolderOwner(String name, int uid, int gid) {
    /// Prints the paths that can't be read; a folder has to be searched, too.
    private static final String UNREADABLE = """
            while IFS= read -r f; do
              if [ -r "$f" ] && { [ ! -d "$f" ] || [ -x "$f" ]; }; then :; else printf '%s\\n' "$f"; fi
            done""";

    /// The owner of a folder, when we are root and it is another user.
    ///
    /// @return empty when we aren't root, root owns it, or there is no such folder
    public static Optional<FolderOwner> otherThanRoot(Path folder) {
        try {
            if (uid(Path.of("/proc/self")) != 0 || !Files.isDirectory(folder) || uid(folder) == 0) {
                return Optional.empty();
            }
            return Optional.of(new FolderOwner(
                    Files.getOwner(folder).getName(), uid(folder), (Integer) Files.getAttribute(folder, "unix:gid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknownHere) {
            return Optional.empty();
        }
    }

    private static int uid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    /// Those that this user can't read.
    ///
    /// @param paths that are there
    /// @throws IOException when it can't be told; the message says why
    public Set<Path> unreadable(Collection<Path> paths) throws IOException {
        var askable = paths.stream().map(Path::toAbsolutePath).filter(path -> !path.toString().contains("\n")).toList();
        var groups = isKnown() ? List.of("--regid=" + group(), "--init-groups") : List.of("--regid=" + gid, "--clear-groups");
        var command = Stream.of(List.of("setpriv", "--reuid=" + uid), groups, List.of("--inh-caps=-all", "/bin/sh", "-c", UNREADABLE))
                .flatMap(List::stream)
                .toList();
        var process = new ProcessBuilder(command).start();
        Thread.ofVirtual().start(() -> {
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                for (var path : askable) {
                    in.write(path + "\n");
                }
            } catch (IOException ended) {
                // The exit code tells.
            }
        });
        return answer(process).lines().map(Path::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Its primary group: the one that a daemon has unless it is told otherwise.
    private String group() throws IOException {
        return answer(new ProcessBuilder("id", "-g", "--", name).start()).strip();
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
    private boolean isKnown() {
        return !name.equals(Integer.toString(uid));
    }
}
