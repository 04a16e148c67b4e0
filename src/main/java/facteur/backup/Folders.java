package facteur.backup;

import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/// Whole folders.
final class Folders {
    private Folders() {}

    /// Deletes it with all that it holds, if it is there; a link in it, not what that leads to.
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var all = Files.walk(folder)) {
                for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /// Whether there is a file in it, or it is one.
    static boolean holdsFiles(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.anyMatch(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /// Brings the names in it, and in the folders below, to the disk.
    static void sync(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.filter(Files::isDirectory).toList()) {
                new PrivateFolder(each).sync();
            }
        }
    }
}
