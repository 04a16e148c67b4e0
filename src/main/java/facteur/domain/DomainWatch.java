package facteur.domain;

import facteur.platform.database.Database;
import facteur.platform.database.Fault;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Checks every claim when it is due, and reports changes of state, also those that commands and other nodes made. [#run] is
/// one round. Nodes that share a database each check different claims.
///
/// For one thread.
public final class DomainWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainWatch.class);

    private static final int TOGETHER = 16;
    /// Longer than a check takes, with every resolver silent.
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Database database;
    private final Claims claims;
    private final Supplier<DomainSettings> settings;
    private final Function<DomainSettings, DomainDesk> desks;
    private final ExecutorService checks;
    private final Transition.Listener listener;
    private DomainSettings last;
    private DomainDesk desk;

    /// @param settings as they are in force
    /// @param desks makes a desk by settings
    /// @param checks runs what waits for the DNS
    public DomainWatch(
            Database database,
            Claims claims,
            Supplier<DomainSettings> settings,
            Function<DomainSettings, DomainDesk> desks,
            ExecutorService checks,
            Transition.Listener listener) {
        this.database = database;
        this.claims = claims;
        this.settings = settings;
        this.desks = desks;
        this.checks = checks;
        this.listener = listener;
        last = settings.get();
        desk = desks.apply(last);
    }

    @Override
    public void run() {
        try {
            var now = settings.get();
            if (!now.equals(last)) {
                desk = desks.apply(now);
                last = now;
            }
            switch (last.verification()) {
                case DNS -> check();
                case NONE -> {}
            }
        } catch (SQLException failure) {
            // The spool in it reports that a database is away.
            var level = database.dialect().fault(failure) == Fault.UNAVAILABLE ? Level.DEBUG : Level.WARN;
            LOG.atLevel(level).log("domains can't be checked now: {}", failure.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            LOG.error("domain watch", bug);
        }
    }

    private void check() throws SQLException, InterruptedException {
        var running = new ArrayList<Future<?>>();
        for (var claim : desk.leaseDue(TOGETHER, LEASE)) {
            running.add(checks.submit(() -> check(claim)));
        }
        for (var check : running) {
            try {
                check.get();
            } catch (ExecutionException bug) {
                LOG.error("domain check", bug.getCause());
            }
        }
        if (!running.isEmpty()) {
            claims.refresh(database);
        }
        report();
    }

    private void check(Claim claim) {
        try {
            desk.check(claim);
        } catch (SQLException | IOException failure) {
            // Its lease ends, and then it is due again.
            LOG.warn("{} can't be checked now: {}", claim.domain(), failure.getMessage());
        }
    }

    /// A change is marked as reported before it is, so that no two nodes report it.
    private void report() throws SQLException {
        for (var unreported : database.reading(statements -> ClaimRows.unreported(statements, TOGETHER))) {
            var claim = unreported.claim();
            var isOurs = database.inTransaction(
                    statements -> ClaimRows.markReported(statements, claim, unreported.reported(), claim.state().word()));
            if (isOurs) {
                switch (listener.report(new Transition(claim, unreported.reported()))) {
                    case DONE -> {}
                    case LATER -> {
                        var _ = database.inTransaction(
                                statements -> ClaimRows.markReported(statements, claim, claim.state().word(), unreported.reported()));
                    }
                }
            }
        }
    }
}
