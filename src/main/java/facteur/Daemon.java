package facteur;

import facteur.bounce.DsnWriter;
import facteur.database.Database;
import facteur.delivery.Courier;
import facteur.delivery.QueueRunner;
import facteur.intake.Intake;
import facteur.intake.IntakeSettings;
import facteur.intake.Judge;
import facteur.journal.Journal;
import facteur.listener.Listener;
import facteur.login.Authenticator;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.message.ReceivingMemory;
import facteur.policy.Policy;
import facteur.settings.SettingsCache;
import facteur.spool.QueueIds;
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

    private final Deque<Part> parts = new ArrayDeque<>();
    private final List<Listener> listeners;

    /// Starts everything.
    ///
    /// @param time what every part takes for now
    /// @throws SpoolException when the state folder can't be used, or another daemon uses it
    /// @throws SQLException when the database can't be opened
    /// @throws IOException when a port can't be had
    public Daemon(Config config, InstantSource time, Journal journal) throws SpoolException, SQLException, IOException {
        var started = false;
        try {
            var folder = StateFolder.open(config.state());
            parts.push(folder::close);
            var database = Database.open(config.state());
            parts.push(database::close);
            var spool = SqlSpool.open(folder, database, config.floorBytes(), time);
            parts.push(spool::close);
            var upstream = config.upstream().open(time);
            parts.push(upstream::close);
            var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("clock").factory());
            var _ = clock.scheduleWithFixedDelay(upstream::reap, REAP_SECONDS, REAP_SECONDS, TimeUnit.SECONDS);
            parts.push(clock::shutdownNow);
            var queueIds = new QueueIds(time, new SecureRandom());
            var courier = new Courier(upstream, config.retry(), new DsnWriter(config.hostname()), queueIds, time);
            var queue = new QueueRunner(spool, courier, journal, time, config.delivery());
            var policy = new Policy(config.sharedAddress(), config.domains(), config.unknownContext());
            var loaders = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("settings-", 0).factory());
            parts.push(loaders::shutdownNow);
            var settings = new SettingsCache(
                    config.settings().open(config.sharedAddress(), time), config.cacheTimes(), time, loaders);
            parts.push(settings::close);
            var intake = new Intake(
                    new Judge(settings, policy),
                    config.reversePath(),
                    queue,
                    queueIds,
                    journal,
                    time,
                    new IntakeSettings(config.hostname(), config.receivedFields()));
            var memory = new ReceivingMemory(config.receivingBytes());
            var derivations = new Derivations(new Pbkdf2());
            parts.push(derivations::close);
            var authenticator = new Authenticator(
                    config.admission().accounts(), config.logins(), derivations, new SecureRandom(), time);
            listeners = config.listeners().stream()
                    .map(each -> new Listener(each, config.admission(), authenticator, intake, memory, spool.bodyFiles(), journal))
                    .toList();
            queue.start();
            parts.push(queue::close);
            var open = new ArrayList<Listener>();
            parts.push(() -> closeTogether(open));
            for (var listener : listeners) {
                listener.start();
                open.add(listener);
            }
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /// Each waits for its own apps, so all at the same time.
    private static void closeTogether(List<Listener> listeners) {
        try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
            listeners.forEach(listener -> closers.execute(listener::close));
        }
    }

    /// Of each listener, in the order of the configuration.
    public List<Integer> ports() {
        return listeners.stream().map(Listener::port).toList();
    }

    /// Stops: letters that are being received get their reply, attempts under way their end, each within its timeout.
    @Override
    public synchronized void close() {
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
