package facteur.relay;

import facteur.access.Tokens;
import facteur.act.Acts;
import facteur.admin.CertificateMeter;
import facteur.admin.DomainMeters;
import facteur.admin.JvmMeters;
import facteur.admin.LogMeter;
import facteur.admin.QueueMeters;
import facteur.admin.ReceivingMeters;
import facteur.admin.ReloadResult;
import facteur.admin.SettingsMeters;
import facteur.admin.StateMeters;
import facteur.admin.Status;
import facteur.admin.UpstreamMeters;
import facteur.delivery.SignedForm;
import facteur.domain.Claims;
import facteur.intake.Intake;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.dkim.KeyCache;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.mime.SevenBit;
import facteur.notice.ChangeNotices;
import facteur.notice.DomainNotices;
import facteur.office.OfficeId;
import facteur.platform.clock.PollInterval;
import facteur.platform.clock.SteadyTime;
import facteur.platform.log.DaemonLog;
import facteur.platform.systemd.PassedSockets;
import facteur.returns.WhoAnswers;
import facteur.settings.SourceSettings;
import facteur.spool.BadAddressCleaner;
import facteur.spool.HistoryCleaner;
import facteur.spool.LetterKeyCleaner;
import facteur.spool.QueueCensus;
import facteur.spool.ReturnKeyRing;
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.UntoldReturns;
import facteur.store.Store;
import facteur.store.ToldVersions;
import facteur.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/// The relay, assembled. The constructor connects the parts, from the spool outwards; [#start()] sets them to work; what is
/// closed, and in which order, [Shutdown] says.
///
/// Thread-safe.
public final class Daemon implements AutoCloseable {
    private static final int CONVERTED_IN_MEMORY_BYTES = 262_144;

    /// Of the room below which no letter is accepted, how much there must be for a change of settings: letters outlive them.
    private static final int SETTINGS_ROOM = 2;

    private final StartupParts base;
    private final Readiness readiness;
    private final SqlSpool spool;
    private final Outbound outbound;
    private final OfficeRules rules;
    private final ReturnKeyRing returnKeys;
    private final ReturnParts returns;
    private final StoredSettings stored;
    private final Inbound inbound;
    private final DomainChecks domains;
    private final ChangeNotices changes;
    private final OwnLetters letters;
    private final ActReporter acts;

    /// None where nothing listens for them.
    private final Optional<Tokens> tokens;

    private final CurrentConfig current;
    private final Claims claims = new Claims();
    private Optional<ConsolePort> console = Optional.empty();

    private final HistoryCleaner history;
    private final RunningControl control;

    /// Starts a relay.
    ///
    /// @param time the date, for every part
    /// @param steady what every part measures by
    /// @param log gets the events
    /// @throws SpoolException when the state folder can't be used, or another daemon uses it
    /// @throws SQLException when the database can't be opened
    /// @throws IOException when a port can't be opened
    public static Daemon start(Config config, InstantSource time, SteadyTime steady, Journal log)
            throws SpoolException, SQLException, IOException {
        return start(config, time, steady, log, UnaryOperator.identity(), DatabaseWait.NONE);
    }

    /// As above, with an observer around each upstream, and with patience for the database.
    public static Daemon start(
            Config config, InstantSource time, SteadyTime steady, Journal log, UnaryOperator<Upstream> observe, DatabaseWait patience)
            throws SpoolException, SQLException, IOException {
        var shutdown = new Shutdown();
        var isStarted = false;
        try {
            var daemon = new Daemon(StartupParts.open(config, time, steady, log, patience, shutdown), observe);
            daemon.start();
            isStarted = true;
            return daemon;
        } finally {
            if (!isStarted) {
                shutdown.close();
            }
        }
    }

