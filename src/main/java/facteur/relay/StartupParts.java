package facteur.relay;

import facteur.journal.Journal;
import facteur.platform.clock.ClockWatch;
import facteur.platform.clock.Clocks;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import facteur.platform.tls.TlsKeys;
import facteur.spool.SpoolException;
import facteur.spool.StateFolder;
import facteur.web.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is there before anything that handles letters: clocks, meters, the journal, the state folder, the admin port, and the
/// database.
///
/// @param config that the daemon is started with
/// @param tlsKeys of listeners and the admin port
/// @param control answers the admin port; the daemon is handed over to it
/// @param adminPort empty when it is off
/// @param shutdown closes what is opened, here and above
record StartupParts(
        Config config,
        Clocks clocks,
        ClockWatch clockWatch,
        PrometheusRegistry registry,
        JournalLayers journals,
        StateFolder folder,
        TlsKeys tlsKeys,
        StartupControl control,
        OptionalInt adminPort,
        Database database,
        Shutdown shutdown) {
    private static final Logger LOG = LoggerFactory.getLogger(StartupParts.class);

    /// @param log where events end
    /// @param patience with a database that can't be reached
    static StartupParts open(Config config, InstantSource time, SteadyTime steady, Journal log, DatabaseWait patience, Shutdown shutdown)
            throws SpoolException, SQLException, IOException {
        var clockWatch = new ClockWatch(time, steady);
        var registry = new PrometheusRegistry();
        var journals = JournalLayers.over(log, config.metrics(), registry, steady);
        var folder = StateFolder.open(config.state());
        shutdown.at(Shutdown.Step.FOLDER, folder::close);
        var tlsKeys = new TlsKeys(config.inbound().tls());
        var control = new StartupControl(time, journals.recent(), tlsKeys);
        if (config.console().address().isPresent()) {
            WebServer.raiseLimits(); // Before there is any server.
        }
        // Before the database, which may take its time: the admin port says so.
        var admin = AdminListener.open(config.admin(), tlsKeys, folder, control, registry);
        admin.ifPresent(open -> shutdown.at(Shutdown.Step.ADMIN, open::close));
        var database = new DatabaseOpener(folder, config.spool().database(), patience, journals.journal(), control::obstacle).open();
        shutdown.at(Shutdown.Step.DATABASE, database::close);
        control.noObstacle();
        database.doubt().ifPresent(LOG::warn);
        return new StartupParts(
                config,
                new Clocks(time, steady, clockWatch),
                clockWatch,
                registry,
                journals,
                folder,
                tlsKeys,
                control,
                admin.map(open -> OptionalInt.of(open.port())).orElse(OptionalInt.empty()),
                database,
                shutdown);
    }

    /// That all parts record in.
    Journal journal() {
        return journals.journal();
    }
}
