package facteur.relay;

import facteur.domain.Claims;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.domain.DomainWatch;
import facteur.domain.OwnDomainWatch;
import facteur.domain.Transition;
import facteur.mail.dkim.KeyFolder;
import facteur.platform.clock.Clocks;
import facteur.platform.clock.PollInterval;
import facteur.platform.database.Database;
import facteur.platform.dns.CachedDns;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the domains of offices against the DNS, and follows the claims that other processes make. One thread at a time.
final class DomainChecks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainChecks.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration OWN_PAUSE = Duration.ofMinutes(5);

    private final Database database;
    private final Claims claims;
    private final DomainWatch watch;
    private final OwnDomainWatch ownWatch;
    private final ExecutorService checks =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("domain-", 0).factory());
    private final PeriodicTasks duties = new PeriodicTasks();

    /// @param listener gets each change of a domain's state
    DomainChecks(CurrentConfig config, Database database, Claims claims, Transition.Listener listener, Clocks clocks) {
        this.database = database;
        this.claims = claims;
        var keys = new KeyFolder(config.get().state());
        watch = new DomainWatch(
                database,
                claims,
                () -> config.get().rules().domains(),
                settings -> desk(settings, config, database, keys, clocks),
                checks,
                listener);
        ownWatch = new OwnDomainWatch(
                () -> config.get().rules().domains(),
                () -> RelayDomains.of(config.get(), keys, config.get().rules().domains().dns().open(), clocks.wall(), () -> {}));
    }

    private static DomainDesk desk(DomainSettings settings, CurrentConfig config, Database database, KeyFolder keys, Clocks clocks) {
        return new DomainDesk(
                database,
                keys,
                new DomainCheck(new CachedDns(settings.dns().open(), clocks.steady())),
                settings.lifecycle(),
                config.get().outbound().retry().expireAfter(),
                clocks.wall(),
                clocks.trust(),
                new SecureRandom());
    }

    /// Two duties: the claims of other processes are seen while checks wait for the DNS.
    void start() {
        var pause = PollInterval.of(PAUSE);
        duties.repeat("domain-checks", pause, pause, watch);
        duties.repeat("domain-claims", pause, pause, this::refresh);
        duties.repeat("own-domains", OWN_PAUSE, OWN_PAUSE, ownWatch);
    }

    private void refresh() {
        try {
            claims.refresh(database);
        } catch (SQLException failure) {
            LOG.debug("claims on domains are not read again: {}", failure.getMessage());
        }
    }

    @Override
    public void close() {
        duties.close();
        checks.shutdownNow();
    }
}
