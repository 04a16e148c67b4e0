package facteur.relay;

import facteur.access.TokenRates;
import facteur.access.Tokens;
import facteur.access.UsedOnce;
import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.LaunchTokens;
import facteur.access.Oidc;
import facteur.access.Persons;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.access.TicketKind;
import facteur.access.Tickets;
import facteur.api.Api;
import facteur.console.Console;
import facteur.console.Services;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.replay.Replayer;
import facteur.spool.OfficeLog;
import facteur.store.Store;
import facteur.web.ConsoleSettings;
import facteur.web.PageSettings;
import facteur.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The port of `console.address`, with the API behind it. Opened when letters are accepted already, and closed before anything that it
/// needs. Thread-safe.
final class ConsolePort implements AutoCloseable {
    private final WebServer server;
    private final Derivations derivations;
    private final Oidc oidc;
    private final Persons persons;
    private final Tickets tickets;
    private final Supplier<ConsoleSettings> settings;

    private final RunningOperations operations;

    private ConsolePort(
            WebServer server,
            Derivations derivations,
            Oidc oidc,
            Persons persons,
            Tickets tickets,
            Supplier<ConsoleSettings> settings,
            RunningOperations operations) {
        this.server = server;
        this.derivations = derivations;
        this.oidc = oidc;
        this.persons = persons;
        this.tickets = tickets;
        this.settings = settings;
        this.operations = operations;
    }

    /// @param base whose configuration has an address for it
    /// @param rules as they are in force
    /// @param control of the relay, for its operators
    /// @throws IOException when the port can't be opened
    static ConsolePort open(StartupParts base, CurrentConfig current, Store store, Tokens tokens, ApiRules rules, RunningControl control)
            throws IOException {
        var wall = base.clocks().wall();
        var operations = new RunningOperations(control, current, base.database(), wall);
        var log = new OfficeLog(base.database(), wall);
        var replayer = new Replayer(log, wall);
        var random = new SecureRandom();
        var tickets = new Tickets(base.database(), wall, random);
        var launches = new LaunchTickets(tickets);
        var port = new AtomicInteger();
        var api = new Api(
                store,
                tokens,
                new TokenRates(base.clocks().steady()),
                base.database().dialect(),
                base.folder().incoming(),
                rules,
                log,
                replayer,
                launches,
                () -> launchRules(current.get(), port.get()),
                control::acted,
                wall,
                base.clocks().steady());
        var derivations = new Derivations(new Pbkdf2());
        var persons = new Persons(base.database(), derivations, wall, base.clocks().steady(), random);
        var oidc = new Oidc(
                () -> current.get().federation().oidc(),
                () -> current.get().console().url(port.get()),
                tickets,
                wall,
                base.clocks().steady(),
                random);
        var console = new Console(new Services(
                store,
                new Sessions(base.database(), () -> limits(current.get().console().pages()), wall, random),
                persons,
                tickets,
                () -> current.get().federation(),
                launches,
                new LaunchTokens(() -> launchRules(current.get(), port.get()), new UsedOnce(base.database()), wall),
                oidc,
                tokens,
                rules,
                () -> current.get().console().pages(),
                () -> current.get().console().url(port.get()),
                log,
                replayer,
                base.database().dialect(),
                base.folder().incoming(),
                base.journal(),
                control.acts()::record,
                wall,
                base.clocks().steady(),
                ConsolePort::pause,
                operations));
        var server = WebServer.start(
                base.config().console().address().orElseThrow(),
                () -> current.get().console(),
                base.tlsKeys(),
                console.site(api.routes()),
                base.journal(),
                base.registry());
        port.set(server.port());
        return new ConsolePort(server, derivations, oidc, persons, tickets, () -> current.get().console(), operations);
    }

    /// On the thread of the one exchange that waits.
    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static LaunchRules launchRules(Config config, int port) {
        var pages = config.console().pages();
        return new LaunchRules(pages.areOn(), config.console().url(port), config.federation(), pages.embed());
    }

    static SessionLimits limits(PageSettings pages) {
        return new SessionLimits(pages.session().idle(), pages.session().longest());
    }

    /// By which the first person becomes an operator, once, within an hour. Only where this machine alone can reach the pages: who can
    /// read what the daemon prints is on it.
    ///
    /// @return empty when there is a person already, or the pages are off
    Optional<URI> firstLink() {
        try {
            var now = settings.get();
            return now.isLoopback() && now.pages().areOn() && persons.list().isEmpty()
                    ? Optional.of(URI.create(now.url(port()) + "/first/" + tickets.replace(TicketKind.FIRST, "", "").text()))
                    : Optional.empty();
        } catch (SQLException away) {
            return Optional.empty();
        }
    }

    /// Also when the kernel chose it.
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        oidc.close();
        operations.close();
        derivations.close();
    }
}
