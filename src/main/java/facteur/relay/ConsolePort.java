package facteur.relay;

import facteur.access.TokenRates;
import facteur.access.Tokens;
import facteur.api.Api;
import facteur.replay.Replayer;
import facteur.spool.OfficeLog;
import facteur.store.Store;
import facteur.web.Site;
import facteur.web.WebServer;
import java.io.IOException;

/// The port of `console.address`, with the API behind it. Opened when letters are accepted already, and closed before anything that it
/// needs. Thread-safe.
final class ConsolePort implements AutoCloseable {
    private final WebServer server;

    private ConsolePort(WebServer server) {
        this.server = server;
    }

    /// @param base whose configuration has an address for it
    /// @param rules as they are in force
    /// @param acts gets what operators' tokens change
    /// @throws IOException when the port can't be opened
    static ConsolePort open(StartupParts base, CurrentConfig current, Store store, Tokens tokens, ApiRules rules, ActReporter acts)
            throws IOException {
        var wall = base.clocks().wall();
        var log = new OfficeLog(base.database(), wall);
        var api = new Api(
                store,
                tokens,
                new TokenRates(base.clocks().steady()),
                base.database().dialect(),
                base.folder().incoming(),
                rules,
                log,
                new Replayer(log, wall),
                acts::record,
                wall,
                base.clocks().steady());
        return new ConsolePort(WebServer.start(
                base.config().console().address().orElseThrow(),
                () -> current.get().console(),
                base.tlsKeys(),
                Site.of(api.routes()),
                base.journal(),
                base.registry()));
    }

    /// Also when the kernel chose it.
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
