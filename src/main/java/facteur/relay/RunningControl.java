package facteur.relay;

import facteur.admin.DaemonControl;
import facteur.admin.EvictResult;
import facteur.admin.Health;
import facteur.admin.ReloadResult;
import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.app.Network;
import facteur.office.OfficeId;
import facteur.platform.log.DaemonLog;
import java.util.List;

/// What the admin port asks of a daemon that has started. Thread-safe.
///
/// @param acts gets what operators do
record RunningControl(
        Readiness readiness, StatusReport report, Reloader config, OfficeRules rules, Outbound outbound, Inbound inbound, ActReporter acts)
        implements DaemonControl {
    @Override
    public Health health() {
        return new Health(readiness.obstacles(), DaemonLog.trouble().stream().toList(), rules.watch().troubles(), config.lastReload());
    }

    @Override
    public Status status() {
        return report.status(readiness.obstacles());
    }

    @Override
    public int evictAll() {
        return rules.evictAll();
    }

    @Override
    public EvictResult evict(OfficeId office) {
        return rules.evict(office);
    }

    @Override
    public void acted(String operator, String command) {
        acts.record(operator, command);
    }

    @Override
    public WakeResult wake(String upstream) {
        return outbound.wake(upstream);
    }

    @Override
    public List<String> unlock(Network network) {
        return inbound.unlock(network);
    }

    @Override
    public ReloadResult reload() {
        return switch (readiness.stage()) {
            case STARTING -> new ReloadResult.Refused(List.of("facteur is starting"));
            case RUNNING -> config.reload();
            case STOPPING -> new ReloadResult.Refused(List.of("facteur is stopping"));
        };
    }
}
