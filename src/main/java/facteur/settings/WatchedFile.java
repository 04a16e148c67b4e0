package facteur.settings;

import facteur.office.Lookup;
import facteur.platform.config.Problems;
import facteur.platform.config.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file that is read again when it has changed: when it is another file, or its times or its size differ. With a mistake
/// in it, the last good version stays in use; so it does while the file can't be read. A removed file counts as removed.
///
/// Half a file may be valid, and send replies elsewhere. So a change counts only once the file has been quiet for two
/// seconds, and was the same file before and after reading. Without an earlier version there is nothing else to use:
/// such a file is read at once, and again until it is quiet. A file that takes its place by a rename with an older time
/// counts at once.
///
/// Programs remove a file before they write it again, so it counts as removed only once it has been missing for as long.
/// While its folder is missing, nothing is known of the file.
///
/// A file that can't be read for a reason outside of it is tried again at the next look.
///
/// Thread-safe; blocks for the disk, and while another thread reads the same file.
final class WatchedFile<T> {
    private static final Duration QUIET = Duration.ofSeconds(2);

    /// Makes a value of the file.
    @FunctionalInterface
    interface Reading<T> {
        /// @param before what was read last time; empty when nothing ever was
        /// @param problems gets all of them, also those that don't spoil the whole
        /// @return `Unusable` for what the file holds, `Unavailable` when that isn't known
        Lookup<T> read(Path file, Optional<T> before, Problems problems);
    }

    private final Path path;
    private final Reading<T> reading;
    private final InstantSource time;

    /// Of what was read last, if that was judged by what it holds and had been quiet.
    private @Nullable FileStamp judged;

    /// Of a change that isn't quiet yet, and when it was seen first: a time in the future never grows old.
    private @Nullable FileStamp seen;

    private Instant seenAt = Instant.MIN;
    private Instant finishedAt = Instant.MIN;

    /// When the file was seen to be away first; in the far future while it is there.
    private Instant awayAt = Instant.MAX;

    private Lookup<T> content = new Lookup.Missing<>();

    WatchedFile(Path path, Reading<T> reading, InstantSource time) {
        this.path = path;
        this.reading = reading;
        this.time = time;
    }

    /// An operator declares the file finished: the next look reads it, and what was written until now counts, a removal
    /// included.
    synchronized void finished() {
        judged = null;
        settled();
    }

    /// The same of a file that is read again only when it has changed.
    synchronized void settled() {
        awayAt = Instant.MIN;
        finishedAt = time.instant();
    }

    /// Whether there is a version that stays in use while the file can't be used.
    synchronized boolean holds() {
        return content instanceof Lookup.Found<T>;
    }

    /// @param problems gets those of the file, each time it is read
    synchronized Lookup<T> look(Problems problems) {
        try {
            var now = FileStamp.of(path);
            awayAt = Instant.MAX;
            if (!now.equals(judged)) {
                lookAt(now, problems);
            }
        } catch (NoSuchFileException gone) {
            away(problems);
        } catch (IOException failure) {
            problems.add(path, 0, "", TextFile.reason(failure));
            unavailable();
        }
        return content;
    }

    private void away(Problems problems) {
        judged = null;
        if (!Files.isDirectory(path.resolveSibling(""))) {
            problems.add(path, 0, "", "can't be read: its folder is not there");
            unavailable();
            return;
        }
        var instant = time.instant();
        // Also when the clock was set back since.
        awayAt = instant.isBefore(awayAt) ? instant : awayAt;
        if (!(content instanceof Lookup.Found<T>) || isOver(awayAt, instant)) {
            content = new Lookup.Missing<>();
        }
    }

    private void lookAt(FileStamp now, Problems problems) throws IOException {
        var isQuiet = isQuiet(now);
        if (!isQuiet && content instanceof Lookup.Found<T>) {
            return;
        }
        var isJudged = read(problems);
        judged = isJudged && isQuiet && now.equals(FileStamp.of(path)) ? now : null;
    }

    private boolean isQuiet(FileStamp now) {
        var instant = time.instant();
        // A clock that was set back since begins again.
        if (!now.equals(seen) || instant.isBefore(seenAt)) {
            seen = now;
            seenAt = instant;
        }
        var modifiedAt = now.modifiedAt().toInstant();
        var isFinished = !modifiedAt.isAfter(finishedAt) && !finishedAt.isAfter(instant);
        return isFinished || isOver(modifiedAt, instant) || isOver(seenAt, instant);
    }

    private static boolean isOver(Instant since, Instant now) {
        return !now.isBefore(since.plus(QUIET));
    }

    /// @return whether the file was judged by what it holds
    private boolean read(Problems problems) {
        var before = content instanceof Lookup.Found<T>(var value, _) ? Optional.of(value) : Optional.<T>empty();
        var own = new Problems();
        var read = reading.read(path, before, own);
        own.list().forEach(problems::add);
        own.warnings().forEach(problems::warn);
        return switch (read) {
            case Lookup.Found<T> _, Lookup.Missing<T> _ -> {
                content = read;
                yield true;
            }
            case Lookup.Unusable<T> _ -> {
                content = before.isPresent() ? content : read;
                yield true;
            }
            case Lookup.Unavailable<T> _ -> {
                unavailable();
                yield false;
            }
        };
    }

    private void unavailable() {
        judged = null;
        if (!(content instanceof Lookup.Found<T>)) {
            content = new Lookup.Unavailable<>(path + " can't be read");
        }
    }
}
