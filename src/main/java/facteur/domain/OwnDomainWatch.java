package facteur.domain;

import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has keys of the relay's own domains sign once their records are seen. [#run] is one round; the DNS is asked only while a key waits.
/// Nodes that share the folder of keys may do the same at once.
///
/// For one thread.
public final class OwnDomainWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnDomainWatch.class);

    private final Supplier<DomainSettings> settings;
    private final Supplier<OwnDomains> domains;

    /// @param settings as they are in force
    /// @param domains by these
    public OwnDomainWatch(Supplier<DomainSettings> settings, Supplier<OwnDomains> domains) {
        this.settings = settings;
        this.domains = domains;
    }

    @Override
    public void run() {
        switch (settings.get().verification()) {
            case DNS -> look(domains.get());
            case NONE -> {}
        }
    }

    private static void look(OwnDomains own) {
        for (var domain : own.list()) {
            try {
                if (own.isWaiting(domain)) {
                    var _ = own.check(domain);
                }
            } catch (IOException failure) {
                LOG.warn("keys of {} can't be written: {}", domain.domain(), failure.getMessage());
            }
        }
    }
}
