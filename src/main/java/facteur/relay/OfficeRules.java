package facteur.relay;

import facteur.admin.EvictResult;
import facteur.domain.Claims;
import facteur.intake.IntakeRules;
import facteur.intake.OutboundEncoding;
import facteur.intake.RulesInForce;
import facteur.journal.Journal;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKeys;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.Roles;
import facteur.platform.clock.Clocks;
import facteur.platform.config.Problem;
import facteur.platform.database.Database;
import facteur.settings.FileTrouble;
import facteur.settings.SettingsCache;
import facteur.settings.SettingsSource;
import facteur.store.SettingsSources;
import facteur.store.StoreChange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// What letters are decided by, assembled: the source of settings, the cache before it, the watch over its files, and the
/// rules.
///
/// Thread-safe.
final class OfficeRules implements AutoCloseable {
    private final Database database;
    private final Clocks clocks;
    private final OutboundEncoding encoding;
    private final Claims claims;
    private final Journal journal;
    private final Supplier<ReturnKeys> keys;
    private final ExecutorService loaders =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("settings-", 0).factory());
    private final OfficeFileWatch watch;
    private final RulesInForce inForce;
    private volatile SettingsCache settings;

    /// @param database of the spool, where settings may be kept
    /// @param encoding that upstreams can carry
    /// @param claims of offices on domains
    /// @param keys of return addresses
    OfficeRules(Config config, Database database, Clocks clocks, OutboundEncoding encoding, Claims claims, Supplier<ReturnKeys> keys,
            Journal journal) {
        this.database = database;
        this.clocks = clocks;
        this.encoding = encoding;
        this.claims = claims;
        this.journal = journal;
        this.keys = keys;
        watch = new OfficeFileWatch(journal);
        settings = open(config);
        inForce = new RulesInForce(rules(config, settings));
    }

    private SettingsCache open(Config config) {
        var source = source(config, config.rules().roles());
        watch.apply(source);
        return new SettingsCache(
                source, config.rules().cacheTimes(), clocks.steady()::instant, loaders, new SettingsReporter(journal, watch, loaders));
    }

    private SettingsSource source(Config config, Roles roles) {
        return SettingsSources.open(config.rules().settings(), database, config.sharedAddress(), roles, clocks.wall());
    }

    private IntakeRules rules(Config config, SettingsCache cache) {
        return new IntakeRules(
                config.decider(cache, claims, encoding),
                config.rules().reversePath(),
                config.inbound().receivedFields(),
                config.rules().receivedClient(),
                config.hostname(),
                config.returns().map(returns -> new ReturnAddresses(returns.domains(), keys)),
                config.rules().duplicates());
    }

    /// Starts the watch.
    void start() {
        watch.start();
    }

    /// What offices could no longer say by another configuration, since it lacks a role of now.
    ///
    /// @param before the configuration in force
    List<Problem> unlisted(Config before, Config next) {
        var roles = next.rules().roles();
        if (roles.list().containsAll(before.rules().roles().list())) {
            return List.of();
        }
        return (before.rules().settings().equals(next.rules().settings())
                ? settings.unlisted(roles)
                : unlistedElsewhere(before, next))
                .orElse(List.of())
                .stream()
                .map(use -> new Problem(next.reading().file(), 0, "roles", "a role that is no longer listed is in use: " + use))
                .toList();
    }

    private Optional<List<Problem>> unlistedElsewhere(Config before, Config next) {
        try (var source = source(next, before.rules().roles())) {
            return source.unlisted(next.rules().roles());
        }
    }

    /// Letters from now on are decided by these. Those in progress keep theirs, and a source that was replaced is closed when
    /// the last of them is done.
    synchronized void apply(Config next, ReloadKeys keys) {
        if (keys.isOtherSource()) {
            var old = settings;
            settings = open(next);
            inForce.replace(rules(next, settings), () -> Thread.ofVirtual().name("settings-close").start(old::close));
        } else {
            inForce.replace(rules(next, settings), () -> {});
            var _ = settings.evictAll();
        }
    }

    RulesInForce inForce() {
        return inForce;
    }

    OfficeFileWatch watch() {
        return watch;
    }

    /// Through the cache that letters use.
    Lookup<OfficeSettings> office(OfficeId office) {
        return settings.office(office);
    }

    /// The cache that letters use.
    SettingsSource settings() {
        return settings;
    }

    SettingsCache.Statistics statistics() {
        return settings.statistics();
    }

    int evictAll() {
        return settings.evictAll();
    }

    /// The next letter that needs what has changed in the store has it looked up again.
    void evict(Collection<StoreChange> changes) {
        var cache = settings;
        var withAllCards = new HashSet<OfficeId>();
        for (var change : changes) {
            var _ = switch (change.subject()) {
                case StoreChange.OfSettings() -> cache.evictSettings(change.office());
                case StoreChange.OfCard(var relation) -> cache.evictCard(change.office(), relation);
                case StoreChange.OfCards() -> withAllCards.add(change.office()) ? 1 : 0;
            };
        }
        if (!withAllCards.isEmpty()) {
            var _ = cache.evictCards(withAllCards);
        }
    }

    /// The next letter of the office has its settings looked up again.
    EvictResult evict(OfficeId office) {
        var cache = settings;
        var evicted = cache.evict(office);
        var answer = cache.office(office);
        var troubles = sentences(watch.recheck(office));
        return switch (answer) {
            case Lookup.Missing<OfficeSettings> _ -> new EvictResult.NoOffice();
            case Lookup.Failed<OfficeSettings> failed when troubles.isEmpty() -> new EvictResult.Done(evicted, List.of(failed.why()));
            case Lookup.Failed<OfficeSettings> _, Lookup.Found<OfficeSettings> _ -> new EvictResult.Done(evicted, troubles);
        };
    }

    /// Reads all files of offices again.
    ///
    /// @return what is wrong with them; empty when that isn't known in time
    Optional<List<String>> recheck(Duration timeout) {
        return watch.recheck(timeout).map(OfficeRules::sentences);
    }

    private static List<String> sentences(List<FileTrouble> troubles) {
        return troubles.stream().map(FileTrouble::sentence).toList();
    }

    @Override
    public synchronized void close() {
        settings.close();
        watch.close();
        loaders.shutdownNow();
    }
}
