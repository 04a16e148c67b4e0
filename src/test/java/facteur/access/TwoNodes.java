package facteur.access;

import facteur.fixture.CountingDerivation;
import facteur.fixture.TestTime;
import facteur.login.Derivations;
import facteur.office.OfficeId;
import facteur.platform.database.Database;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Persons and their sessions, in a database that two nodes share.
abstract class TwoNodes {
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final OfficeId DURAND = new OfficeId("durand");
    static final String PASSWORD = "correct horse battery staple";
    static final String BY = "root";
    static final InetAddress PEER = peer(1);

    final TestTime time = new TestTime();
    final CountingDerivation derivation = new CountingDerivation();
    final Derivations derivations = new Derivations(derivation);
    SessionLimits limits = SessionLimits.STANDARD;

    Database database;
    Database otherDatabase;
    Persons persons;
    Sessions sessions;
    Tickets tickets;

    /// Of another process, on the same tables.
    Persons otherPersons;
    Sessions otherSessions;
    Tickets otherTickets;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = openDatabase();
        otherDatabase = openDatabase();
        persons = persons(database);
        otherPersons = persons(otherDatabase);
        sessions = sessions(database);
        otherSessions = sessions(otherDatabase);
        tickets = new Tickets(database, time, new SecureRandom());
        otherTickets = new Tickets(otherDatabase, time, new SecureRandom());
    }

    @AfterEach
    void close() {
        derivations.close();
        otherDatabase.close();
        database.close();
    }

    private Persons persons(Database own) {
        return new Persons(own, derivations, time, time, new SecureRandom());
    }

    private Sessions sessions(Database own) {
        return new Sessions(own, () -> limits, time, new SecureRandom());
    }

    static InetAddress peer(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    Persons.Addition.Made add(String login, Grant... grants) throws SQLException {
        return (Persons.Addition.Made) persons.add(new NewPerson(login, "", Optional.empty(), List.of(grants)), BY);
    }

    /// A person with a password.
    Person ready(String login, Grant... grants) throws SQLException {
        var set = persons.setPassword(add(login, grants).link().text(), PASSWORD);
        if (!set.equals(new PasswordResult.Set(login))) {
            throw new AssertionError(set);
        }
        return persons.find(login).orElseThrow();
    }

    Sessions.Begun begin(Person person) throws SQLException {
        return sessions.begin(NewSession.of(person, false, "192.0.2.7", "Browser/1"));
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /// What many say who do the same at once, each other one on the other node.
    static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            return many.invokeAll(IntStream.range(0, 8).mapToObj(i -> i % 2 == 0 ? one : other).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
