package facteur.platform.privileges;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A user of this machine, as the owner of files. Immutable.
///
/// @param group of the file
/// @param name for people to read; a number where the machine has no name for the user
public record FileOwner(int user, int group, String name) {
    private static final int ROOT = 0;
    /// The effective one: the second of four.
    private static final Pattern PROCESS_USER = Pattern.compile("(?m)^Uid:\\t\\d+\\t(\\d+)");
    private static final List<String> WRITTEN_BY_A_DAEMON = List.of("lock", "facteur.db");

    /// Whom a state folder belongs to: a user other than root, if the folder or what a daemon has put there is that
    /// user's. A volume that an orchestrator mounts is root's, though the daemon that writes to it is not.
    ///
    /// @return empty when the folder isn't there, or the file system knows no owners
    public static Optional<FileOwner> ofState(Path folder) {
        return Stream.concat(Stream.of(folder), WRITTEN_BY_A_DAEMON.stream().map(folder::resolve))
                .flatMap(path -> of(path).stream())
                .reduce((first, next) -> first.isRoot() && !next.isRoot() ? next : first);
    }

    /// The same, where this process is root's and the folder is not.
    public static Optional<FileOwner> otherThanRoot(Path folder) {
        return isProcessRoot() ? ofState(folder).filter(owner -> !owner.isRoot()) : Optional.empty();
    }

    /// Whether this process works as that user. Where the system doesn't say, it counts as such.
    public boolean isProcess() {
        return PROCESS_USER.matcher(processStatus()).results().allMatch(effective -> effective.group(1).equals(Integer.toString(user)));
    }

    static boolean isProcessRoot() {
        return PROCESS_USER.matcher(processStatus()).results().anyMatch(effective -> effective.group(1).equals("0"));
    }

    /// By proc(5). The owner of `/proc/self` doesn't do: of a process that was root's it remains root.
    private static String processStatus() {
        try {
            return Files.readString(Path.of("/proc/self/status"));
        } catch (IOException elsewhere) {
            return "";
        }
    }

    private static Optional<FileOwner> of(Path path) {
        try {
            return Optional.of(new FileOwner(
                    (int) Files.getAttribute(path, "unix:uid"),
                    (int) Files.getAttribute(path, "unix:gid"),
                    Files.getOwner(path).getName()));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    public boolean isRoot() {
        return user == ROOT;
    }
}
