package facteur.admin;

import facteur.journal.RecentEvents;
import facteur.login.Lockout;
import facteur.platform.config.Word;
import facteur.settings.FileTrouble;
import facteur.spool.QueueCensus;
import facteur.spool.QueueCount;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a running daemon does, at one moment. Immutable.
///
/// @param unready why it can't take letters; empty when it can
/// @param queue empty when it can't be counted
/// @param settings files of offices that can't be used now
/// @param domains how many are in each state, by its word
/// @param lockouts of addresses that have failed to log in too often
/// @param certificateExpiresAt of the certificate for apps
/// @param clockJump while nothing ends by its age, because of it
public record Status(
        String version,
        Instant startedAt,
        Instant now,
        List<String> unready,
        List<Port> listeners,
        List<Way> upstreams,
        Optional<QueueCensus.Counted> queue,
        Map<RecentEvents.Sort, Long> lastMinute,
        List<RecentEvents.Trouble> troubles,
        List<FileTrouble> settings,
        Map<String, Long> domains,
        List<Lockout> lockouts,
        Optional<Instant> certificateExpiresAt,
        Optional<ClockJump> clockJump) {
    /// So many addresses that are locked out are named; how many there are is said.
    private static final int LOCKOUTS = 50;

    /// @param tls as configured
    public record Port(String address, String tls, int connections) {}

    /// A way out.
    ///
    /// @param trouble empty when it is up
    /// @param restsUntil when its caps let it take letters again
    public record Way(String upstream, Optional<Down> trouble, Optional<Instant> restsUntil) {}

    /// @param retryAt when it is tried next
    public record Down(Instant since, Instant retryAt, String cause) {}

    /// @param by negative when the clock was set back
    /// @param settlesAt until when letters are not given up, nor history forgotten
    public record ClockJump(Instant at, Duration by, Instant settlesAt) {}

    /// One line for `systemctl status`.
    public String line() {
        var down = upstreams.stream().filter(way -> way.trouble().isPresent()).map(Way::upstream).toList();
        return (unready.isEmpty() ? "" : "not ready: " + String.join("; ", unready) + "; ")
                + queue.map(counted -> counted.letters() + " letters in the queue").orElse("the queue can't be counted")
                + "; in the last minute " + count(RecentEvents.Sort.ACCEPTED) + " taken, " + count(RecentEvents.Sort.RELAYED) + " relayed, "
                + count(RecentEvents.Sort.FAILED) + " failed"
                + (down.isEmpty() ? "" : "; down: " + String.join(", ", down))
                + (settings.isEmpty() ? "" : "; files of offices that can't be used: " + settings.size());
    }

    private long count(RecentEvents.Sort sort) {
        return lastMinute.getOrDefault(sort, 0L);
    }

    AdminResponse answer() {
        var members = new LinkedHashMap<String, Object>();
        members.put("running", true);
        members.put("version", version);
        members.put("startedAt", startedAt);
        members.put("now", now);
        members.put("uptimeSeconds", Duration.between(startedAt, now).toSeconds());
        members.put("unready", unready);
        members.put("listeners", listeners.stream().map(Status::members).toList());
        members.put("upstreams", upstreams.stream().map(Status::members).toList());
        queue.ifPresent(counted -> {
            members.put("countedAt", counted.at());
            members.put("queue", counted.counts().stream().map(Status::members).toList());
        });
        var minute = new LinkedHashMap<String, Object>();
        for (var sort : RecentEvents.Sort.values()) {
            minute.put(Word.of(sort), count(sort));
        }
        members.put("lastMinute", minute);
        members.put("settings", settings.stream().map(Health::members).toList());
        members.put("domains", domains);
        members.put("troubles", troubles.stream().map(Status::members).toList());
        members.put("lockedOut", lockouts.size());
        members.put("lockouts", lockouts.stream().limit(LOCKOUTS).map(Status::members).toList());
        certificateExpiresAt.ifPresent(at -> members.put("certificateExpiresAt", at));
        clockJump.ifPresent(jump -> members.put("clockJump", members(jump)));
        return AdminResponse.json(200, members);
    }

    private static Map<String, Object> members(Port port) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", port.address());
        members.put("tls", port.tls());
        members.put("connections", port.connections());
        return members;
    }

    private static Map<String, Object> members(Way way) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", way.upstream());
        members.put("state", way.trouble().isEmpty() ? way.restsUntil().isEmpty() ? "up" : "resting" : "down");
        way.trouble().ifPresent(down -> {
            members.put("since", down.since());
            members.put("retryAt", down.retryAt());
            members.put("cause", down.cause());
        });
        way.restsUntil().ifPresent(at -> members.put("restsUntil", at));
        return members;
    }

    private static Map<String, Object> members(ClockJump jump) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", jump.at());
        // Clocks are read one after the other: five hours are a millisecond less.
        members.put("bySeconds", jump.by().plusMillis(500).toSeconds());
        members.put("settlesAt", jump.settlesAt());
        return members;
    }

    private static Map<String, Object> members(QueueCount count) {
        var members = new LinkedHashMap<String, Object>();
        members.put("state", count.standing().word());
        members.put("letters", count.letters());
        members.put("oldestAt", count.oldestAt());
        return members;
    }

    private static Map<String, Object> members(Lockout lockout) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", lockout.client().toString());
        members.put("leftSeconds", lockout.left().plusMillis(999).toSeconds());
        return members;
    }

    private static Map<String, Object> members(RecentEvents.Trouble trouble) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", trouble.at());
        members.put("event", trouble.line());
        return members;
    }
}
