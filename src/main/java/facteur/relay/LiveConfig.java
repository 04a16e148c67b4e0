package facteur.relay;

import facteur.admin.EvictResult;
import facteur.admin.Health.LastReload;
import facteur.admin.ReloadResult;
import facteur.app.Admission;
import facteur.domain.Claims;
import facteur.intake.IntakeRules;
import facteur.intake.OutboundEncoding;
import facteur.intake.RulesInForce;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.listener.ListenerSettings;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.clock.Clocks;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.settings.FileTrouble;
import facteur.settings.SettingsCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of the configuration that a running daemon takes over, and how it does: the whole file is read anew; without
/// a problem, what letters go by is swapped in one step, and with one nothing is. What else has changed waits for the next
/// start, and is named.
///
/// Thread-safe: reloads come one after another, and nobody else waits for them.
final class LiveConfig implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

    /// Of keys or problems, that a line of the journal names.
    private static final int NAMED = 20;

    /// How long a reload waits for a look at the files of offices. An admin port gives its answer within a minute.
    private static final Duration LOOKING = Duration.ofSeconds(20);

    private final Config started;
    private final Clocks clocks;
    private final Executor loaders;
    private final OutboundEncoding encoding;
    private final Claims claims;
    private final List<Consumer<Config>> followers;
    private final Function<List<ListenerSettings>, List<String>> listeners;
    private final Journal journal;
    private final OfficeWatch watch;
    private final RulesInForce rules;
    private volatile Config config;
    private volatile SettingsCache settings;
    private volatile Optional<LastReload> lastReload = Optional.empty();
    private boolean closed;

    /// @param loaders runs what waits for a source of settings
    /// @param encoding that upstreams can carry
    /// @param claims of offices on domains, as they are
    /// @param followers take over a configuration, in this order; they can't fail
    /// @param listeners opens and closes ports; gives a sentence for each that can't be had
    /// @param watch follows the source of settings
    LiveConfig(
            Config config,
            Clocks clocks,
            Executor loaders,
            OutboundEncoding encoding,
            Claims claims,
            List<Consumer<Config>> followers,
            Function<List<ListenerSettings>, List<String>> listeners,
            Journal journal,
            OfficeWatch watch) {
        this.started = config;
        this.config = config;
        this.clocks = clocks;
        this.loaders = loaders;
        this.encoding = encoding;
        this.claims = claims;
        this.followers = List.copyOf(followers);
        this.listeners = listeners;
        this.journal = journal;
        this.watch = watch;
        this.settings = open(config);
        this.rules = new RulesInForce(rules(config, settings));
    }

    private SettingsCache open(Config wanted) {
        var source = wanted.rules().settings().open(wanted.sharedAddress(), clocks.wall());
        watch.apply(source);
        return new SettingsCache(source, wanted.rules().cacheTimes(), clocks.steady()::instant, loaders, new SettingsReporter(journal, watch, loaders));
    }

    private IntakeRules rules(Config config, SettingsCache settings) {
        return new IntakeRules(
                config.decider(settings, claims, encoding),
                config.rules().reversePath(),
                config.inbound().receivedFields(),
                config.rules().receivedClient(),
                config.hostname());
    }

    RulesInForce rules() {
        return rules;
    }

    /// What was read last without a problem. Of keys that wait for the next start it says what will be.
    Config config() {
        return config;
    }

    /// Through the cache that letters use.
    Lookup<OfficeSettings> office(OfficeId office) {
        return settings.office(office);
    }

    Admission admission() {
        return config.inbound().admission();
    }

    SettingsCache.Statistics statistics() {
        return settings.statistics();
    }

    Optional<LastReload> lastReload() {
        return lastReload;
    }

    int evictAll() {
        return settings.evictAll();
    }

    EvictResult evict(OfficeId office) {
        var cache = settings;
        var evicted = cache.evict(office);
        var answer = cache.office(office);
        var troubles = watch.settled(office).stream().map(FileTrouble::sentence).toList();
        return switch (answer) {
            case Lookup.Missing<OfficeSettings> _ -> new EvictResult.NoOffice();
            case Lookup.Failed<OfficeSettings> failed when troubles.isEmpty() -> new EvictResult.Done(evicted, List.of(failed.why()));
            case Lookup.Failed<OfficeSettings> _, Lookup.Found<OfficeSettings> _ -> new EvictResult.Done(evicted, troubles);
        };
    }

    /// Reads the file and takes it over, or says why not.
    synchronized ReloadResult reload() {
        var problems = new Problems();
        if (closed) {
            return new ReloadResult.Kept(List.of("facteur is stopping"));
        }
        var wanted = config.again(problems);
        var outcome = problems.isEmpty() ? takeOver(wanted, problems) : new ReloadResult.Kept(texts(problems.list()));
        var now = clocks.wall().instant();
        lastReload = Optional.of(lastReload.map(last -> last.then(now, outcome)).orElseGet(() -> new LastReload(now, outcome, now)));
        tell(outcome);
        return outcome;
    }

    private ReloadResult takeOver(Config wanted, Problems problems) {
        var keys = ReloadKeys.of(started, config, wanted);
        // What comes after the intake first: a letter that is taken by the new rules goes on by them.
        followers.forEach(follower -> follower.accept(wanted));
        config = wanted;
        if (keys.isOtherSource()) {
            var old = settings;
            settings = open(wanted);
            rules.replace(rules(wanted, settings), () -> Thread.ofVirtual().name("settings-close").start(old::close));
        } else {
            rules.replace(rules(wanted, settings), () -> {});
            settings.evictAll();
        }
        // Last: who connects to a new port is judged by the new rules.
        var troubles = listeners.apply(wanted.inbound().listeners());
        OfficeLint.start(wanted);
        var files = watch.settled(LOOKING);
        return new ReloadResult.TakenOver(
                keys.changed(),
                keys.atNextStart(),
                Stream.of(
                                texts(problems.warnings()),
                                troubles,
                                files.isEmpty() ? List.of("the files of offices are still being read: `facteur status` will tell") : List.<String>of())
                        .flatMap(List::stream)
                        .toList(),
                files.orElse(List.of()).stream().map(FileTrouble::sentence).toList());
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void tell(ReloadResult outcome) {
        journal.record(switch (outcome) {
            case ReloadResult.TakenOver(var changed, var atNextStart, var warnings, var troubles) -> {
                warnings.forEach(warning -> LOG.warn("{}", warning));
                named(troubles).forEach(trouble -> LOG.warn("{}", trouble));
                yield new MailEvent.Reloaded(named(changed), named(atNextStart));
            }
            case ReloadResult.Kept(var problems) -> new MailEvent.ReloadRefused(named(problems));
        });
    }

    private static List<String> named(List<String> all) {
        return all.size() <= NAMED
                ? all
                : Stream.concat(all.stream().limit(NAMED), Stream.of("and " + (all.size() - NAMED) + " more")).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        settings.close();
    }
}
