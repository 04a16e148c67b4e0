package facteur.relay;

import facteur.act.Acts;
import facteur.admin.AdminAccess;
import facteur.admin.AdminServer;
import facteur.admin.AdminSettings;
import facteur.admin.CertificateMeter;
import facteur.admin.DaemonControl;
import facteur.admin.DomainMeters;
import facteur.admin.EvictResult;
import facteur.admin.Health;
import facteur.admin.JvmMeters;
import facteur.admin.LogMeter;
import facteur.admin.QueueMeters;
import facteur.admin.ReceivingMeters;
import facteur.admin.ReloadResult;
import facteur.admin.SettingsMeters;
import facteur.admin.StateMeters;
import facteur.admin.Status;
import facteur.admin.UpstreamMeters;
import facteur.admin.WakeResult;
import facteur.app.AppRates;
import facteur.app.Network;
import facteur.delivery.Queues;
import facteur.delivery.SignedForm;
import facteur.domain.Claims;
import facteur.intake.Intake;
import facteur.journal.DeduplicatedJournal;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.RecentEvents;
import facteur.listener.Listener;
import facteur.listener.ListenerSettings;
import facteur.login.Authenticator;
import facteur.login.ClientNetwork;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.mail.dkim.KeyCache;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.mime.SevenBit;
import facteur.notice.DomainNotices;
import facteur.notice.NoticeWriter;
import facteur.office.OfficeId;
import facteur.platform.clock.ClockWatch;
import facteur.platform.clock.Clocks;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.HostAndPort;
import facteur.platform.log.DaemonLog;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.tls.TlsKeys;
import facteur.spool.History;
import facteur.spool.QueueCensus;
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import facteur.upstream.Upstream;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private static final int CONVERTED_IN_MEMORY_BYTES = 262_144;

    private enum Stage {
        STARTING,
        RUNNING,
        STOPPING
    }

    private final Closeables parts = new Closeables();
    private final Listeners listeners;
    private final SqlSpool spool;
    private final Queues queues;
    private final StatusReport report;
    private final LiveConfig inForce;
    private final OfficeWatch watch;
    private final ActReporter actNews;
    private final Outbound outbound;
    private final Authenticator authenticator;
    private final Journal meters;
    private final OptionalInt adminPort;
    private volatile Stage stage = Stage.STARTING;

    /// Starts everything.
    ///
    /// @param time what every part takes for now
    /// @param steady what they measure by
    /// @throws SpoolException when the state folder can't be used, or another daemon uses it
    /// @throws SQLException when the database can't be opened
    /// @throws IOException when a port can't be had
    public Daemon(Config config, InstantSource time, SteadyTime steady, Journal journal)
            throws SpoolException, SQLException, IOException {
        this(config, time, steady, journal, UnaryOperator.identity());
    }

    /// The same, for somebody who looks on at the way out.
    ///
    /// @param watched makes of the upstream one that tells what it does
    public Daemon(
            Config config, InstantSource time, SteadyTime steady, Journal journal, UnaryOperator<Upstream> watched)
            throws SpoolException, SQLException, IOException {
        this(config, time, steady, journal, watched, DatabaseWait.NONE);
    }

    /// @param patience with a database that is away
    public Daemon(
            Config config,
            InstantSource time,
            SteadyTime steady,
            Journal journal,
            UnaryOperator<Upstream> watched,
            DatabaseWait patience)
            throws SpoolException, SQLException, IOException {
        var clockWatch = new ClockWatch(time, steady);
        var clocks = new Clocks(time, steady, clockWatch);
        var registry = new PrometheusRegistry();
        var recent = new RecentEvents(journal, steady);
        meters = new DeduplicatedJournal(config.metrics().metered(recent, registry), steady);
        try {
            var folder = StateFolder.open(config.state());
            parts.add(folder::close);
            var tlsKeys = new TlsKeys(config.inbound().tls());
            var starting = new StartupControl(time, recent, tlsKeys);
            var admin = config.admin().address().isEmpty()
                    ? Optional.<AdminServer>empty()
                    : Optional.of(openAdmin(config.admin(), config.admin().address().get(), tlsKeys, folder, starting, registry));
            adminPort = admin.map(open -> OptionalInt.of(open.port())).orElse(OptionalInt.empty());
            var database = starting.open(() -> folder.open(config.spool().database()), config.spool().database()::isAway, patience, meters);
            parts.add(database::close);
            database.doubt().ifPresent(LOG::warn);
            var passed = PassedSockets.of(config.reading().environment());
            spool = SqlSpool.open(folder, database, config.spool().floorBytes(), time, meters, config.spool().database().lease());
            parts.add(spool::close);
            var historian = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("history").factory());
            parts.add(historian::shutdownNow);
            var queueIds = new QueueIds(time, new SecureRandom());
            var keys = new KeyCache(new KeyFolder(config.state()), steady, why -> meters.record(new MailEvent.KeyTrouble(why)));
            var signer = new Signer(keys, time);
            var memory = new ReceivingMemory(config.inbound().receivingBytes());
            var form = new SignedForm(new SevenBit(CONVERTED_IN_MEMORY_BYTES, memory, spool.bodyFiles()), signer);
            outbound = new Outbound(config, spool, signer, form, queueIds, meters, clocks, watched);
            queues = outbound.queues();
            var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("clock").factory());
            var _ = clock.scheduleWithFixedDelay(outbound::reap, REAP_SECONDS, REAP_SECONDS, TimeUnit.SECONDS);
            parts.add(clock::shutdownNow);
            var _ = clock.scheduleWithFixedDelay(spool::look, 1, 1, TimeUnit.SECONDS);
            var _ = clock.scheduleWithFixedDelay(new ExpiryWatch(tlsKeys, time, meters), 0, 1, TimeUnit.DAYS);
            var _ = historian.scheduleWithFixedDelay(queues::reroute, 0, 1, TimeUnit.MINUTES);
            var _ = historian.scheduleWithFixedDelay(spool::makeReserve, 1, 60, TimeUnit.SECONDS);
            var loaders = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("settings-", 0).factory());
            parts.add(loaders::shutdownNow);
            var derivations = new Derivations(new Pbkdf2());
            parts.add(derivations::close);
            authenticator = new Authenticator(
                    config.inbound().admission().accounts(), config.inbound().logins(), derivations, new SecureRandom(), steady);
            var claims = new Claims();
            claims.refresh(database);
            var rates = new AppRates(config.inbound().rates(), steady);
            List<Consumer<Config>> followers = List.of(
                    outbound::apply,
                    next -> tlsKeys.replace(next.inbound().tls()),
                    next -> authenticator.replace(next.inbound().admission().accounts(), next.inbound().logins()),
                    next -> rates.apply(next.inbound().rates()),
                    next -> memory.limit(next.inbound().receivingBytes()),
                    next -> DaemonLog.level(next.log().level()));
            watch = new OfficeWatch(meters);
            parts.add(watch::close);
            inForce = new LiveConfig(
                    config, clocks, loaders, outbound::encoding, claims, followers, this::listenOn, meters, watch);
            parts.add(inForce::close);
            actNews = new ActReporter(new Acts(database, time), () -> inForce().spool().historyKeep(), time, clockWatch, meters);
            var _ = historian.scheduleWithFixedDelay(actNews, 1, 1, TimeUnit.SECONDS);
            var history = new History(spool, () -> inForce().spool().historyKeep(), time, clockWatch, meters);
            var _ = historian.scheduleWithFixedDelay(history, 1, 1, TimeUnit.MINUTES);
            var census = new QueueCensus(spool::counts, time, steady);
            registry.register(new SettingsMeters(inForce::statistics, watch::count));
            registry.register(new CertificateMeter(tlsKeys));
            registry.register(new UpstreamMeters(outbound::hops, steady));
            registry.register(new DomainMeters(claims::counts));
            registry.register(new QueueMeters(census, time));
            registry.register(new StateMeters(new OfDaemon(), spool::freeBytes, config.spool().floorBytes()));
            registry.register(new LogMeter(DaemonLog::droppedLines));
            registry.register(new ReceivingMeters(memory));
            JvmMeters.register(registry);
            var intake = new Intake(inForce.rules(), signer, queues, queueIds, meters, time);
            listeners = new Listeners(each -> new Listener(
                    each,
                    inForce::admission,
                    authenticator,
                    rates,
                    tlsKeys,
                    intake,
                    memory,
                    spool.bodyFiles(),
                    meters,
                    passed));
            report = new StatusReport(
                    time, steady, clockWatch, listeners, outbound::hops, census, recent, watch, claims::counts, authenticator, tlsKeys);
            starting.handOver(new OfDaemon());
            // Again: what is asked of it needs what is closed after it.
            admin.ifPresent(open -> parts.add(() -> close(open, folder)));
            outbound.start();
            parts.add(outbound::close);
            var notices = new DomainNotices(inForce::office, this::noticeWriter, signer, queues, queueIds, meters, time);
            DomainWork.start(inForce, database, claims, notices, clocks, parts);
            parts.add(listeners::close);
            listeners.start(config.inbound().listeners());
            var _ = clock.scheduleWithFixedDelay(listeners::sweep, 1, 1, TimeUnit.SECONDS);
            // A thread of its own: no connection that closes slowly is in its way.
            var jumps = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("clock-jumps").factory());
            var jumped = new ClockJumps(clockWatch, steady, queues::bringForward, queues::wake, meters);
            var _ = jumps.scheduleWithFixedDelay(jumped, 1, 1, TimeUnit.SECONDS);
            parts.add(jumps::shutdownNow);
            // First of all at a stop: no app waits for an upstream then.
            parts.add(queues::letGo);
            watch.start();
            stage = Stage.RUNNING;
        } finally {
            if (stage == Stage.STARTING) {
                close();
            }
        }
    }

    /// Before anything that may take its time, and until the listeners are closed: it tells of start and stop, too.
    private AdminServer openAdmin(
            AdminSettings settings,
            HostAndPort address,
            TlsKeys tlsKeys,
            StateFolder folder,
            DaemonControl steering,
            PrometheusRegistry registry)
            throws IOException, SpoolException {
        var admin = AdminServer.start(settings, address, tlsKeys, steering, registry);
        parts.add(() -> close(admin, folder));
        folder.publish(AdminAccess.FILE, admin.access().line());
        return admin;
    }

    private static void close(AdminServer admin, StateFolder folder) {
        folder.withdraw(AdminAccess.FILE);
        admin.close();
    }

    /// What the admin port asks.
    private final class OfDaemon implements DaemonControl {
        @Override
        public Health health() {
            return new Health(unready(), DaemonLog.trouble().stream().toList(), watch.troubles(), inForce.lastReload());
        }

        @Override
        public Status status() {
            return Daemon.this.status();
        }

        @Override
        public int evictAll() {
            return inForce.evictAll();
        }

        @Override
        public EvictResult evict(OfficeId office) {
            return inForce.evict(office);
        }

        @Override
        public void acted(String operator, String command) {
            actNews.record(operator, command);
        }

        @Override
        public WakeResult wake(String upstream) {
            return outbound.wake(upstream);
        }

        @Override
        public List<String> unlock(Network network) {
            var unlocked = authenticator.unlock(network::meets).stream().map(ClientNetwork::toString).toList();
            unlocked.forEach(client -> meters.record(new MailEvent.LoginUnlocked(client)));
            return unlocked;
        }

        @Override
        public ReloadResult reload() {
            return Daemon.this.reload();
        }
    }

    private Config inForce() {
        return inForce.config();
    }

    private NoticeWriter noticeWriter() {
        var config = inForce.config();
        return new NoticeWriter(config.hostname(), config.sharedAddress(), config.outbound().reportReversePath(), config.outbound().language());
    }

    private List<String> unready() {
        var reasons = new ArrayList<String>();
        switch (stage) {
            case STARTING -> reasons.add("starting");
            case RUNNING -> {}
            case STOPPING -> reasons.add("stopping");
        }
        spool.refusal().ifPresent(reasons::add);
        return reasons;
    }

    /// How it does.
    public Status status() {
        return report.status(unready());
    }

    /// Goes through what must not stand still, and returns when each has answered: the spool, the queues, the listeners.
    ///
    /// @return which of them never will; empty when all do
    public Optional<String> ailment() {
        spool.awaitAnswer();
        if (!queues.areServed()) {
            return Optional.of("nobody looks after a queue any more");
        }
        return listeners.areServed() ? Optional.empty() : Optional.of("nobody accepts connections on a port any more");
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
    public ReloadResult reload() {
        return switch (stage) {
            case STARTING -> new ReloadResult.Kept(List.of("facteur is starting"));
            case RUNNING -> inForce.reload();
            case STOPPING -> new ReloadResult.Kept(List.of("facteur is stopping"));
        };
    }

    /// Forgets what it knows of an office: the next letter has its settings asked for anew.
    public void evict(OfficeId office) {
        var _ = inForce.evict(office);
    }

    /// Stops: letters that are being received get their reply, attempts under way their end, each within its timeout.
    @Override
    public synchronized void close() {
        stage = Stage.STOPPING;
        parts.close();
    }
}
