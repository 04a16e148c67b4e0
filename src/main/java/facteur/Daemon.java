package facteur;

import facteur.admin.AdminAccess;
import facteur.admin.AdminServer;
import facteur.admin.CertificateMeter;
import facteur.admin.DomainMeters;
import facteur.admin.Health;
import facteur.admin.Reloaded;
import facteur.admin.SettingsMeters;
import facteur.admin.Steering;
import facteur.admin.UpstreamMeters;
import facteur.bounce.DsnWriter;
import facteur.config.HostAndPort;
import facteur.database.Database;
import facteur.delivery.Queues;
import facteur.delivery.Reporter;
import facteur.delivery.Verdicts;
import facteur.dkim.KeyCache;
import facteur.dkim.KeyFolder;
import facteur.dkim.Signer;
import facteur.dns.CachedDns;
import facteur.domain.Claims;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.domain.DomainWatch;
import facteur.intake.Intake;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.Meters;
import facteur.listener.AppRates;
import facteur.listener.Listener;
import facteur.listener.ListenerSettings;
import facteur.login.Authenticator;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.message.ReceivingMemory;
import facteur.notice.DomainNotices;
import facteur.settings.OfficeId;
import facteur.spool.History;
import facteur.spool.QueueIds;
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import facteur.tls.ExpiryWatch;
import facteur.tls.TlsKeys;
import facteur.upstream.Jitter;
import facteur.upstream.Upstream;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The relay, assembled: the one place that says `new`. Parts are started from the spool outwards and stopped the other
/// way round: first no new letters, then no new attempts, then the disk.
///
/// Thread-safe.
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private static final int REAP_SECONDS = 5;

    /// A part that has something to close.
    @FunctionalInterface
    private interface Part {
        void close() throws SQLException;
    }

    private enum Stage {
        STARTING,
        RUNNING,
        STOPPING
    }

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Listeners listeners;
    private final SqlSpool spool;
    private final InForce inForce;
    private final OptionalInt adminPort;
    private volatile Stage stage = Stage.STARTING;

    /// Starts everything.
    ///
    /// @param time what every part takes for now
    /// @throws SpoolException when the state folder can't be used, or another daemon uses it
    /// @throws SQLException when the database can't be opened
    /// @throws IOException when a port can't be had
    public Daemon(Config config, InstantSource time, Journal journal) throws SpoolException, SQLException, IOException {
        this(config, time, journal, UnaryOperator.identity());
    }

    /// The same, for somebody who looks on at the way out.
    ///
    /// @param watched makes of the upstream one that tells what it does
    public Daemon(Config config, InstantSource time, Journal journal, UnaryOperator<Upstream> watched)
            throws SpoolException, SQLException, IOException {
        var registry = new PrometheusRegistry();
        var meters = new Meters(journal, registry);
        try {
            var folder = StateFolder.open(config.state());
            parts.push(folder::close);
            var database = config.database().open();
            parts.push(database::close);
            database.doubt().ifPresent(LOG::warn);
            spool = SqlSpool.open(folder, database, config.floorBytes(), time, meters);
            parts.push(spool::close);
            var historian = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("history").factory());
            var _ = historian.scheduleWithFixedDelay(
                    new History(spool, config.historyKeep(), time, meters), 1, 1, TimeUnit.MINUTES);
            parts.push(historian::shutdownNow);
            var jitter = Jitter.of(new SecureRandom());
            var routes = config.routes().open(jitter, meters, time, new SecureRandom(), watched);
            parts.push(routes::close);
            var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("clock").factory());
            var _ = clock.scheduleWithFixedDelay(routes::reap, REAP_SECONDS, REAP_SECONDS, TimeUnit.SECONDS);
            parts.push(clock::shutdownNow);
            var tlsKeys = new TlsKeys(config.tls());
            var _ = clock.scheduleWithFixedDelay(new ExpiryWatch(tlsKeys, time, meters), 0, 1, TimeUnit.DAYS);
            var queueIds = new QueueIds(time, new SecureRandom());
            var keys = new KeyCache(new KeyFolder(config.state()), time, why -> meters.record(new MailEvent.KeyTrouble(why)));
            var signer = new Signer(keys, time);
            var dsnWriter = new DsnWriter(config.hostname(), config.sharedAddress().asciiDomain(), config.language());
            var reporter = new Reporter(dsnWriter, signer, queueIds);
            var verdicts = new Verdicts(config.retry(), jitter, reporter, time);
            var queues = new Queues(
                    spool, routes.routes(), verdicts, queueIds, meters, time, config.delivery(), config.acceptance());
            var _ = historian.scheduleWithFixedDelay(queues::reroute, 0, 1, TimeUnit.MINUTES);
            var loaders = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("settings-", 0).factory());
            parts.push(loaders::shutdownNow);
            var derivations = new Derivations(new Pbkdf2());
            parts.push(derivations::close);
            var authenticator = new Authenticator(
                    config.admission().accounts(), config.logins(), derivations, new SecureRandom(), time);
            var claims = new Claims();
            claims.refresh(database);
            inForce = new InForce(
                    config, time, loaders, routes.routes()::encoding, tlsKeys, claims, authenticator, this::listenOn, meters);
            parts.push(inForce::close);
            registry.register(new SettingsMeters(inForce::statistics));
            registry.register(new CertificateMeter(tlsKeys));
            registry.register(new UpstreamMeters(routes.upstreams()));
            registry.register(new DomainMeters(claims::counts));
            var intake = new Intake(inForce.rules(), signer, queues, queueIds, meters, time, config.hostname());
            var memory = new ReceivingMemory(config.receivingBytes());
            var rates = new AppRates(config.rates(), time);
            listeners = new Listeners(each -> new Listener(
                    each,
                    inForce::admission,
                    authenticator,
                    rates,
                    tlsKeys,
                    intake,
                    memory,
                    spool.bodyFiles(),
                    meters));
            adminPort = config.admin().address().isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(openAdmin(config.admin().address().get(), folder, registry));
            queues.start();
            parts.push(queues::close);
            // Before the queues wait for their attempts: those that only wait for their turn needn't.
            parts.push(routes::close);
            var notices = new DomainNotices(
                    inForce::office, config.hostname(), config.sharedAddress(), config.language(), signer, queues, queueIds, meters, time);
            watchDomains(config, database, claims, notices, time);
            parts.push(listeners::close);
            listeners.start(config.listeners());
            var _ = clock.scheduleWithFixedDelay(listeners::sweep, 1, 1, TimeUnit.SECONDS);
            // First of all at a stop: no app waits for an upstream then.
            parts.push(queues::letGo);
            stage = Stage.RUNNING;
        } finally {
            if (stage == Stage.STARTING) {
                close();
            }
        }
    }

    /// Two threads: what another process has done is seen while checks wait for the DNS.
    private void watchDomains(
            Config config, Database database, Claims claims, DomainNotices notices, InstantSource time) {
        var checks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("domain-", 0).factory());
        parts.push(checks::shutdownNow);
        var keys = new KeyFolder(config.state());
        Function<DomainSettings, DomainDesk> desks = settings -> new DomainDesk(
                database,
                keys,
                new DomainCheck(new CachedDns(settings.dns().open(), time)),
                settings.lifecycle(),
                config.retry().expireAfter(),
                time,
                new SecureRandom());
        var watch = new DomainWatch(database, claims, inForce::domains, desks, checks, notices);
        for (var task : List.<Runnable>of(watch, () -> refresh(claims, database))) {
            var thread = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("domains").factory());
            var _ = thread.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS);
            parts.push(thread::shutdownNow);
        }
    }

    private static void refresh(Claims claims, Database database) {
        try {
            claims.refresh(database);
        } catch (SQLException failure) {
            LOG.debug("domains are as they were: {}", failure.getMessage());
        }
    }

    /// Before the listeners are, and until they are closed: it tells of start and stop, too.
    private int openAdmin(HostAndPort address, StateFolder folder, PrometheusRegistry registry)
            throws IOException, SpoolException {
        var admin = AdminServer.start(address, new OfDaemon(), registry);
        parts.push(admin::close);
        folder.publish(AdminAccess.FILE, admin.access().line());
        parts.push(() -> folder.withdraw(AdminAccess.FILE));
        return admin.port();
    }

    /// What the admin port asks.
    private final class OfDaemon implements Steering {
        @Override
        public Health health() {
            var reasons = new ArrayList<String>();
            switch (stage) {
                case STARTING -> reasons.add("starting");
                case RUNNING -> {}
                case STOPPING -> reasons.add("stopping");
            }
            spool.refusal().ifPresent(reasons::add);
            return new Health(reasons, inForce.lastReload());
        }

        @Override
        public int evictAll() {
            return inForce.evictAll();
        }

        @Override
        public OptionalInt evict(OfficeId office) {
            return inForce.evict(office);
        }

        @Override
        public Reloaded reload() {
            return inForce.reload();
        }
    }

    private List<String> listenOn(List<ListenerSettings> wanted) {
        return listeners.replace(wanted);
    }

    /// Of each listener, in the order of the configuration; those that a reload opened come last.
    public List<Integer> ports() {
        return listeners.ports();
    }

    /// Of the admin server; empty when it is off.
    public OptionalInt adminPort() {
        return adminPort;
    }

    /// Reads the configuration's file anew, and takes over what can be without a restart; or keeps the old one and says
    /// why. No connection is dropped, unless its listener has changed.
    public Reloaded reload() {
        return inForce.reload();
    }

    /// Forgets what it knows of an office: the next letter has its settings asked for anew.
    public void evict(OfficeId office) {
        inForce.evict(office);
    }

    /// Stops: letters that are being received get their reply, attempts under way their end, each within its timeout.
    @Override
    public synchronized void close() {
        stage = Stage.STOPPING;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (SQLException | RuntimeException e) {
                // The other parts are still to be closed.
                LOG.error("stopping", e);
            }
        }
    }
}
