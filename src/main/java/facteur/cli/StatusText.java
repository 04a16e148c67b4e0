package facteur.cli;

import facteur.admin.FileReport;
import facteur.admin.Status;
import facteur.journal.RecentEvents.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The status of the running daemon on one screen. All times are relative to the daemon's own now.
final class StatusText {
    /// Of files of offices: one screen.
    private static final int MOST_FILES = 10;

    /// States of domains that need attention.
    private static final List<String> UNSOUND = List.of("unconfirmed", "degraded", "suspended", "failed");

    private final Status status;
    private final List<String> lines = new ArrayList<>();

    private StatusText(Status status) {
        this.status = status;
    }

    static String of(Status status) {
        return new StatusText(status).text();
    }

    private String text() {
        var unready = status.unready();
        add("facteur " + status.version(), (unready.isEmpty() ? "ready" : "not ready: " + String.join("; ", unready))
                + ", up " + since(status.startedAt()));
        each("listeners", "no listeners", status.listeners(), listener -> "%-22s %-8s tls %-18s %s connections"
                .formatted(listener.address(), listener.takes(), listener.tls(), listener.connections()));
        each("upstreams", "no upstreams", status.upstreams(), this::upstream);
        status.queue().ifPresentOrElse(
                counted -> each("queue", "empty", counted.counts(), count -> "%-22s %s, the oldest since %s".formatted(
                        count.standing().word(), count.letters(), since(count.oldestAt()))),
                () -> add("queue", "unavailable: the spool can't be read"));
        add("last minute", "letters: %s accepted, %s refused; recipients: %s relayed, %s deferred, %s failed".formatted(
                minute(Sort.ACCEPTED), minute(Sort.REFUSED), minute(Sort.RELAYED), minute(Sort.DEFERRED), minute(Sort.FAILED)));
        files();
        domains();
        status.certificateExpiresAt().ifPresent(at -> add("certificate", "expires " + at + ", in " + until(at)));
        lockedOut();
        status.clockJump().ifPresent(jump -> add("clock", "%s, %s ago: nothing expires by age for another %s".formatted(
                by(jump.by()), since(jump.at()), until(jump.settlesAt()))));
        each("troubles", "none lately", status.troubles(), trouble -> since(trouble.at()) + " ago  " + trouble.line());
        return String.join("", lines.stream().map(line -> QueueText.printable(line) + "\n").toList());
    }

    private long minute(Sort sort) {
        return status.inLastMinute(sort);
    }

    private static String by(Duration jump) {
        return (jump.isNegative() ? "set back by " : "set forward by ") + QueueText.length(jump.abs());
    }

    private String upstream(Status.UpstreamState upstream) {
        return "%-22s %s".formatted(upstream.name(), upstream.down()
                .map(down -> "down for " + since(down.since()) + ", next try in " + until(down.retryAt()) + ": " + down.cause())
                .or(() -> upstream.pausedUntil().map(at -> "paused for " + until(at) + ": rate limit reached"))
                .orElse("up"));
    }

    private void files() {
        var files = status.files();
        for (var i = 0; i < Math.min(files.size(), MOST_FILES); i++) {
            add(i == 0 ? "settings" : "", file(files.get(i)));
        }
        if (files.size() > MOST_FILES) {
            add("", "and " + (files.size() - MOST_FILES) + " more files; `facteur check` lists them all");
        }
    }

    private String file(FileReport file) {
        return "for %s: %s%s: %s; %s".formatted(
                since(file.since()), file.file(), file.line() == 0 ? "" : ":" + file.line(), file.reason(), file.consequence());
    }

    private void domains() {
        var unsound = UNSOUND.stream()
                .filter(state -> status.domains().getOrDefault(state, 0L) > 0)
                .map(state -> status.domains().get(state) + " " + state)
                .toList();
        if (!unsound.isEmpty()) {
            add("domains", String.join(", ", unsound) + "; `facteur domain list` has the reasons");
        }
    }

    private void lockedOut() {
        var first = status.lockedOut().first();
        for (var i = 0; i < first.size(); i++) {
            add(i == 0 ? "locked out" : "", "%-22s %s left".formatted(first.get(i).address(), QueueText.length(first.get(i).left())));
        }
        var more = status.lockedOut().count() - first.size();
        if (more > 0) {
            add("", "and " + more + " more");
        }
    }

    private <T> void each(String name, String none, List<T> values, Function<T, String> line) {
        if (values.isEmpty()) {
            add(name, none);
        }
        for (var i = 0; i < values.size(); i++) {
            add(i == 0 ? name : "", line.apply(values.get(i)));
        }
    }

    private void add(String name, String value) {
        lines.add("%-12s %s".formatted(name, value));
    }

    private String since(Instant instant) {
        return QueueText.length(Duration.between(instant, status.now()));
    }

    private String until(Instant instant) {
        return QueueText.length(Duration.between(status.now(), instant));
    }
}