    private Daemon(StartupParts base, UnaryOperator<Upstream> observe) throws SpoolException, SQLException, IOException {
        this.base = base;
        var config = base.config();
        var clocks = base.clocks();
        var wall = clocks.wall();
        var journal = base.journal();
        var shutdown = base.shutdown();
        current = new CurrentConfig(config);
        var passed = PassedSockets.of(config.reading().environment());
        spool = SqlSpool.open(base.folder(), base.database(), config.spool().floorBytes(), wall, journal, config.spool().database().lease());
        shutdown.at(Shutdown.Step.SPOOL, spool::close);
        readiness = new Readiness(spool);
        var queueIds = new QueueIds(wall, new SecureRandom());
        var keys = new KeyCache(new KeyFolder(config.state()), clocks.steady(), why -> journal.record(new MailEvent.KeyTrouble(why)));
        var signer = new Signer(keys, wall);
        var memory = new ReceivingMemory(config.inbound().receivingBytes());
        var form = new SignedForm(new SevenBit(CONVERTED_IN_MEMORY_BYTES, memory, spool.bodyFiles()), signer);
        returnKeys = ReturnKeyRing.open(base.database(), () -> current.get().spool().historyKeep(), wall, new SecureRandom());
        outbound = new Outbound(config, spool, signer, form, queueIds, journal, clocks, returnKeys::keys, observe);
        claims.refresh(base.database());
        rules = new OfficeRules(config, base.database(), clocks, outbound::encoding, claims, returnKeys::keys, journal);
        shutdown.at(Shutdown.Step.RULES, rules::close);
        var room = SETTINGS_ROOM * config.spool().floorBytes();
        stored = new StoredSettings(current, base.database(), claims, rules, () -> spool.freeBytes() >= room, clocks, journal);
        returns = new ReturnParts(base, current, spool, rules, outbound.queues(), queueIds, returnKeys, keys);
        var intake = new Intake(rules.inForce(), signer, outbound.queues(), queueIds, returns.knownBad(), journal, wall);
        inbound = new Inbound(current, intake, returns.door(), base.tlsKeys(), memory, spool.bodyFiles(), passed, journal, clocks.steady());
        shutdown.at(Shutdown.Step.INBOUND, inbound::close);
        letters = new OwnLetters(current, signer, outbound.queues()::enqueue, queueIds, wall);
        var notices = new DomainNotices(
                rules::office, letters::aboutDomains, signer, outbound.queues(), queueIds, journal, wall);
        domains = new DomainChecks(current, base.database(), claims, notices, clocks);
        changes = new ChangeNotices(
                new ToldVersions(base.database()),
                () -> current.get().rules().settings() instanceof SourceSettings.InStore,
                letters::aboutChanges,
                signer,
                outbound.queues()::enqueue,
                queueIds,
                wall);
        shutdown.at(Shutdown.Step.DOMAINS, domains::close);
        var live = new Reloader(current, outbound, rules, inbound, journal, wall);
        shutdown.at(Shutdown.Step.RELOADS, live::close);
        acts = new ActReporter(new Acts(base.database(), wall), () -> current.get().spool().historyKeep(), wall, clocks.trust(), journal);
        tokens = config.console().address().map(_ -> new Tokens(base.database(), wall, new SecureRandom()));
        history = new HistoryCleaner(spool, () -> current.get().letterKeep(), wall, clocks.trust(), journal);
        var census = new QueueCensus(spool::counts, wall, clocks.steady());
        var report = new StatusReport(
                clocks, base.clockWatch(), inbound, outbound, rules.watch(), census, base.journals().recent(), claims, base.tlsKeys());
        control = new RunningControl(readiness, report, live, rules, outbound, inbound, acts);
        registerMeters(census, memory);
    }

    private void registerMeters(QueueCensus census, ReceivingMemory memory) {
        var registry = base.registry();
        registry.register(new SettingsMeters(rules::statistics, rules.watch()::count));
        registry.register(new CertificateMeter(base.tlsKeys()));
        registry.register(new UpstreamMeters(outbound::hops, base.clocks().steady()));
        registry.register(new DomainMeters(claims::counts));
        registry.register(new QueueMeters(census, base.clocks().wall()));
        registry.register(new StateMeters(base.control(), spool::freeBytes, base.config().spool().floorBytes()));
        registry.register(new LogMeter(DaemonLog::droppedLines));
        registry.register(new ReceivingMeters(memory));
        JvmMeters.register(registry);
    }

    /// From the spool outwards: what accepts letters starts when all that they need has.
    private void start() throws IOException {
        var shutdown = base.shutdown();
        base.control().handOver(control);
        outbound.start();
        shutdown.at(Shutdown.Step.OUTBOUND, outbound::close);
        domains.start();
        inbound.start(base.config().inbound().listeners());
        startDuties();
        shutdown.at(Shutdown.Step.WAITING_APPS, outbound.queues()::releaseApps);
        rules.start();
        openConsole();
        readiness.become(Readiness.Stage.RUNNING);
    }

