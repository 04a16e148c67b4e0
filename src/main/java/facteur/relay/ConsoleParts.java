package facteur.relay;

import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.LaunchTokens;
import facteur.access.Oidc;
import facteur.access.Persons;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.access.TicketKind;
import facteur.access.Tickets;
import facteur.access.TokenRates;
import facteur.access.Tokens;
import facteur.access.UsedOnce;
import facteur.api.Api;
import facteur.console.Console;
import facteur.console.Services;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.notice.PasswordNotices;
import facteur.replay.Replayer;
import facteur.spool.BadAddresses;
import facteur.spool.OfficeLog;
import facteur.store.Store;
import facteur.web.PageSettings;
import facteur.web.Site;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What API and pages are made of, and work with. Thread-safe.
final class ConsoleParts implements AutoCloseable {
    private final StartupParts base;
    private final CurrentConfig current;
    private final Store store;
    private final Tokens tokens;
    private final ApiRules rules;
    private final RunningControl control;
    private final SecureRandom random = new SecureRandom();
    private final Derivations derivations = new Derivations(new Pbkdf2());
    private final Tickets tickets;
    private final LaunchTickets launches;
    private final Persons persons;
    private final PasswordNotices passwords;
    private final Oidc oidc;
    private final RunningOperations operations;
    private final OfficeLog log;
    private final BadAddresses bad;
    private final Replayer replayer;

    /// Known once it is open.
    private final AtomicInteger port = new AtomicInteger();

    /// @param base whose configuration has an address for the console
    /// @param rules as they are in force
    /// @param control of the relay, for its operators
    /// @param letters for who has forgotten a password
    ConsoleParts(
            StartupParts base, CurrentConfig current, Store store, Tokens tokens, ApiRules rules, RunningControl control, OwnLetters letters) {
        this.base = base;
        this.current = current;
        this.store = store;
        this.tokens = tokens;
        this.rules = rules;
        this.control = control;
        var clocks = base.clocks();
        tickets = new Tickets(base.database(), clocks.wall(), random);
        launches = new LaunchTickets(tickets);
        persons = new Persons(base.database(), derivations, clocks.wall(), clocks.steady(), random);
        passwords = letters.aboutPasswords(persons, this::url);
        oidc = new Oidc(() -> current.get().federation().oidc(), this::url, tickets, clocks.wall(), clocks.steady(), random);
        operations = new RunningOperations(control, current, base.database(), clocks.wall());
        log = new OfficeLog(base.database(), clocks.wall());
        bad = new BadAddresses(base.database());
        replayer = new Replayer(log, clocks.wall());
    }

    /// All paths.
    Site site() {
        return new Console(services()).site(api().routes());
    }

    private Api api() {
        return new Api(
                store,
                tokens,
                new TokenRates(base.clocks().steady()),
                base.database().dialect(),
                base.folder().incoming(),
                rules,
                log,
                bad,
                replayer,
                launches,
                this::launchRules,
                control::acted,
                base.clocks().wall(),
                base.clocks().steady());
    }

    private Services services() {
        var wall = base.clocks().wall();
        return new Services(
                store,
                new Sessions(base.database(), () -> limits(pages()), wall, random),
                persons,
                tickets,
                () -> current.get().federation(),
                launches,
                new LaunchTokens(this::launchRules, new UsedOnce(base.database()), wall),
                oidc,
                tokens,
                rules,
                this::pages,
                this::url,
                log,
                bad,
                replayer,
                base.database().dialect(),
                base.folder().incoming(),
                base.journal(),
                control::acted,
                wall,
                base.clocks().steady(),
                ConsoleParts::pause,
                passwords::ask,
                operations);
    }

    void isAt(int openPort) {
        port.set(openPort);
    }

    private URI url() {
        return current.get().console().url(port.get());
    }

    private PageSettings pages() {
        return current.get().console().pages();
    }

    private LaunchRules launchRules() {
        return new LaunchRules(pages().areOn(), url(), current.get().federation(), pages().embed());
    }

    static SessionLimits limits(PageSettings pages) {
        return new SessionLimits(pages.session().idle(), pages.session().longest());
    }

    /// On the thread of the one exchange that waits.
    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// By which the first person becomes an operator, once, within an hour. Only where this machine alone can reach the pages: who can
    /// read what the daemon prints is on it.
    ///
    /// @return empty when there is a person already, or the pages are off
    Optional<URI> firstLink() {
        try {
            return current.get().console().isLoopback() && pages().areOn() && persons.list().isEmpty()
                    ? Optional.of(URI.create(url() + "/first/" + tickets.replace(TicketKind.FIRST, "", "").text()))
                    : Optional.empty();
        } catch (SQLException away) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        oidc.close();
        operations.close();
        derivations.close();
    }
}
