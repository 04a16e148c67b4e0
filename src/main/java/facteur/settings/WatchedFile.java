package facteur.settings;

import facteur.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file that is read again when it has changed: when its time or its size is another. With a problem in it, what was
/// read before goes on; so it does while the file can't be looked at. A file that is gone is gone.
///
/// Thread-safe; blocks for the disk, and while somebody else reads the same file.
final class WatchedFile<T> {
    /// Makes a value of the file.
    @FunctionalInterface
    interface Reading<T> {
        /// @param before what was read last time; empty when nothing ever was
        /// @param problems gets all of them, also those that don't spoil the whole
        /// @return empty when nothing of the file can be used
        Optional<T> read(Path file, Optional<T> before, Problems problems);
    }

    private record Stamp(FileTime modifiedAt, long sizeBytes) {}

    private final Path path;
    private final Reading<T> reading;
    private final InstantSource time;
    private @Nullable Stamp stamp;
    private Lookup<T> content = new Lookup.Missing<>();

    WatchedFile(Path path, Reading<T> reading, InstantSource time) {
        this.path = path;
        this.reading = reading;
        this.time = time;
    }

    /// @param problems gets those of the file, each time it is read
    synchronized Lookup<T> look(Problems problems) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            var now = new Stamp(attributes.lastModifiedTime(), attributes.size());
            if (!now.equals(stamp)) {
                stamp = now;
                read(problems);
            }
        } catch (NoSuchFileException gone) {
            stamp = null;
            content = new Lookup.Missing<>();
        } catch (IOException failure) {
            problems.add(path, 0, "", "can't be read: " + failure);
            if (!(content instanceof Lookup.Found<T>)) {
                content = new Lookup.Unavailable<>(path + " can't be read");
            }
        }
        return content;
    }

    private void read(Problems problems) {
        var before = content instanceof Lookup.Found<T>(var value, _) ? Optional.of(value) : Optional.<T>empty();
        var own = new Problems();
        var read = reading.read(path, before, own);
        own.list().forEach(problems::add);
        own.warnings().forEach(problems::warn);
        if (read.isPresent()) {
            content = new Lookup.Found<>(read.get(), time.instant());
        } else if (before.isEmpty()) {
            content = new Lookup.Unusable<>(own.list().getFirst().toString());
        }
    }
}
