package facteur;

import facteur.cli.ExitCode;
import facteur.cli.Program;
import facteur.config.Problems;
import facteur.journal.LogfmtJournal;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program behind the verbs: reads the real configuration, runs the real daemon.
final class DaemonProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonProgram.class);

    @Override
    public Problems check(Path config) {
        var problems = new Problems();
        Config.read(config, problems, problems, System::getenv);
        return problems;
    }

    @Override
    public ExitCode run(Path file, PrintWriter out, PrintWriter err) {
        var problems = new Problems();
        var officeProblems = new Problems();
        var config = Config.read(file, problems, officeProblems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            return ExitCode.CONFIG;
        }
        problems.warnings().forEach(warning -> LOG.warn("{}", warning));
        officeProblems.list().forEach(problem -> LOG.error("{}; letters of this office get 451", problem));
        officeProblems.warnings().forEach(warning -> LOG.warn("{}", warning));
        try (var daemon = new Daemon(config, InstantSource.system(), new LogfmtJournal())) {
            out.print(Welcome.text(version(), config, daemon.ports()));
            out.flush();
            awaitSignal(daemon);
            return ExitCode.OK;
        } catch (SpoolException | SQLException e) {
            err.println("facteur: " + e.getMessage());
            return ExitCode.CANNOT_CREATE;
        } catch (IOException e) {
            err.println("facteur: can't listen on " + addresses(config) + ": " + e.getMessage());
            return ExitCode.UNAVAILABLE;
        }
    }

    @Override
    public String version() {
        var version = Facteur.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : version;
    }

    private static String addresses(Config config) {
        return String.join(
                ", ",
                config.listeners().stream().map(listener -> listener.address().toString()).toList());
    }

    /// SIGTERM and SIGINT run the shutdown hooks: the stop happens there, while this thread only waits.
    private static void awaitSignal(Daemon daemon) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            LOG.info("stopping");
            daemon.close();
            LOG.info("stopped");
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
