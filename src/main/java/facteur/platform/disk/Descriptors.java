package facteur.platform.disk;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The file descriptors of this process: files and connections need one each, and there are only so many (EMFILE), as on
/// the whole machine (ENFILE). A shortage is no fault of a file, a disk or a peer, and passes when others are closed.
public final class Descriptors {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path ANY = Path.of("/dev/null");
    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files +(\\d+) ");

    private Descriptors() {}

    /// Whether something failed because there was none.
    public static boolean areMissing(Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains("Too many open files")) {
                return true;
            }
        }
        // The resolver opens files and sockets, and doesn't say why it couldn't.
        return failure instanceof UnknownHostException && areExhausted();
    }

    private static boolean areExhausted() {
        try (var _ = FileChannel.open(ANY, StandardOpenOption.READ)) {
            return false;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException failure) {
            return areMissing(failure);
        }
    }

    /// How many this process may have; empty where the system doesn't say, or sets no limit.
    public static OptionalLong limit() {
        try {
            return limit(Files.readString(LIMITS));
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    /// @param limits as in `/proc/self/limits`
    static OptionalLong limit(String limits) {
        var matcher = SOFT_LIMIT.matcher(limits);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
