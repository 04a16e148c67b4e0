package facteur.relay;

import facteur.domain.Claims;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.domain.DomainWatch;
import facteur.domain.Transition;
import facteur.mail.dkim.KeyFolder;
import facteur.platform.clock.Clocks;
import facteur.platform.database.Database;
import facteur.platform.dns.CachedDns;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done about the domains of offices, by clock: they are checked, and what another process has done about them is
/// seen.
public final class DomainWork {
    private static final Logger LOG = LoggerFactory.getLogger(DomainWork.class);

    private DomainWork() {}

    /// Two threads: what another process has done is seen while checks wait for the DNS.
    ///
    /// @param listener is told what becomes of a domain
    /// @param parts get what there is to close
    static void start(
            LiveConfig inForce, Database database, Claims claims, Transition.Listener listener, Clocks clocks, Closeables parts) {
        var checks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("domain-", 0).factory());
        parts.add(checks::shutdownNow);
        var keys = new KeyFolder(inForce.config().state());
        Function<DomainSettings, DomainDesk> desks = settings -> new DomainDesk(
                database,
                keys,
                new DomainCheck(new CachedDns(settings.dns().open(), clocks.steady())),
                settings.lifecycle(),
                inForce.config().outbound().retry().expireAfter(),
                clocks.wall(),
                clocks.trust(),
                new SecureRandom());
        var watch = new DomainWatch(database, claims, () -> inForce.config().rules().domains(), desks, checks, listener);
        for (var task : List.<Runnable>of(watch, () -> refresh(claims, database))) {
            var thread = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("domains").factory());
            var _ = thread.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS);
            parts.add(thread::shutdownNow);
        }
    }

    private static void refresh(Claims claims, Database database) {
        try {
            claims.refresh(database);
        } catch (SQLException failure) {
            LOG.debug("domains are as they were: {}", failure.getMessage());
        }
    }
}
