package facteur.platform.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A folder that nobody but its owner may look into: mode 0700, its files 0600. Small files come into it in one step.
///
/// Immutable; two who publish the same name at once need a lock of their own.
public record PrivateFolder(Path path) {
    public static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = mode("rwx------");
    public static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");

    /// What an unfinished file is called behind its name.
    private static final String UNFINISHED = ".new";

    /// Makes the folder, and those above it, where there is none. On disk when this returns.
    public PrivateFolder make() throws IOException {
        if (!Files.isDirectory(path)) {
            var above = new PrivateFolder(path.toAbsolutePath().resolveSibling(""));
            above.make();
            Files.createDirectories(path, FOLDER_MODE);
            above.sync();
        }
        return this;
    }

    /// Puts a small file into the folder, or in the place of one of that name: nobody ever reads half of it. It is on
    /// disk when this returns.
    public void publish(String name, String text) throws IOException {
        var unfinished = path.resolve(name + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            Files.createFile(unfinished, FILE_MODE);
            Files.writeString(unfinished, text);
            sync(unfinished, StandardOpenOption.WRITE);
            Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // As of a disk that is full.
            Files.deleteIfExists(unfinished);
        }
        sync();
    }

    /// Takes a file away, if it is there. It is gone from the disk when this returns.
    public void withdraw(String name) throws IOException {
        if (Files.deleteIfExists(path.resolve(name))) {
            sync();
        }
    }

    /// Brings the names in it to the disk.
    public void sync() throws IOException {
        sync(path, StandardOpenOption.READ);
    }

    /// @param option `READ` for a folder, `WRITE` for a file
    public static void sync(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
