package facteur.admin;

import facteur.journal.RecentEvents;
import facteur.login.Lockout;
import facteur.spool.QueueCensus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state of a running daemon at one moment. [StatusJson] writes and reads it. Immutable.
///
/// @param unready why it doesn't accept letters; empty when it does
/// @param queue empty when it can't be counted
/// @param files files of offices that can't be used now
/// @param domains how many are in each state, by its word
/// @param certificateExpiresAt of the certificate for apps
/// @param clockJump set while nothing expires by age because of it
public record Status(
        String version,
        Instant startedAt,
        Instant now,
        List<String> unready,
        List<ListenerState> listeners,
        List<UpstreamState> upstreams,
        Optional<QueueCensus.Counted> queue,
        Map<RecentEvents.Sort, Long> lastMinute,
        List<RecentEvents.Trouble> troubles,
        List<FileReport> files,
        Map<String, Long> domains,
        LockedOut lockedOut,
        Optional<Instant> certificateExpiresAt,
        Optional<ClockJump> clockJump) {
    /// @param takes `apps` or `returns`
    /// @param tls as configured
    public record ListenerState(String address, String takes, String tls, long connections) {}

    /// @param down empty when it is up
    /// @param pausedUntil when its rate limits let it have letters again
    public record UpstreamState(String name, Optional<Down> down, Optional<Instant> pausedUntil) {}

    /// @param retryAt when it is tried next
    public record Down(Instant since, Instant retryAt, String cause) {}

    /// Addresses that can't log in, after too many failures.
    ///
    /// @param count how many there are
    /// @param first the first of them: a list of all could be long
    public record LockedOut(long count, List<LockedAddress> first) {
        private static final int MOST = 50;

        public LockedOut {
            first = List.copyOf(first);
        }

        public static LockedOut of(List<Lockout> lockouts) {
            return new LockedOut(lockouts.size(), lockouts.stream()
                    .limit(MOST)
                    .map(lockout -> new LockedAddress(lockout.client().toString(), lockout.left()))
                    .toList());
        }
    }

    /// @param address or a network
    /// @param left until it may log in again
    public record LockedAddress(String address, Duration left) {}

    /// @param by negative when the clock was set back
    /// @param settlesAt until when letters don't expire, and history isn't purged
    public record ClockJump(Instant at, Duration by, Instant settlesAt) {}

    /// One line for `systemctl status`.
    public String line() {
        var down = upstreams.stream().filter(upstream -> upstream.down().isPresent()).map(UpstreamState::name).toList();
        return (unready.isEmpty() ? "" : "not ready: " + String.join("; ", unready) + "; ")
                + queue.map(counted -> counted.letters() + " letters in the queue").orElse("the queue can't be counted")
                + "; in the last minute " + inLastMinute(RecentEvents.Sort.ACCEPTED) + " accepted, " + inLastMinute(RecentEvents.Sort.RELAYED)
                + " relayed, " + inLastMinute(RecentEvents.Sort.FAILED) + " failed"
                + (down.isEmpty() ? "" : "; down: " + String.join(", ", down))
                + (files.isEmpty() ? "" : "; files of offices that can't be used: " + files.size());
    }

    public long inLastMinute(RecentEvents.Sort sort) {
        return lastMinute.getOrDefault(sort, 0L);
    }

    AdminResponse answer() {
        return AdminResponse.json(200, StatusJson.members(this));
    }
}
