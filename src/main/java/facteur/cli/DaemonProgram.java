package facteur.cli;

import facteur.act.Acts;
import facteur.act.Operator;
import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.domain.Claims;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.intake.ControlFields;
import facteur.intake.DecisionResult;
import facteur.intake.OutboundEncoding;
import facteur.journal.LoggedJournal;
import facteur.listener.ListenerSettings;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.smtp.Parsed;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.clock.ClockTrust;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.disk.Descriptors;
import facteur.platform.failure.Reason;
import facteur.platform.log.DaemonLog;
import facteur.platform.log.LineFormat;
import facteur.platform.log.VeilKey;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.systemd.ServiceManager;
import facteur.platform.tls.KeyMaterial;
import facteur.policy.Decision;
import facteur.policy.Warnings;
import facteur.relay.SystemdDatabaseWait;
import facteur.relay.Config;
import facteur.relay.Daemon;
import facteur.relay.OpenFilesNeeded;
import facteur.relay.HangUp;
import facteur.relay.OfficeLint;
import facteur.relay.Pulse;
import facteur.relay.Welcome;
import facteur.route.RankedUpstream;
import facteur.settings.SettingsSource;
import facteur.spool.QueueDesk;
import facteur.spool.Reserve;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program behind the verbs: reads the real configuration, runs the real daemon.
public final class DaemonProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonProgram.class);
    private static final InstantSource TIME = InstantSource.system();

    private final OwnersRights rights = new OwnersRights();
    private final List<String> words;

    /// @param words of the command line, for the record of what it changes
    public DaemonProgram(String... words) {
        this.words = List.of(words);
    }

    @Override
    public Problems check(Path config) {
        var problems = new Problems();
        var read = Config.read(config, problems, System::getenv);
        new CheckedOffices(read, problems).read();
        OwnersView.look(read, problems);
        return problems;
    }

    @Override
    public ExitCode run(Path file, PrintWriter out, PrintWriter err) {
        if (!rights.assumeFor(file, err)) {
            return ExitCode.NO_PERMISSION;
        }
        var problems = new Problems();
        var config = Config.read(file, problems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            return ExitCode.CONFIG;
        }
        var passed = troubles(config.inbound().listeners());
        if (!passed.isEmpty()) {
            passed.forEach(trouble -> err.println("facteur: " + trouble));
            return ExitCode.CONFIG;
        }
        try {
            DaemonLog.open(config.log(), VeilKey.veil(config.log().addresses(), config.state()));
        } catch (IOException e) {
            err.println("facteur: " + Reason.of(e));
            return ExitCode.CANNOT_CREATE;
        }
        problems.warnings().forEach(warning -> LOG.warn("{}", warning));
        OpenFilesNeeded.of(config).warning(Descriptors.limit()).ifPresent(LOG::warn);
        var manager = ServiceManager.of(System::getenv);
        var started = new CompletableFuture<Daemon>();
        // A signal that comes before the start is done waits for it.
        HangUp.handle(() -> reload(started.join(), manager));
        try (var daemon = Daemon.start(
                config, TIME, SteadyTime.system(), new LoggedJournal(), UnaryOperator.identity(), new SystemdDatabaseWait(manager))) {
            started.complete(daemon);
            // Between lines, not into one.
            DaemonLog.flush();
            // Among lines of JSON it would be none.
            var welcome = config.log().format() == LineFormat.JSON ? err : out;
            welcome.print(Welcome.text(version(), config, daemon.ports()));
            welcome.flush();
            manager.ready();
            OfficeLint.start(config);
            try (var _ = Pulse.start(manager, daemon::deadPart, () -> daemon.status().line())) {
                awaitSignal(daemon, manager);
            }
            return ExitCode.OK;
        } catch (SpoolException | SQLException e) {
            err.println("facteur: " + Reason.of(e));
            return ExitCode.CANNOT_CREATE;
        } catch (IOException e) {
            err.println("facteur: " + Reason.of(e));
            return ExitCode.UNAVAILABLE;
        }
    }

    /// What is wrong with the ports that systemd has opened for us.
    private static List<String> troubles(List<ListenerSettings> listeners) {
        try {
            var wanted = listeners.stream().map(ListenerSettings::address).toList();
            return PassedSockets.of(System::getenv).without(wanted).stream()
                    .map(address -> "systemd has opened " + new HostAndPort(address.getAddress().getHostAddress(), address.getPort())
                            + " for us, but no listener has that address")
                    .toList();
        } catch (IOException e) {
            return List.of(Reason.of(e));
        }
    }

    private static void reload(Daemon daemon, ServiceManager manager) {
        manager.reloading();
        try {
            daemon.reload();
        } finally {
            manager.ready();
        }
    }

    @Override
    public ExitCode reload(Path file, PrintWriter out, PrintWriter err) {
        return new AdminPort(file, out, err).reload();
    }

    @Override
    public ExitCode unlock(Path file, String address, PrintWriter out, PrintWriter err) {
        return new AdminPort(file, out, err).unlock(address);
    }

    @Override
    public ExitCode evict(Path file, OfficeId office, PrintWriter out, PrintWriter err) {
        return new AdminPort(file, out, err).evict(office);
    }

    @Override
    public ExitCode wake(Path file, String upstream, PrintWriter out, PrintWriter err) {
        return new AdminPort(file, out, err).wake(upstream);
    }

    @Override
    public ExitCode status(Path file, PrintWriter err, Consumer<String> taker) {
        return new AdminPort(file, err, err).status(taker);
    }

    @Override
    public ExitCode backup(Path file, Path target, Existing existing, PrintWriter out, PrintWriter err) {
        return new Archiving(file, rights, TIME, String.join(" ", words), out, err).backup(target, existing);
    }

    @Override
    public ExitCode restore(
            Path file, Path archive, Existing existing, Restore.Waiting waiting, PrintWriter out, PrintWriter err) {
        return new Archiving(file, rights, TIME, String.join(" ", words), out, err).restore(archive, existing, waiting);
    }

    @Override
    public ExitCode queue(Path file, PrintWriter err, QueueWork work) {
        if (!rights.assumeFor(file, err)) {
            return ExitCode.NO_PERMISSION;
        }
        var problems = new Problems();
        var place = Config.place(file, problems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            return ExitCode.CONFIG;
        }
        try (var database = openBeside(place)) {
            var recording = new Acts(database, TIME).begin(Operator.ofProcess(System::getenv), String.join(" ", words));
            try {
                return work.run(new QueueDesk(database, place.state(), TIME, recording::moved));
            } finally {
                recording.end().ifPresent(why -> err.println("facteur: done, but not recorded: " + why));
            }
        } catch (SpoolException | SQLException e) {
            err.println("facteur: " + Reason.of(e));
            return ExitCode.CANNOT_CREATE;
        }
    }

    /// On a disk without a block left there is no room for what SQLite puts beside its file.
    private static Database openBeside(Config.Place place) throws SQLException {
        try {
            return place.database().openBeside();
        } catch (SQLException failure) {
            if (place.database() instanceof DatabaseSettings.InState(var state) && new Reserve(state).giveUpOnFullDisk()) {
                return place.database().openBeside();
            }
            throw failure;
        }
    }

    @Override
    public ExitCode forget(Path file, String address, Forgetting mode, PrintWriter out, PrintWriter err) {
        if (!rights.assumeFor(file, err)) {
            return ExitCode.NO_PERMISSION;
        }
        return new ForgetWork(file, TIME, out, err).forget(address, mode);
    }

    @Override
    public ExitCode configured(Path file, PrintWriter err, ConfiguredWork work) {
        var problems = new Problems();
        var config = Config.read(file, problems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            return ExitCode.CONFIG;
        }
        return work.run(new Configured(
                config.hostname(),
                config.sharedAddress(),
                config.inbound().listeners(),
                config.inbound().tls().map(KeyMaterial::file),
                config.outbound().routes().upstreams().stream().map(RankedUpstream::settings).toList(),
                TIME));
    }

    @Override
    public ExitCode domains(Path file, PrintWriter err, DomainWork work) {
        if (!rights.assumeFor(file, err)) {
            return ExitCode.NO_PERMISSION;
        }
        var problems = new Problems();
        var config = Config.read(file, problems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            return ExitCode.CONFIG;
        }
        try (var database = config.spool().database().openBeside()) {
            var recording = new Acts(database, TIME).begin(Operator.ofProcess(System::getenv), String.join(" ", words));
            var desk = new DomainDesk(
                    database,
                    new KeyFolder(config.state()),
                    new DomainCheck(config.rules().domains().dns().open()),
                    config.rules().domains().lifecycle(),
                    config.outbound().retry().expireAfter(),
                    TIME,
                    ClockTrust.ALWAYS,
                    new SecureRandom(),
                    recording::changed);
            try {
                return work.run(
                        desk, new Sending(config.sharedAddress(), config.rules().reversePath(), config.rules().domains(), id -> office(config, id)));
            } finally {
                recording.end().ifPresent(why -> err.println("facteur: done, but not recorded: " + why));
            }
        } catch (SQLException | IOException e) {
            err.println("facteur: " + Reason.of(e));
            return ExitCode.CANNOT_CREATE;
        }
    }

    private static Lookup<OfficeSettings> office(Config config, OfficeId id) {
        try (var settings = config.rules().settings().open(config.sharedAddress(), TIME)) {
            return settings.office(id);
        }
    }

    @Override
    public Explanation explain(Path file, ExplainRequest inquiry) {
        try {
            rights.assumeFor(file);
        } catch (IOException refused) {
            return unanswered(ExitCode.NO_PERMISSION, String.valueOf(refused.getMessage()));
        }
        var problems = new Problems();
        var config = Config.read(file, problems, System::getenv);
        if (!problems.isEmpty()) {
            return unanswered(ExitCode.CONFIG, problems.list().toArray());
        }
        try (var settings = config.rules().settings().open(config.sharedAddress(), TIME)) {
            return switch (ControlFields.read(inquiry.header())) {
                case Parsed.Bad<ControlFields>(var reply) -> unanswered(ExitCode.DATA, "refused: " + reply);
                case Parsed.Good<ControlFields>(var control) -> explain(config, settings, control, inquiry);
            };
        }
    }

    private static Explanation explain(
            Config config, SettingsSource settings, ControlFields control, ExplainRequest inquiry) {
        var named = inquiry.office().or(control::office);
        var office = named.isEmpty() ? config.inbound().admission().defaultOffice() : named.flatMap(OfficeId::parse);
        return office.map(id -> explain(config, settings, id, control, inquiry)).orElseGet(() -> named.isEmpty()
                ? unanswered(ExitCode.USAGE, "which office? Say --office")
                : unanswered(ExitCode.DATA, "no such office: " + named.get()));
    }

    private static Explanation explain(
            Config config, SettingsSource settings, OfficeId office, ControlFields control, ExplainRequest inquiry) {
        var decider = config.decider(settings, claims(config), OutboundEncoding.ASSUMED_UTF8);
        return switch (decider.judge(office, control, inquiry.header(), inquiry.encoding())) {
            case DecisionResult.NoOffice() -> unanswered(ExitCode.DATA, "no such office: " + office);
            case DecisionResult.Unavailable(var why) -> unanswered(ExitCode.UNAVAILABLE, "settings not available: " + why);
            case DecisionResult.Unusable(var why) -> unanswered(ExitCode.CONFIG, "settings are wrong: " + why);
            case DecisionResult.Decided(var letter, var decision, var unclear, var loadedAt) -> new Explanation.Explained(
                    letter,
                    control.relation().map(Object::toString).orElse(""),
                    decision,
                    settings.name(),
                    Duration.between(loadedAt, TIME.instant()),
                    decision instanceof Decision.Rewrite rewrite
                            ? Optional.of(Departures.of(config, letter, rewrite, inquiry.recipients()))
                            : Optional.empty(),
                    Stream.concat(
                                    Warnings.of(letter, decision, unclear).stream(),
                                    config.outbound().routes().isRelaying() && decider.needsUtf8(letter)
                                            ? Stream.of("assumes that every upstream of the office accepts SMTPUTF8, which only the relay knows")
                                            : Stream.empty())
                            .toList());
        };
    }

    /// Without a database nobody has a claim.
    private static Claims claims(Config config) {
        var claims = new Claims();
        try (var database = config.spool().database().openBeside()) {
            claims.refresh(database);
        } catch (SQLException none) {
            LOG.debug("no claims on domains: {}", none.getMessage());
        }
        return claims;
    }

    private static Explanation unanswered(ExitCode exitCode, Object... why) {
        return new Explanation.Unanswered(exitCode, Arrays.stream(why).map(Object::toString).toList());
    }

    @Override
    public Optional<String> remark() {
        return rights.remark();
    }

    @Override
    public String version() {
        return facteur.relay.Version.version();
    }

    /// SIGTERM and SIGINT run the shutdown hooks: the stop happens there, while this thread only waits.
    private static void awaitSignal(Daemon daemon, ServiceManager manager) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            LOG.info("stopping");
            manager.stopping();
            daemon.close();
            LOG.info("stopped");
            DaemonLog.flush();
            stopped.countDown();
        }));
        LOG.info("started");
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
