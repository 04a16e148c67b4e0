package facteur.relay;

import facteur.admin.Status;
import facteur.journal.RecentEvents;
import facteur.login.Authenticator;
import facteur.platform.clock.ClockWatch;
import facteur.platform.clock.Jump;
import facteur.platform.clock.SteadyTime;
import facteur.platform.tls.TlsKeys;
import facteur.route.Hop;
import facteur.spool.QueueCensus;
import facteur.spool.SpoolException;
import facteur.upstream.Breaker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says how the daemon does. What it costs doesn't grow with how often it is asked. Thread-safe.
final class StatusReport {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);

    /// By the steady clock.
    private final Instant startedAt;
    private final InstantSource time;
    private final SteadyTime steady;
    private final ClockWatch clockWatch;
    private final Listeners listeners;
    private final Supplier<List<Hop>> hops;
    private final QueueCensus census;
    private final RecentEvents recent;
    private final OfficeWatch watch;
    private final Supplier<Map<String, Long>> domains;
    private final Authenticator authenticator;
    private final TlsKeys tlsKeys;

    StatusReport(
            InstantSource time,
            SteadyTime steady,
            ClockWatch clockWatch,
            Listeners listeners,
            Supplier<List<Hop>> hops,
            QueueCensus census,
            RecentEvents recent,
            OfficeWatch watch,
            Supplier<Map<String, Long>> domains,
            Authenticator authenticator,
            TlsKeys tlsKeys) {
        this.startedAt = steady.instant();
        this.time = time;
        this.steady = steady;
        this.clockWatch = clockWatch;
        this.listeners = listeners;
        this.hops = hops;
        this.census = census;
        this.recent = recent;
        this.watch = watch;
        this.domains = domains;
        this.authenticator = authenticator;
        this.tlsKeys = tlsKeys;
    }

    /// @param unready why it can't take letters
    Status status(List<String> unready) {
        return new Status(
                Version.version(),
                steady.onWall(startedAt),
                time.instant(),
                unready,
                listeners.look(),
                hops.get().stream().map(this::look).toList(),
                counted(),
                recent.lastMinute(),
                recent.troubles(),
                watch.troubles(),
                domains.get(),
                authenticator.lockouts(),
                tlsKeys.expiresAt(),
                clockWatch.unsettling().map(this::look));
    }

    private Optional<QueueCensus.Counted> counted() {
        try {
            return Optional.of(census.counted());
        } catch (SpoolException e) {
            LOG.debug("the queue can't be counted: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Status.Way look(Hop hop) {
        Optional<Status.Down> trouble = switch (hop.breaker().condition()) {
            case Breaker.Condition.Up() -> Optional.empty();
            case Breaker.Condition.Down down ->
                Optional.of(new Status.Down(steady.onWall(down.since()), steady.onWall(down.until()), down.last().stage().word() + ": " + down.last().cause()));
        };
        var restsUntil = hop.upstream().restsUntil().filter(steady.instant()::isBefore).map(steady::onWall);
        return new Status.Way(hop.name(), trouble, restsUntil);
    }

    private Status.ClockJump look(Jump jump) {
        return new Status.ClockJump(steady.onWall(jump.seenAt()), jump.by(), steady.onWall(clockWatch.settlesAt()));
    }
}
