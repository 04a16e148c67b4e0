package facteur.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk of its own in a file, mounted, whose power can be cut: what was not written through to it by then (`fsync`) is gone.
///
/// Linux with ext4, as root: EXT4_IOC_SHUTDOWN (linux/fs/ext4/ext4.h) ends a file system at once, its journal unwritten.
final class LoopDisk implements AutoCloseable {
    private static final String SIZE = "1500M";
    /// `_IOR('X', 125, __u32)`
    private static final long SHUTDOWN = 0x8004_587dL;
    private static final int WITHOUT_JOURNAL = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = function(
            "open", 2, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle IOCTL = function(
            "ioctl", 2, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    private static final MethodHandle CLOSE = function(
            "close", 1, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final Path image;
    private final Path place;

    private LoopDisk(Path image, Path place) {
        this.image = image;
        this.place = place;
    }

    /// @param folder gets the image and the place where it is mounted
    static LoopDisk make(Path folder) throws IOException, InterruptedException {
        var disk = new LoopDisk(folder.resolve("disk.ext4"), Files.createDirectory(folder.resolve("disk")));
        run("truncate", "-s", SIZE, disk.image.toString());
        run("mkfs.ext4", "-q", disk.image.toString());
        disk.mount();
        return disk;
    }

    /// Where its files are.
    Path place() {
        return place;
    }

    /// Has all that was written so far on it.
    void sync() throws IOException, InterruptedException {
        run("sync", "-f", place.toString());
    }

    /// From here on nothing reaches it, until [#powerUp].
    void cut() {
        try (var arena = Arena.ofConfined()) {
            var flags = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_JOURNAL);
            var file = (int) OPEN.invokeExact(arena.allocateFrom(place.toString()), 0);
            var result = (int) IOCTL.invokeExact(file, SHUTDOWN, flags);
            var _ = (int) CLOSE.invokeExact(file);
            if (result != 0) {
                throw new IllegalStateException("no power cut on " + place);
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Mounts it again as it was left. No process may use it.
    void powerUp() throws IOException, InterruptedException {
        run("umount", place.toString());
        mount();
    }

    private void mount() throws IOException, InterruptedException {
        run("mount", "-o", "loop", image.toString(), place.toString());
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", place.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, int fixed, FunctionDescriptor type) {
        MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
        return type.argumentLayouts().size() > fixed
                ? LINKER.downcallHandle(address, type, Linker.Option.firstVariadicArg(fixed))
                : LINKER.downcallHandle(address, type);
    }
}
