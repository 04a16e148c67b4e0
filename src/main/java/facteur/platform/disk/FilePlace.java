package facteur.platform.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// A file or folder, and where it lay when it was opened: notices when that name stands for nothing, or for another file
/// (device and inode). Immutable.
///
/// @param key of the file that lay there
/// @param isFilled whether it is never empty
public record FilePlace(Path path, Object key, boolean isFilled) {
    /// Of what lies there now.
    ///
    /// @throws IOException when nothing does
    public static FilePlace of(Path path) throws IOException {
        return new FilePlace(path, key(path), false);
    }

    /// The same of a file that is never empty.
    public static FilePlace ofFilled(Path path) throws IOException {
        return new FilePlace(path, key(path), true);
    }

    /// What happened to it, as a sentence; empty while it is in place. One system call, which needs no
    /// descriptor; a folder that can't be searched counts as unchanged.
    public Optional<String> trouble() {
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            if (!key.equals(key(path, now))) {
                return Optional.of(path + " is another one now");
            }
            return isFilled && now.size() == 0 ? Optional.of(path + " is empty now") : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.of(path + " is gone");
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static Object key(Path path) throws IOException {
        return key(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    private static Object key(Path path, BasicFileAttributes attributes) {
        var key = attributes.fileKey();
        // Not on every system.
        return key == null ? path : key;
    }
}
