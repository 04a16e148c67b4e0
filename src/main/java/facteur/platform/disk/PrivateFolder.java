package facteur.platform.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A folder that only its owner may look into: mode 0700, its files 0600. A file comes into it in one step: written beside
/// its place, synced, and renamed, so that no reader ever finds half of it. This is how small files reach the
/// disk.
///
/// Immutable; may be shared between threads and processes. Of two that publish the same name at once, one stays.
public record PrivateFolder(Path path) {
    public static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE = mode("rwx------");
    public static final FileAttribute<Set<PosixFilePermission>> FILE_MODE = mode("rw-------");

    /// Writes the content of a file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// How the name of an unfinished file ends.
    private static final String UNFINISHED = ".new";

    private static final Set<StandardOpenOption> OVERWRITING =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);

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

    /// Puts a small text into the folder, or in the place of a file of that name. It is on disk when this returns.
    public void publish(String name, String text) throws IOException {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        place(name, Files.createTempFile(path, name + ".", UNFINISHED, FILE_MODE), out -> out.write(octets));
        sync();
    }

    /// Puts a file into the folder, or in the place of one of that name. Its content is on disk when this returns, its name
    /// after the next [#sync()]. A file that root puts here belongs to the owner of the folder.
    ///
    /// For one caller at a time per name: what a crash left unfinished is overwritten by the next.
    public void place(String name, Content content) throws IOException {
        place(name, path.resolve(name + UNFINISHED), content);
    }

    private void place(String name, Path unfinished, Content content) throws IOException {
        try {
            try (var channel = FileChannel.open(unfinished, OVERWRITING, FILE_MODE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            // Only root can give a file away; and an owner's name may come over a network.
            if (Files.getAttribute(unfinished, "unix:uid").equals(0)) {
                giveToOwner(unfinished);
            }
            Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // As of a disk that is full.
            Files.deleteIfExists(unfinished);
        }
    }

    private void giveToOwner(Path file) throws IOException {
        var owner = Files.getOwner(path);
        if (!Files.getOwner(file).equals(owner)) {
            Files.setOwner(file, owner);
        }
    }

    /// Removes a file, if it is there. The removal is on disk when this returns.
    public void withdraw(String name) throws IOException {
        if (Files.deleteIfExists(path.resolve(name))) {
            sync();
        }
    }

    /// Syncs the names in it.
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
