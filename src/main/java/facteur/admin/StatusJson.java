package facteur.admin;

import facteur.journal.RecentEvents;
import facteur.platform.config.Word;
import facteur.platform.json.JsonObject;
import facteur.spool.QueueCensus;
import facteur.spool.QueueCount;
import facteur.spool.QueueStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A [Status] as the JSON of `GET /status`, in both directions: what one version writes, another may read, so that members
/// it doesn't find have a neutral value.
public final class StatusJson {
    private StatusJson() {}

    static Map<String, Object> members(Status status) {
        var members = new LinkedHashMap<String, Object>();
        members.put("running", true);
        members.put("version", status.version());
        members.put("startedAt", status.startedAt());
        members.put("now", status.now());
        members.put("uptimeSeconds", Duration.between(status.startedAt(), status.now()).toSeconds());
        members.put("unready", status.unready());
        members.put("listeners", status.listeners().stream().map(StatusJson::members).toList());
        members.put("upstreams", status.upstreams().stream().map(StatusJson::members).toList());
        status.queue().ifPresent(counted -> {
            members.put("countedAt", counted.at());
            members.put("queue", counted.counts().stream().map(StatusJson::members).toList());
        });
        var minute = new LinkedHashMap<String, Object>();
        for (var sort : RecentEvents.Sort.values()) {
            minute.put(Word.of(sort), status.inLastMinute(sort));
        }
        members.put("lastMinute", minute);
        members.put("settings", status.files().stream().map(FileReport::members).toList());
        members.put("domains", status.domains());
        members.put("troubles", status.troubles().stream().map(StatusJson::members).toList());
        members.put("lockedOut", status.lockedOut().count());
        members.put("lockouts", status.lockedOut().first().stream().map(StatusJson::members).toList());
        status.certificateExpiresAt().ifPresent(at -> members.put("certificateExpiresAt", at));
        status.clockJump().ifPresent(jump -> members.put("clockJump", members(jump)));
        return members;
    }

    private static Map<String, Object> members(Status.ListenerState listener) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", listener.address());
        members.put("takes", listener.takes());
        members.put("tls", listener.tls());
        members.put("connections", listener.connections());
        return members;
    }

    private static Map<String, Object> members(Status.UpstreamState upstream) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", upstream.name());
        members.put("state", upstream.down().isEmpty() ? upstream.pausedUntil().isEmpty() ? "up" : "resting" : "down");
        upstream.down().ifPresent(down -> {
            members.put("since", down.since());
            members.put("retryAt", down.retryAt());
            members.put("cause", down.cause());
        });
        upstream.pausedUntil().ifPresent(at -> members.put("restsUntil", at));
        return members;
    }

    private static Map<String, Object> members(QueueCount count) {
        var members = new LinkedHashMap<String, Object>();
        members.put("state", count.standing().word());
        members.put("letters", count.letters());
        members.put("oldestAt", count.oldestAt());
        return members;
    }

    private static Map<String, Object> members(RecentEvents.Trouble trouble) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", trouble.at());
        members.put("event", trouble.line());
        return members;
    }

    private static Map<String, Object> members(Status.LockedAddress locked) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", locked.address());
        members.put("leftSeconds", locked.left().plusMillis(999).toSeconds());
        return members;
    }

    private static Map<String, Object> members(Status.ClockJump jump) {
        var members = new LinkedHashMap<String, Object>();
        members.put("at", jump.at());
        // Clocks are read one after the other: five hours are a millisecond less.
        members.put("bySeconds", jump.by().plusMillis(500).toSeconds());
        members.put("settlesAt", jump.settlesAt());
        return members;
    }

    public static Status read(JsonObject json) {
        return new Status(
                json.text("version", "?"),
                instant(json, "startedAt"),
                instant(json, "now"),
                json.texts("unready"),
                json.objects("listeners").stream().map(StatusJson::listener).toList(),
                json.objects("upstreams").stream().map(StatusJson::upstream).toList(),
                // An empty list is a queue, too, though it has no value.
                json.names().contains("queue")
                        ? Optional.of(new QueueCensus.Counted(instant(json, "countedAt"), counts(json)))
                        : Optional.empty(),
                lastMinute(json.object("lastMinute")),
                json.objects("troubles").stream().map(StatusJson::trouble).toList(),
                json.objects("settings").stream().map(FileReport::read).toList(),
                domains(json.object("domains")),
                new Status.LockedOut(json.number("lockedOut", 0), json.objects("lockouts").stream().map(StatusJson::locked).toList()),
                known(json, "certificateExpiresAt"),
                json.has("clockJump") ? Optional.of(clockJump(json.object("clockJump"))) : Optional.empty());
    }

    private static Status.ListenerState listener(JsonObject json) {
        return new Status.ListenerState(
                json.text("address", ""), json.text("takes", "apps"), json.text("tls", ""), json.number("connections", 0));
    }

    private static Status.UpstreamState upstream(JsonObject json) {
        var isDown = json.text("state").filter("down"::equals).isPresent();
        return new Status.UpstreamState(
                json.text("name", ""),
                isDown
                        ? Optional.of(new Status.Down(instant(json, "since"), instant(json, "retryAt"), json.text("cause", "")))
                        : Optional.empty(),
                known(json, "restsUntil"));
    }

    /// Without those of a state that this version doesn't know.
    private static List<QueueCount> counts(JsonObject json) {
        return json.objects("queue").stream().flatMap(count -> Arrays.stream(QueueStatus.values())
                .filter(status -> status.word().equals(count.text("state", "")))
                .map(status -> new QueueCount(status, count.number("letters", 0), instant(count, "oldestAt"))))
                .toList();
    }

    private static Map<RecentEvents.Sort, Long> lastMinute(JsonObject json) {
        return Arrays.stream(RecentEvents.Sort.values()).collect(Collectors.toMap(sort -> sort, sort -> json.number(Word.of(sort), 0)));
    }

    private static Map<String, Long> domains(JsonObject json) {
        return json.names().stream().collect(Collectors.toMap(name -> name, name -> json.number(name, 0)));
    }

    private static RecentEvents.Trouble trouble(JsonObject json) {
        return new RecentEvents.Trouble(instant(json, "at"), json.text("event", ""));
    }

    private static Status.LockedAddress locked(JsonObject json) {
        return new Status.LockedAddress(json.text("address", ""), Duration.ofSeconds(json.number("leftSeconds", 0)));
    }

    private static Status.ClockJump clockJump(JsonObject json) {
        return new Status.ClockJump(instant(json, "at"), Duration.ofSeconds(json.number("bySeconds", 0)), instant(json, "settlesAt"));
    }

    static Instant instant(JsonObject json, String name) {
        return known(json, name).orElse(Instant.EPOCH);
    }

    private static Optional<Instant> known(JsonObject json, String name) {
        try {
            return json.text(name).map(Instant::parse);
        } catch (DateTimeParseException otherText) {
            return Optional.empty();
        }
    }
}
