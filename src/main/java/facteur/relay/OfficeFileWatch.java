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

/// Reads the offices' own files every few seconds, and journals which can't be used: before a letter needs them, and while
/// letters still get the previous settings. Where settings come from elsewhere it does nothing.
///
/// Thread-safe. It reads on one platform thread: thousands of files keep it busy for a while at first, and on a virtual
/// thread it would hold up sessions.
final class OfficeFileWatch implements FilesWatch.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OfficeFileWatch.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /// The pause is this many times as long as the last round, within its bounds: however slow the disk, the watch keeps it
    /// busy for a small part of the time.
    private static final int PAUSE_PER_ROUND = 20;

    private final Journal journal;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("office-files").factory());
    private volatile Optional<FilesWatch> watch = Optional.empty();

    OfficeFileWatch(Journal journal) {
        this.journal = journal;
    }

    void start() {
        thread.execute(this::round);
    }

    /// Watches the files of this source from now on.
    void apply(SettingsSource source) {
        watch = source instanceof FilesSource files ? Optional.of(files.watch(this)) : Optional.empty();
    }

    private void round() {
        var started = System.nanoTime();
        try {
            watch.ifPresent(FilesWatch::look);
        } catch (RuntimeException | Error bug) {
            LOG.error("reading the files of offices", bug);
        }
        var pause = Math.clamp(PAUSE_PER_ROUND * (System.nanoTime() - started), SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
        if (!thread.isShutdown()) {
            var _ = thread.schedule(this::round, pause, TimeUnit.NANOSECONDS);
        }
    }

    /// An operator says that all files are complete: reads them at once.
    ///
    /// @param timeout how long to wait for that
    /// @return those that can't be used; empty when that takes longer
    Optional<List<FileTrouble>> recheck(Duration timeout) {
        var now = watch;
        now.ifPresent(FilesWatch::settled);
        try {
            thread.submit(() -> now.ifPresent(FilesWatch::look)).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(troubles());
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException bug) {
            LOG.error("reading the files of offices", bug.getCause());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Reads the files of one office, now.
    void look(OfficeId office) {
        watch.ifPresent(files -> files.look(office));
    }

    /// An operator says that the files of one office are complete: reads them at once.
    ///
    /// @return those that can't be used
    List<FileTrouble> recheck(OfficeId office) {
        watch.ifPresent(files -> {
            files.settled(office);
            files.look(office);
        });
        return troubles().stream().filter(trouble -> trouble.office().equals(office.text())).toList();
    }

    /// As of the last round.
    List<FileTrouble> troubles() {
        return watch.map(FilesWatch::troubles).orElse(List.of());
    }

    int count() {
        return watch.map(FilesWatch::count).orElse(0);
    }

    /// Whether settings come from files, so that it journals their troubles itself.
    boolean isWatching() {
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
