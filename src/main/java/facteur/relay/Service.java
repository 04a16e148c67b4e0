package facteur.relay;

import facteur.journal.LoggedJournal;
import facteur.listener.ListenerSettings;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Problem;
import facteur.platform.disk.Descriptors;
import facteur.platform.failure.Reason;
import facteur.platform.log.DaemonLog;
import facteur.platform.log.LineFormat;
import facteur.platform.log.VeilKey;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.systemd.ServiceManager;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the daemon in the foreground: SIGHUP reloads the configuration, SIGTERM and SIGINT stop it. Once in a process.
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Config config;
    private final InstantSource time;
    private final ServiceManager manager;

    public Service(Config config, InstantSource time) {
        this.config = config;
        this.time = time;
        this.manager = ServiceManager.of(config.reading().environment());
    }

    /// What is wrong with the sockets that systemd passed, a sentence each.
    public List<String> socketProblems() {
        try {
            var wanted = config.inbound().listeners().stream().map(ListenerSettings::address).toList();
            return PassedSockets.of(config.reading().environment()).without(wanted).stream()
                    .map(address -> "systemd has opened " + new HostAndPort(address.getAddress().getHostAddress(), address.getPort())
                            + " for us, but no listener has that address")
                    .toList();
        } catch (IOException e) {
            return List.of(Reason.of(e));
        }
    }

    /// Sends the log where the configuration says.
    public void openLog() throws IOException {
        DaemonLog.open(config.log(), VeilKey.veil(config.log().addresses(), config.state()));
    }

    /// Returns when the daemon has stopped.
    ///
    /// @param warnings of the configuration, for the log
    /// @param out gets the welcome text, unless the log there is JSON
    /// @param err gets it then, so that stdout stays valid JSON lines
    /// @throws SpoolException when the state folder can't be used, or another daemon uses it
    /// @throws SQLException when the database can't be opened
    /// @throws IOException when a port can't be opened
    public void run(List<Problem> warnings, PrintWriter out, PrintWriter err) throws SpoolException, SQLException, IOException {
        warnings.forEach(warning -> LOG.warn("{}", warning));
        OpenFilesNeeded.of(config).warning(Descriptors.limit()).ifPresent(LOG::warn);
        var started = new CompletableFuture<Daemon>();
        // A signal during the start waits for its end.
        HangupSignal.handle(() -> reload(started.join()));
        try (var daemon = Daemon.start(
                config, time, SteadyTime.system(), new LoggedJournal(), UnaryOperator.identity(), new SystemdDatabaseWait(manager))) {
            started.complete(daemon);
            // So that the welcome text isn't printed in the middle of a line.
            DaemonLog.flush();
            var welcome = config.log().format() == LineFormat.JSON ? err : out;
            welcome.print(Welcome.text(Version.version(), config, daemon.ports(), daemon.consolePort(), daemon.firstLink()));
            welcome.flush();
            manager.ready();
            OfficeLint.start(config);
            try (var _ = Heartbeat.start(manager, daemon::deadPart, () -> daemon.status().line())) {
                awaitStop(daemon);
            }
        }
    }

    private void reload(Daemon daemon) {
        manager.reloading();
        try {
            daemon.reload();
        } finally {
            manager.ready();
        }
    }

    /// SIGTERM and SIGINT run the shutdown hooks: the stop happens there, while this thread waits.
    private void awaitStop(Daemon daemon) {
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
