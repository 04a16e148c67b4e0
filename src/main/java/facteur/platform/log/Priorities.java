package facteur.platform.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether each line starts with its priority, such as `<4>`, for systemd's journal (sd-daemon(3)).
public enum Priorities {
    /// When standard output goes to that journal.
    AUTO,
    ON,
    OFF;

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    /// @param journalStream the variable JOURNAL_STREAM: device and inode of what the journal reads
    boolean areWritten(@Nullable String journalStream) {
        return switch (this) {
            case AUTO -> journalStream != null && journalStream.equals(identity(STANDARD_OUTPUT));
            case ON -> true;
            case OFF -> false;
        };
    }

    /// As systemd.exec(5) writes it; empty where there is no such file.
    static String identity(Path file) {
        try {
            var attributes = Files.readAttributes(file, "unix:dev,ino");
            return attributes.get("dev") + ":" + attributes.get("ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return "";
        }
    }
}
