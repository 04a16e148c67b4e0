package facteur.relay;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.office.OfficeId;
import facteur.settings.FileTrouble;
import facteur.settings.FilesSource;
import facteur.settings.FilesWatch;
import facteur.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the offices' own files every few seconds, and tells the journal which can't be used: before a letter needs them,
/// and also while an old answer goes on. Where settings come from elsewhere there is nothing to look at.
///
/// Thread-safe. One thread of the platform looks: with thousands of files it is busy for a while at first, and would keep
/// sessions from theirs.
final class OfficeWatch implements FilesWatch.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeWatch.class);

    private static final Duration REST = Duration.ofSeconds(5);
    /// A look takes no more than that part of the time, however many files there are and however slow their disk is;
    /// as long as that is often enough.
    private static final int PART = 20;
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Journal journal;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("offices").factory());
    private volatile Optional<FilesWatch> watch = Optional.empty();

    OfficeWatch(Journal journal) {
        this.journal = journal;
    }

    void start() {
        thread.execute(this::round);
    }

    /// From now on it looks at the files of this source.
    void apply(SettingsSource source) {
        watch = source instanceof FilesSource files ? Optional.of(files.watch(this)) : Optional.empty();
    }

    private void round() {
        var started = System.nanoTime();
        try {
            watch.ifPresent(FilesWatch::look);
        } catch (RuntimeException | Error bug) {
            LOG.error("looking at the files of offices", bug);
        }
        var rest = Math.clamp(PART * (System.nanoTime() - started), REST.toNanos(), LONGEST_REST.toNanos());
        if (!thread.isShutdown()) {
            var _ = thread.schedule(this::round, rest, TimeUnit.NANOSECONDS);
        }
    }

    /// An operator says that all files are as they shall be: looks at them at once.
    ///
    /// @param most how long to wait for the end of that
    /// @return those that can't be used; empty when it isn't known in time
    Optional<List<FileTrouble>> settled(Duration most) {
        var now = watch;
        now.ifPresent(FilesWatch::settled);
        try {
            thread.submit(() -> now.ifPresent(FilesWatch::look)).get(most.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(troubles());
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException bug) {
            LOG.error("looking at the files of offices", bug.getCause());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Looks at the files of one office, now.
    void look(OfficeId office) {
        watch.ifPresent(files -> files.look(office));
    }

    /// An operator says that the files of one office are as they shall be: looks at them at once.
    ///
    /// @return those of them that can't be used
    List<FileTrouble> settled(OfficeId office) {
        watch.ifPresent(files -> {
            files.settled(office);
            files.look(office);
        });
        return troubles().stream().filter(trouble -> trouble.office().equals(office.text())).toList();
    }

    /// As of the last look.
    List<FileTrouble> troubles() {
        return watch.map(FilesWatch::troubles).orElse(List.of());
    }

    int count() {
        return watch.map(FilesWatch::count).orElse(0);
    }

    /// Whether it tells of what loads of settings fail for.
    boolean isLooking() {
        return watch.isPresent();
    }

    @Override
    public void troubled(FileTrouble trouble) {
        journal.record(new MailEvent.SettingsTrouble(trouble.office(), trouble.sentence()));
    }

    @Override
    public void recovered(String office, Path file, FilesWatch.Recovery now) {
        journal.record(new MailEvent.SettingsRecovered(office, file + ": " + now.words()));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
