package facteur.relay;

import facteur.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// The port of `console.address`, with the API and the pages behind it. Opened when letters are accepted already, and closed before
/// anything that it needs. Thread-safe.
final class ConsolePort implements AutoCloseable {
    private final WebServer server;
    private final ConsoleParts parts;

    private ConsolePort(WebServer server, ConsoleParts parts) {
        this.server = server;
        this.parts = parts;
    }

    /// @param base whose configuration has an address for it
    /// @param parts closed with it
    /// @throws IOException when the port can't be opened
    static ConsolePort open(StartupParts base, CurrentConfig current, ConsoleParts parts) throws IOException {
        var server = WebServer.start(
                base.config().console().address().orElseThrow(),
                () -> current.get().console(),
                base.tlsKeys(),
                parts.site(),
                base.journal(),
                base.registry());
        parts.isAt(server.port());
        return new ConsolePort(server, parts);
    }

    /// A new link for the first operator; empty when there is one.
    Optional<URI> firstLink() {
        return parts.firstLink();
    }

    /// Also when the kernel chose it.
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        parts.close();
    }
}
