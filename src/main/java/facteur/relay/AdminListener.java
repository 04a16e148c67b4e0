package facteur.relay;

import facteur.admin.AdminAccess;
import facteur.admin.AdminServer;
import facteur.admin.AdminSettings;
import facteur.admin.DaemonControl;
import facteur.platform.tls.TlsKeys;
import facteur.spool.SpoolException;
import facteur.spool.StateFolder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Optional;

/// The admin port, and the file in the state folder by which commands on this machine find it. Thread-safe.
///
/// @param folder where that file is
record AdminListener(AdminServer server, StateFolder folder) implements AutoCloseable {
    /// @return empty when the admin port is off
    /// @throws IOException when the port can't be opened
    static Optional<AdminListener> open(
            AdminSettings settings, TlsKeys tlsKeys, StateFolder folder, DaemonControl control, PrometheusRegistry registry)
            throws IOException, SpoolException {
        if (settings.address().isEmpty()) {
            return Optional.empty();
        }
        var listener = new AdminListener(AdminServer.start(settings, settings.address().get(), tlsKeys, control, registry), folder);
        var isFound = false;
        try {
            folder.publish(AdminAccess.FILE, listener.server.access().line());
            isFound = true;
            return Optional.of(listener);
        } finally {
            if (!isFound) {
                listener.close();
            }
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        folder.withdraw(AdminAccess.FILE);
        server.close();
    }
}
