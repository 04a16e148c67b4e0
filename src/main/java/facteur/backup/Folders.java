package facteur.backup;

import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/// Operations on whole folders.
final class Folders {
    private Folders() {}

    /// Deletes it with its contents, if it exists; links, not their targets.
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var all = Files.walk(folder)) {
                for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /// Whether it is a file, or contains one.
    static boolean holdsFiles(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.anyMatch(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS));
        }
    }

    /// Syncs it and the folders below.
    static void sync(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.filter(Files::isDirectory).toList()) {
                new PrivateFolder(each).sync();
            }
        }
    }
}
