package facteur.relay;

import facteur.admin.FileReport;
import facteur.admin.Status;
import facteur.domain.Claims;
import facteur.journal.RecentEvents;
import facteur.platform.clock.ClockWatch;
import facteur.platform.clock.Clocks;
import facteur.platform.clock.Jump;
import facteur.platform.tls.TlsKeys;
import facteur.route.Hop;
import facteur.spool.QueueCensus;
import facteur.spool.SpoolException;
import facteur.upstream.Breaker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports the daemon's status. Asking often costs no more: the queue is not counted each time. Thread-safe.
final class StatusReport {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);

    /// By the steady clock.
    private final Instant startedAt;
    private final Clocks clocks;
    private final ClockWatch clockWatch;
    private final Inbound inbound;
    private final Outbound outbound;
    private final OfficeFileWatch officeFiles;
    private final QueueCensus census;
    private final RecentEvents recent;
    private final Claims claims;
    private final TlsKeys tlsKeys;

    StatusReport(
            Clocks clocks,
            ClockWatch clockWatch,
            Inbound inbound,
            Outbound outbound,
            OfficeFileWatch officeFiles,
            QueueCensus census,
            RecentEvents recent,
            Claims claims,
            TlsKeys tlsKeys) {
        this.startedAt = clocks.steady().instant();
        this.clocks = clocks;
        this.clockWatch = clockWatch;
        this.inbound = inbound;
        this.outbound = outbound;
        this.officeFiles = officeFiles;
        this.census = census;
        this.recent = recent;
        this.claims = claims;
        this.tlsKeys = tlsKeys;
    }

    /// @param unready why it can't take letters
    Status status(List<String> unready) {
        return new Status(
                Version.version(),
                clocks.steady().onWall(startedAt),
                clocks.wall().instant(),
                unready,
                inbound.status(),
                outbound.hops().stream().map(this::status).toList(),
                counted(),
                recent.lastMinute(),
                recent.troubles(),
                officeFiles.troubles().stream().map(FileReport::of).toList(),
                claims.counts(),
                Status.LockedOut.of(inbound.lockouts()),
                tlsKeys.expiresAt(),
                clockWatch.unsettling().map(this::status));
    }

    private Optional<QueueCensus.Counted> counted() {
        try {
            return Optional.of(census.counted());
        } catch (SpoolException e) {
            LOG.debug("the queue can't be counted: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Status.UpstreamState status(Hop hop) {
        var steady = clocks.steady();
        Optional<Status.Down> trouble = switch (hop.breaker().condition()) {
            case Breaker.Condition.Up() -> Optional.empty();
            case Breaker.Condition.Down down ->
                Optional.of(new Status.Down(steady.onWall(down.since()), steady.onWall(down.until()),
                        down.last().stage().word() + ": " + down.last().cause()));
        };
        var restsUntil = hop.upstream().restsUntil().filter(steady.instant()::isBefore).map(steady::onWall);
        return new Status.UpstreamState(hop.name(), trouble, restsUntil);
    }

    private Status.ClockJump status(Jump jump) {
        var steady = clocks.steady();
        return new Status.ClockJump(steady.onWall(jump.seenAt()), jump.by(), steady.onWall(clockWatch.settlesAt()));
    }
}