    private void openConsole() throws IOException {
        if (tokens.isPresent()) {
            var apiRules = new ApiRules(current, rules::settings, claims, outbound::encoding, base.database(), base.clocks());
            var opened = ConsolePort.open(
                    base, current, new ConsoleParts(base, current, stored.store(), tokens.get(), apiRules, control, letters));
            base.shutdown().at(Shutdown.Step.CONSOLE, opened::close);
            console = Optional.of(opened);
        }
    }

    private void startDuties() {
        var second = Duration.ofSeconds(1);
        var minute = Duration.ofMinutes(1);
        var clocks = base.clocks();
        var queues = outbound.queues();
        var duties = new PeriodicTasks();
        base.shutdown().at(Shutdown.Step.DUTIES, duties::close);
        duties.repeat("slow-readers", second, second, inbound::sweep);
        duties.repeat("idle-upstreams", Duration.ofSeconds(5), Duration.ofSeconds(5), outbound::reap);
        duties.repeat("removed-routes", Duration.ZERO, minute, queues::reroute);
        duties.repeat("clock-jumps", second, second,
                new ClockJumps(base.clockWatch(), clocks.steady(), queues::bringForward, queues::wake, base.journal()));
        duties.repeat("operator-acts", second, PollInterval.of(second), acts);
        tokens.ifPresent(known -> {
            var reporter = new TokenReporter(known, clocks.steady()::instant, base.journal());
            base.shutdown().at(Shutdown.Step.DUTIES, reporter::writeUses);
            duties.repeat("tokens", second, PollInterval.of(second), reporter);
            duties.repeat("persons", second, PollInterval.of(second), PersonReporter.of(base, current));
        });
        duties.repeat("history", minute, minute, history);
        duties.repeat("letter-keys", minute, minute, new LetterKeyCleaner(spool, () -> current.get().rules().known(), clocks.wall(), clocks.trust()));
        duties.repeat("bad-address-ends", minute, minute,
                new BadAddressCleaner(spool, () -> current.get().letterKeep(), clocks.wall(), clocks.trust()));
        returns.start(duties);
        duties.repeat("change-notices", second, PollInterval.of(Duration.ofSeconds(2)), changes);
        duties.repeat("return-notices", second, PollInterval.of(second), letters.aboutReturns(
                new UntoldReturns(base.database()), rules::office, new LateReaders(new WhoAnswers(rules.inForce()), clocks.wall()), returnKeys::keys,
                base.journal()));
        stored.start(duties);
        duties.repeat("spool-in-place", second, second, spool::look);
        duties.repeat("disk-reserve", second, minute, spool::makeReserve);
        duties.repeat("certificate-expiry", Duration.ZERO, Duration.ofDays(1),
                new CertificateExpiryWatch(base.tlsKeys(), clocks.wall(), base.journal()));
    }

    public Status status() {
        return control.status();
    }

    /// Forgets which letters it had: what an app hands over from here on is new. For tests.
    public void forgetNames() throws SpoolException {
        spool.forgetNames();
    }

    /// Blocks until the spool, every queue and every listener has responded.
    ///
    /// @return what never will; empty when all do
    public Optional<String> deadPart() {
        spool.awaitAnswer();
        if (!outbound.queues().areServed()) {
            return Optional.of("a queue runner has died");
        }
        return inbound.isServed() ? Optional.empty() : Optional.of("a listener has stopped accepting connections");
    }

    /// Of each listener, in the order of the configuration; those that a reload opened come last.
    public List<Integer> ports() {
        return inbound.ports();
    }

    /// Empty when the admin port is off.
    public OptionalInt adminPort() {
        return base.adminPort();
    }

    /// Empty when the console and the API are off.
    public OptionalInt consolePort() {
        return console.map(opened -> OptionalInt.of(opened.port())).orElse(OptionalInt.empty());
    }

    /// A new link for the first operator of the console; empty when there is one.
    public Optional<URI> firstLink() {
        return console.flatMap(ConsolePort::firstLink);
    }

    /// Settings that facteur itself keeps.
    public Store store() {
        return stored.store();
    }

    /// Reads the configuration's file again, and applies what needs no restart; or keeps the old one and says why. No
    /// connection is dropped, unless its listener has changed.
    public ReloadResult reload() {
        return control.reload();
    }

    /// The next letter of the office has its settings looked up again.
    public void evict(OfficeId office) {
        var _ = rules.evict(office);
    }

    /// Stops: letters that are being received get their reply, attempts in progress end, each within its timeout.
    @Override
    public synchronized void close() {
        readiness.become(Readiness.Stage.STOPPING);
        base.shutdown().close();
    }
}
