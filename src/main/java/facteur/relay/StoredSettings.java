package facteur.relay;

import facteur.domain.Claims;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.Clocks;
import facteur.platform.clock.PollInterval;
import facteur.platform.database.Database;
import facteur.platform.database.Dialect;
import facteur.settings.OfficeReader;
import facteur.settings.SourceSettings;
import facteur.store.FeedWatch;
import facteur.store.Saved;
import facteur.store.Store;
import facteur.store.StoreChange;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The store in a daemon. What this process changes in it counts before the change is answered; what others change is seen half
/// a second later.
///
/// Thread-safe.
final class StoredSettings {
    /// With the time that a change takes, and that a letter's lookup does, well below the promised second.
    private static final Duration POLL = Duration.ofMillis(500);

    private final CurrentConfig current;
    private final Clocks clocks;
    private final Store store;
    private final FeedWatch watch;

    /// @param claims of offices on domains
    /// @param rules with the cache that letters use
    /// @param hasRoom whether the disk of the state folder has more room than letters need
    StoredSettings(
            CurrentConfig current,
            Database database,
            Claims claims,
            OfficeRules rules,
            BooleanSupplier hasRoom,
            Clocks clocks,
            Journal journal) {
        this.current = current;
        this.clocks = clocks;
        store = new Store(
                database,
                () -> new OfficeReader(current.get().sharedAddress(), current.get().rules().roles()),
                () -> current.get().rules().roles(),
                () -> current.get().knownDomains(Optional.of(claims)),
                clocks.wall());
        // A database on a server has a disk of its own.
        store.whileThereIs(() -> database.dialect() == Dialect.POSTGRESQL || hasRoom.getAsBoolean());
        store.onChange(change -> rules.evict(List.of(change)));
        store.onSaved(saved -> journal.record(event(saved)));
        watch = store.watch(new FeedWatch.Cache() {
            @Override
            public void evict(List<StoreChange> changes) {
                rules.evict(changes);
            }

            @Override
            public void evictAll() {
                var _ = rules.evictAll();
            }
        });
    }

    private static MailEvent event(Saved saved) {
        var version = saved.version();
        var author = version.author();
        return new MailEvent.SettingsSaved(
                saved.office().text(),
                version.number(),
                version.kind().word(),
                version.cards(),
                author.via().word(),
                author.actor(),
                author.behalf(),
                author.peer());
    }

    /// For API and console; it works whether or not letters use it.
    Store store() {
        return store;
    }

    void start(PeriodicTasks duties) {
        try {
            store.recover();
        } catch (SQLException away) {
            // Then nothing of it keeps a request out either, for long.
        }
        var pause = PollInterval.of(POLL);
        duties.repeat("settings-feed", Duration.ZERO, pause, this::follow);
        var hour = Duration.ofHours(1);
        var cleaner = store.cleaner(() -> kept(current.get()).orElse(SourceSettings.InStore.KEEP), clocks.trust());
        duties.repeat("old-settings", Duration.ofMinutes(1), hour, cleaner);
    }

    /// With another source there is nothing to follow. News that come meanwhile are caught up with when it is the source again.
    private void follow() {
        if (kept(current.get()).isPresent()) {
            watch.run();
        }
    }

    /// How long versions are kept; empty when letters don't use the store.
    private static Optional<Duration> kept(Config config) {
        return config.rules().settings() instanceof SourceSettings.InStore(var keep) ? Optional.of(keep) : Optional.empty();
    }
}
