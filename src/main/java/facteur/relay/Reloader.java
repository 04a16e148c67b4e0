package facteur.relay;

import facteur.admin.Health.LastReload;
import facteur.admin.ReloadResult;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.log.DaemonLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reloads the configuration of a running daemon: the whole file is read again; with a problem in it nothing changes, without
/// one every part gets its new values here. Keys that need a restart are named.
///
/// Thread-safe: one reload at a time, and nothing else waits for it.
final class Reloader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    /// The most keys or problems that one event lists.
    private static final int LISTED = 20;

    /// How long a reload waits until the files of offices are read. The admin port has to answer within a minute.
    private static final Duration OFFICE_FILES_TIMEOUT = Duration.ofSeconds(20);

    private final Config started;
    private final CurrentConfig current;
    private final Outbound outbound;
    private final OfficeRules rules;
    private final Inbound inbound;
    private final Journal journal;
    private final InstantSource time;
    private volatile Optional<LastReload> lastReload = Optional.empty();
    private boolean isClosed;

    /// @param current as the daemon was started
    Reloader(CurrentConfig current, Outbound outbound, OfficeRules rules, Inbound inbound, Journal journal, InstantSource time) {
        this.started = current.get();
        this.current = current;
        this.outbound = outbound;
        this.rules = rules;
        this.inbound = inbound;
        this.journal = journal;
        this.time = time;
    }

    Optional<LastReload> lastReload() {
        return lastReload;
    }

    /// Reads the file and applies it, or says why not.
    synchronized ReloadResult reload() {
        if (isClosed) {
            return new ReloadResult.Refused(List.of("facteur is stopping"));
        }
        var problems = new Problems();
        var next = current.get().reread(problems);
        if (problems.isEmpty()) {
            rules.unlisted(current.get(), next).forEach(problems::add);
            SealKey.check(next, problems);
        }
        var result = problems.isEmpty() ? apply(next, problems.warnings()) : new ReloadResult.Refused(texts(problems.list()));
        var now = time.instant();
        lastReload = Optional.of(lastReload.map(last -> last.then(now, result)).orElseGet(() -> new LastReload(now, result, now)));
        report(result);
        return result;
    }

    /// The one place that decides the order. No step can fail, so none is undone.
    private ReloadResult apply(Config next, List<Problem> problems) {
        var keys = ReloadKeys.of(started, current.get(), next);
        // What comes after the intake first: a letter that is accepted by the new rules is delivered by them.
        outbound.apply(next);
        // Then what surrounds the rules. A letter in progress keeps the rules it began with, and the app its admission.
        inbound.apply(next.inbound());
        DaemonLog.level(next.log().level());
        current.replace(next);
        // Then the rules, in one step: no letter is decided by half of them.
        rules.apply(next, keys);
        // Ports last: an app that connects to a new one is judged by the new rules.
        var closedPorts = inbound.listen(next.inbound().listeners());
        OfficeLint.start(next);
        var officeFiles = rules.recheck(OFFICE_FILES_TIMEOUT);
        var warnings = new ArrayList<>(texts(problems));
        warnings.addAll(closedPorts);
        if (officeFiles.isEmpty()) {
            warnings.add("the files of offices are still being read: `facteur status` will tell");
        }
        return new ReloadResult.Applied(keys.changed(), keys.atNextStart(), warnings, officeFiles.orElse(List.of()));
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private void report(ReloadResult result) {
        journal.record(switch (result) {
            case ReloadResult.Applied(var changed, var atNextStart, var warnings, var troubles) -> {
                warnings.forEach(warning -> LOG.warn("{}", warning));
                listed(troubles).forEach(trouble -> LOG.warn("{}", trouble));
                yield new MailEvent.Reloaded(listed(changed), listed(atNextStart));
            }
            case ReloadResult.Refused(var problems) -> new MailEvent.ReloadRefused(listed(problems));
        });
    }

    private static List<String> listed(List<String> all) {
        return all.size() <= LISTED
                ? all
                : Stream.concat(all.stream().limit(LISTED), Stream.of("and " + (all.size() - LISTED) + " more")).toList();
    }

    /// Waits for a reload in progress, and refuses those that come later.
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
