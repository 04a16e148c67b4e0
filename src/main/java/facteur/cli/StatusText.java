package facteur.cli;

import facteur.platform.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the running daemon says of itself, on one screen. All times are told from the daemon's own now.
final class StatusText {
    /// Of files in trouble: one screen.
    private static final int SHOWN = 10;

    /// States of domains.
    private static final List<String> ODD = List.of("unconfirmed", "degraded", "suspended", "failed");

    private final JsonObject status;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private StatusText(JsonObject status) {
        this.status = status;
        this.now = instant(status, "now");
    }

    /// @param json of `GET /status`
    static String of(String json) {
        return new StatusText(JsonObject.parse(json)).text();
    }

    private String text() {
        var unready = status.texts("unready");
        add("facteur " + status.text("version", "?"), (unready.isEmpty() ? "ready" : "not ready: " + String.join("; ", unready))
                + ", up " + since(status, "startedAt"));
        each("listeners", "no listeners", port -> "%-22s tls %-18s %s connections"
                .formatted(port.text("address", ""), port.text("tls", ""), port.text("connections", "0")));
        each("upstreams", "no upstreams", this::upstream);
        queue();
        var minute = status.object("lastMinute");
        add("last minute", "letters: %s taken, %s refused; recipients: %s relayed, %s deferred, %s failed".formatted(
                minute.text("accepted", "0"), minute.text("refused", "0"), minute.text("relayed", "0"),
                minute.text("deferred", "0"), minute.text("failed", "0")));
        settings();
        domains();
        if (status.has("certificateExpiresAt")) {
            add("certificate", "ends " + status.text("certificateExpiresAt", "") + ", in " + until(status, "certificateExpiresAt"));
        }
        lockouts();
        if (status.has("clockJump")) {
            var jump = status.object("clockJump");
            add("clock", "%s, %s ago: nothing ends by its age for another %s".formatted(
                    jumped(jump), since(jump, "at"), until(jump, "settlesAt")));
        }
        each("troubles", "none lately", trouble -> since(trouble, "at") + " ago  " + trouble.text("event", ""));
        return String.join("", lines.stream().map(line -> QueueText.printable(line) + "\n").toList());
    }

    private static String jumped(JsonObject jump) {
        var seconds = jump.number("bySeconds", 0);
        return (seconds < 0 ? "set back by " : "forward by ") + QueueText.length(Duration.ofSeconds(Math.abs(seconds)));
    }

    private String upstream(JsonObject upstream) {
        var state = upstream.text("state", "");
        return "%-22s %s".formatted(upstream.text("name", ""), switch (state) {
            case "down" -> "down for " + since(upstream, "since") + ", tried again in " + until(upstream, "retryAt") + ": "
                    + upstream.text("cause", "");
            case "resting" -> "resting for " + until(upstream, "restsUntil") + ": it has had what its caps allow";
            default -> state;
        });
    }

    private void queue() {
        if (!status.has("queue")) {
            add("queue", "can't be counted: the spool is not to be read");
            return;
        }
        each("queue", "empty", count -> "%-22s %s, the oldest since %s".formatted(
                count.text("state", ""), count.text("letters", "0"), since(count, "oldestAt")));
    }

    /// Only what isn't as it should be.
    private void settings() {
        var troubles = status.objects("settings");
        for (var i = 0; i < Math.min(troubles.size(), SHOWN); i++) {
            var trouble = troubles.get(i);
            var line = trouble.text("line", "0");
            add(i == 0 ? "settings" : "", "for %s: %s%s: %s; %s".formatted(
                    since(trouble, "since"), trouble.text("file", ""), line.equals("0") ? "" : ":" + line, trouble.text("reason", ""), trouble.text("consequence", "")));
        }
        if (troubles.size() > SHOWN) {
            add("", "and " + (troubles.size() - SHOWN) + " more files; `facteur check` has them all");
        }
    }

    /// Only those that want a look.
    private void domains() {
        var domains = status.object("domains");
        var odd = ODD.stream()
                .filter(state -> !domains.text(state, "0").equals("0"))
                .map(state -> domains.text(state, "0") + " " + state)
                .toList();
        if (!odd.isEmpty()) {
            add("domains", String.join(", ", odd) + "; `facteur domain list` has the reasons");
        }
    }

    /// Addresses that can't log in; mostly there are none, and nothing is said.
    private void lockouts() {
        var lockouts = status.objects("lockouts");
        for (var i = 0; i < lockouts.size(); i++) {
            var left = Duration.ofSeconds(lockouts.get(i).number("leftSeconds", 0));
            add(i == 0 ? "locked out" : "", "%-22s %s left".formatted(lockouts.get(i).text("address", ""), QueueText.length(left)));
        }
        var more = status.number("lockedOut", 0) - lockouts.size();
        if (more > 0) {
            add("", "and " + more + " more");
        }
    }

    private interface Line {
        String of(JsonObject member);
    }

    private void each(String key, String none, Line line) {
        var members = status.objects(key);
        if (members.isEmpty()) {
            add(key, none);
        }
        for (var i = 0; i < members.size(); i++) {
            add(i == 0 ? key : "", line.of(members.get(i)));
        }
    }

    private void add(String name, String value) {
        lines.add("%-12s %s".formatted(name, value));
    }

    private String since(JsonObject object, String key) {
        return QueueText.length(Duration.between(instant(object, key), now));
    }

    private String until(JsonObject object, String key) {
        return QueueText.length(Duration.between(now, instant(object, key)));
    }

    private static Instant instant(JsonObject object, String key) {
        return object.text(key).map(Instant::parse).orElse(Instant.EPOCH);
    }
}
