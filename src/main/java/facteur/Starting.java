package facteur;

import facteur.admin.Evicted;
import facteur.admin.Health;
import facteur.admin.Reloaded;
import facteur.admin.Status;
import facteur.admin.Steering;
import facteur.admin.Woken;
import facteur.database.Database;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.Recent;
import facteur.journal.Stopwatch;
import facteur.listener.Network;
import facteur.settings.OfficeId;
import facteur.spool.SpoolException;
import facteur.tls.TlsKeys;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the admin port is told while the daemon starts, and from then on by the daemon itself. Thread-safe.
final class Starting implements Steering {
    private static final String REASON = "starting";

    private final Instant startedAt;
    private final InstantSource time;
    private final Recent recent;
    private final TlsKeys tlsKeys;
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile Optional<Steering> started = Optional.empty();

    Starting(InstantSource time, Recent recent, TlsKeys tlsKeys) {
        this.startedAt = time.instant();
        this.time = time;
        this.recent = recent;
        this.tlsKeys = tlsKeys;
    }

    /// How the database is opened.
    @FunctionalInterface
    interface Opening {
        Database open() throws SQLException, SpoolException;
    }

    /// Opens the database, and waits for it where it is away. Tells once that it is, and once that it is there.
    Database open(Opening opening, Predicate<SQLException> isAway, Patience patience, Journal journal)
            throws SQLException, SpoolException {
        var since = Stopwatch.start();
        var isTold = false;
        while (true) {
            try {
                var database = opening.open();
                if (isTold) {
                    journal.record(new MailEvent.DatabaseRecovered(since.millis(), 0));
                }
                obstacle = Optional.empty();
                return database;
            } catch (SQLException failure) {
                var why = String.valueOf(failure.getMessage());
                obstacle = Optional.of("waiting for the database: " + why);
                if (!isAway.test(failure)) {
                    throw failure;
                }
                if (!isTold) {
                    journal.record(new MailEvent.DatabaseFailed(why));
                    isTold = true;
                }
                if (!patience.waits(why)) {
                    throw failure;
                }
            }
        }
    }

    /// The daemon answers from now on.
    void handOver(Steering daemon) {
        started = Optional.of(daemon);
    }

    private List<String> unready() {
        return Stream.concat(Stream.of(REASON), obstacle.stream()).toList();
    }

    @Override
    public Health health() {
        return started.map(Steering::health).orElseGet(() -> new Health(unready(), List.of(), List.of(), Optional.empty()));
    }

    @Override
    public Status status() {
        return started.map(Steering::status).orElseGet(() -> new Status(
                Facteur.version(),
                startedAt,
                time.instant(),
                unready(),
                List.of(),
                List.of(),
                Optional.empty(),
                recent.lastMinute(),
                recent.troubles(),
                List.of(),
                Map.of(),
                List.of(),
                tlsKeys.expiresAt(),
                Optional.empty()));
    }

    /// Nothing is known yet.
    @Override
    public int evictAll() {
        return started.map(Steering::evictAll).orElse(0);
    }

    @Override
    public Evicted evict(OfficeId office) {
        return started.map(daemon -> daemon.evict(office)).orElseGet(() -> new Evicted.Done(0, List.of()));
    }

    /// Nothing can be steered yet.
    @Override
    public void acted(String operator, String command) {
        started.ifPresent(daemon -> daemon.acted(operator, command));
    }

    @Override
    public Woken wake(String upstream) {
        return started.map(daemon -> daemon.wake(upstream)).orElseGet(() -> new Woken.Unknown(upstream, List.of()));
    }

    @Override
    public List<String> unlock(Network network) {
        return started.map(daemon -> daemon.unlock(network)).orElseGet(List::of);
    }

    @Override
    public Reloaded reload() {
        return started.map(Steering::reload).orElseGet(() -> new Reloaded.Kept(List.of("facteur is starting")));
    }
}
