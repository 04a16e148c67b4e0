package facteur.access;

import facteur.login.Derivations;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Who has an account for the console, in the spool's database. Commands make and disable them beside a daemon or without one; a
/// daemon tells its log of what is new. Thread-safe.
public final class Persons {
    private final Database database;
    private final Derivations derivations;
    private final InstantSource time;
    private final SteadyTime steady;
    private final SecureRandom random;

    /// @param time for what is kept
    /// @param steady for what is counted
    public Persons(Database database, Derivations derivations, InstantSource time, SteadyTime steady, SecureRandom random) {
        this.database = database;
        this.derivations = derivations;
        this.time = time;
        this.steady = steady;
        this.random = random;
    }

    /// What became of the wish for a person.
    public sealed interface Addition {
        /// @param link for the first password
        record Made(Person person, Tickets.Made link) implements Addition {}

        /// @param other has the login
        record LoginTaken(Person other) implements Addition {}
    }

    /// A change that no daemon's log has had yet.
    public sealed interface Change {
        Person person();

        record Made(Person person) implements Change {}

        record Disabled(Person person) implements Change {}

        record Enabled(Person person) implements Change {}
    }

    /// Makes a person without a password.
    ///
    /// @param by who, for lists and for the log
    public Addition add(NewPerson wanted, String by) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// By login; those that are disabled among them.
    public List<Person> list() throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// @param login in any case
    public Optional<Person> find(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Shuts a person out, from the next request on: sessions and links end.
    ///
    /// @return empty when there is none who isn't disabled
    public Optional<Person> disable(String login, String by) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Lets a person in again, with the same password.
    ///
    /// @return empty when there is none who is disabled
    public Optional<Person> enable(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Makes a link for a new password. The old password is good until then; earlier links aren't.
    ///
    /// @return empty when there is no such person, or it is disabled
    public Optional<Tickets.Made> reset(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Gives a person other roles, from the next request on.
    ///
    /// @return empty when there is none
    public Optional<Person> grant(String login, List<Grant> grants) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// @param language empty: the browser's
    public void language(String login, Optional<String> language) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Judges a login and a password: in one time, whatever is wrong. The second step is another: [SecondSteps].
    public SignInResult signIn(String login, String password, InetAddress peer) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Sets a password by a link, which is used up by that. All sessions of the person end.
    public PasswordResult setPassword(String ticket, String password) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Changes the password of somebody who is signed in, after [#signIn] has judged the present one. All other sessions end.
    public PasswordResult changePassword(String login, String password, SessionId kept) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// The second steps of these persons.
    public SecondSteps secondSteps() {
        throw new UnsupportedOperationException();
    }

    /// What no daemon's log has yet; it counts as told from then on. Each goes to one node only.
    public List<Change> tell(int limit) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
