package facteur.platform.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The descriptors that this process has open: proc_pid_fd(5).
final class OpenDescriptors {
    private static final Path FOLDER = Path.of("/proc/self/fd");

    private OpenDescriptors() {}

    static List<Integer> all() throws IOException {
        try (var names = Files.list(FOLDER)) {
            return names.map(each -> Integer.valueOf(each.getFileName().toString())).toList();
        }
    }
}
