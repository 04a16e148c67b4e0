package facteur.relay;

import facteur.admin.DaemonControl;
import facteur.admin.EvictResult;
import facteur.admin.Health;
import facteur.admin.ReloadResult;
import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.app.Network;
import facteur.journal.RecentEvents;
import facteur.office.OfficeId;
import facteur.platform.tls.TlsKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers the admin port while the daemon starts, and hands on to the daemon once it has started. Thread-safe.
final class StartupControl implements DaemonControl {
    private static final String REASON = "starting";

    private final Instant startedAt;
    private final InstantSource time;
    private final RecentEvents recent;
    private final TlsKeys tlsKeys;
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile Optional<DaemonControl> started = Optional.empty();

    StartupControl(InstantSource time, RecentEvents recent, TlsKeys tlsKeys) {
        this.startedAt = time.instant();
        this.time = time;
        this.recent = recent;
        this.tlsKeys = tlsKeys;
    }

    /// Why the start takes time; shown beside `starting`.
    void obstacle(String why) {
        obstacle = Optional.of(why);
    }

    void noObstacle() {
        obstacle = Optional.empty();
    }

    /// From now on the daemon answers.
    void handOver(DaemonControl daemon) {
        started = Optional.of(daemon);
    }

    private List<String> unready() {
        return Stream.concat(Stream.of(REASON), obstacle.stream()).toList();
    }

    @Override
    public Health health() {
        return started.map(DaemonControl::health).orElseGet(() -> new Health(unready(), List.of(), List.of(), Optional.empty()));
    }

    @Override
    public Status status() {
        return started.map(DaemonControl::status).orElseGet(() -> new Status(
                Version.version(),
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
                Status.LockedOut.of(List.of()),
                tlsKeys.expiresAt(),
                Optional.empty()));
    }

    /// No settings are cached yet.
    @Override
    public int evictAll() {
        return started.map(DaemonControl::evictAll).orElse(0);
    }

    @Override
    public EvictResult evict(OfficeId office) {
        return started.map(daemon -> daemon.evict(office)).orElseGet(() -> new EvictResult.Done(0, List.of()));
    }

    /// No command has an effect yet.
    @Override
    public void acted(String operator, String command) {
        started.ifPresent(daemon -> daemon.acted(operator, command));
    }

    @Override
    public WakeResult wake(String upstream) {
        return started.map(daemon -> daemon.wake(upstream)).orElseGet(() -> new WakeResult.Unknown(upstream, List.of()));
    }

    @Override
    public List<String> unlock(Network network) {
        return started.map(daemon -> daemon.unlock(network)).orElseGet(List::of);
    }

    @Override
    public ReloadResult reload() {
        return started.map(DaemonControl::reload).orElseGet(() -> new ReloadResult.Refused(List.of("facteur is starting")));
    }
}
