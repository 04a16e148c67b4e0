package facteur;

import facteur.admin.Health.LastReload;
import facteur.admin.Reloaded;
import facteur.config.Problem;
import facteur.config.Problems;
import facteur.domain.Claims;
import facteur.intake.IntakeRules;
import facteur.intake.Judge;
import facteur.intake.RulesInForce;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.listener.Admission;
import facteur.listener.ListenerSettings;
import facteur.login.Authenticator;
import facteur.policy.Policy;
import facteur.settings.Lookup;
import facteur.settings.OfficeId;
import facteur.settings.OfficeSettings;
import facteur.settings.SettingsCache;
import facteur.smtp.HeaderEncoding;
import facteur.tls.TlsKeys;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of the configuration that a running daemon takes over, and how it does: the whole file is read anew; without
/// a problem, what letters go by is swapped in one step, and with one nothing is. What else has changed waits for the next
/// start, and is named.
///
/// Thread-safe: reloads come one after another, and nobody else waits for them.
final class InForce implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InForce.class);

    /// What makes settings come from elsewhere, or be read otherwise.
    private static final Set<String> SOURCE = Set.of("settings", "shared-address");

    /// The other keys that are taken over.
    private static final Set<String> TAKEN_OVER = Set.of(
            "domains",
            "contexts",
            "apps",
            "tls",
            "delivery.reverse-path",
            "listeners",
            "limits.received-fields",
            "limits.message-size",
            "limits.header-size",
            "limits.header-fields",
            "limits.line-length",
            "limits.body-in-memory",
            "limits.recipients",
            "limits.connections",
            "limits.connections-per-client",
            "limits.letters-per-connection",
            "limits.errors",
            "limits.command-timeout",
            "limits.data-timeout",
            "limits.transaction-time",
            "limits.reply-timeout",
            "limits.handshake-timeout",
            "limits.stop-timeout");

    private final Config started;
    private final InstantSource time;
    private final Executor loaders;
    private final Function<String, HeaderEncoding> encodings;
    private final TlsKeys tlsKeys;
    private final Claims claims;
    private final Authenticator authenticator;
    private final Function<List<ListenerSettings>, List<String>> listeners;
    private final Journal journal;
    private final RulesInForce rules;
    private volatile Config config;
    private volatile SettingsCache settings;
    private volatile Optional<LastReload> lastReload = Optional.empty();
    private boolean closed;

    /// @param loaders runs what waits for a source of settings
    /// @param encodings what a header may hold that the upstreams of an office are to take
    /// @param tlsKeys get the certificate that the configuration names, read anew
    /// @param claims of offices on domains, as they are
    /// @param authenticator gets the logins
    /// @param listeners opens and closes ports; gives a sentence for each that can't be had
    InForce(
            Config config,
            InstantSource time,
            Executor loaders,
            Function<String, HeaderEncoding> encodings,
            TlsKeys tlsKeys,
            Claims claims,
            Authenticator authenticator,
            Function<List<ListenerSettings>, List<String>> listeners,
            Journal journal) {
        this.started = config;
        this.config = config;
        this.time = time;
        this.loaders = loaders;
        this.encodings = encodings;
        this.tlsKeys = tlsKeys;
        this.claims = claims;
        this.authenticator = authenticator;
        this.listeners = listeners;
        this.journal = journal;
        this.settings = open(config);
        this.rules = new RulesInForce(rules(config, settings));
    }

    private SettingsCache open(Config wanted) {
        var source = wanted.settings().open(wanted.sharedAddress(), time);
        return new SettingsCache(
                source, wanted.cacheTimes(), time, loaders, why -> journal.record(new MailEvent.SettingsTrouble(why)));
    }

    private IntakeRules rules(Config config, SettingsCache settings) {
        var policy = new Policy(config.sharedAddress(), config.domains().registry(claims), config.unknownContext());
        return new IntakeRules(new Judge(settings, policy, encodings), config.reversePath(), config.receivedFields());
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
        return config.admission();
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

    /// @return empty when the source, asked anew, says that there is no such office
    OptionalInt evict(OfficeId office) {
        var cache = settings;
        var evicted = cache.evict(office);
        return cache.office(office) instanceof Lookup.Missing ? OptionalInt.empty() : OptionalInt.of(evicted);
    }

    /// Reads the file and takes it over, or says why not.
    synchronized Reloaded reload() {
        var problems = new Problems();
        var officeProblems = new Problems();
        if (closed) {
            return new Reloaded.Kept(List.of("facteur is stopping"));
        }
        var wanted = config.again(problems, officeProblems);
        var outcome = problems.isEmpty() ? takeOver(wanted, problems, officeProblems) : new Reloaded.Kept(texts(problems.list()));
        lastReload = Optional.of(new LastReload(time.instant(), outcome));
        log(outcome);
        return outcome;
    }

    private Reloaded takeOver(Config wanted, Problems problems, Problems officeProblems) {
        officeProblems.list().forEach(problem -> LOG.error("{}; letters that need it get 451", problem));
        officeProblems.warnings().forEach(warning -> LOG.warn("{}", warning));
        var changed = config.reading().written().differing(wanted.reading().written());
        if (changed.stream().anyMatch(key -> isIn(SOURCE, key))) {
            var old = settings;
            settings = open(wanted);
            config = wanted;
            rules.replace(rules(wanted, settings), () -> Thread.ofVirtual().name("settings-close").start(old::close));
        } else {
            config = wanted;
            rules.replace(rules(wanted, settings), () -> {});
            settings.evictAll();
        }
        tlsKeys.replace(wanted.tls());
        authenticator.replace(wanted.admission().accounts());
        var atNextStart = started.reading().written().differing(wanted.reading().written()).stream()
                .filter(key -> !isIn(SOURCE, key) && !isIn(TAKEN_OVER, key))
                .toList();
        // Last: who connects to a new port is judged by the new rules.
        var troubles = listeners.apply(
                wanted.listeners().stream().map(each -> each.named(started.hostname())).toList());
        return new Reloaded.TakenOver(
                atNextStart, Stream.concat(texts(problems.warnings()).stream(), troubles.stream()).toList());
    }

    /// Whether the key is one of these, or below one.
    private static boolean isIn(Set<String> keys, String key) {
        return keys.stream().anyMatch(each -> key.equals(each) || key.startsWith(each + ".") || key.startsWith(each + "["));
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void log(Reloaded outcome) {
        var file = started.reading().file();
        switch (outcome) {
            case Reloaded.TakenOver(var atNextStart, var warnings) -> {
                LOG.info("{} is taken over", file);
                warnings.forEach(warning -> LOG.warn("{}", warning));
                if (!atNextStart.isEmpty()) {
                    LOG.warn("{} takes effect at the next start", String.join(", ", atNextStart));
                }
            }
            case Reloaded.Kept(var problems) ->
                LOG.error("{} is not taken over, the old configuration goes on: {}", file, String.join("; ", problems));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        settings.close();
    }
}
