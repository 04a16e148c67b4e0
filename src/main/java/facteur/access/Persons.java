package facteur.access;

import facteur.login.Derivations;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who has an account for the console, in the spool's database. Commands make and disable them beside a daemon or without one.
/// Thread-safe.
public final class Persons {
    private static final int LONGEST_ADDRESS = 254;
    private static final String BY_MAIL = "mail";
    private static final Duration BETWEEN_LINKS = Duration.ofMinutes(10);

    private final Database database;
    private final InstantSource time;
    private final Tickets tickets;
    private final SignIns signIns;
    private final Passwords passwords;
    private final SecondSteps secondSteps;

    /// @param time for what is kept
    /// @param steady for what is counted
    public Persons(Database database, Derivations derivations, InstantSource time, SteadyTime steady, SecureRandom random) {
        this.database = database;
        this.time = time;
        tickets = new Tickets(database, time, random);
        signIns = new SignIns(database, derivations, steady);
        passwords = new Passwords(database, derivations, time, random);
        secondSteps = new SecondSteps(database, signIns, time, random);
    }

    /// What became of the wish for a person.
    public sealed interface Addition {
        /// @param link for the first password
        record Made(Person person, Tickets.Made link) implements Addition {}

        /// @param other has the login
        record LoginTaken(Person other) implements Addition {}
    }

    /// Makes a person without a password.
    ///
    /// @param by who, for lists and for the log
    public Addition add(NewPerson wanted, String by) throws SQLException {
        var now = now();
        var link = tickets.next(TicketKind.PASSWORD, wanted.login(), "");
        return database.inTransaction(statements -> {
            var isNew = PersonRows.insert(statements, wanted, now, by);
            var person = PersonRows.byLogin(statements, wanted.login()).orElseThrow().person();
            if (!isNew) {
                return new Addition.LoginTaken(person);
            }
            var _ = Tickets.insert(statements, link);
            return new Addition.Made(person, link);
        });
    }

    /// By login; those that are disabled among them.
    public List<Person> list() throws SQLException {
        return database.reading(PersonRows::all).stream().map(PersonRows.Row::person).toList();
    }

    /// @param login in any case
    public Optional<Person> find(String login) throws SQLException {
        return database.reading(statements -> person(statements, NewPerson.normalized(login)));
    }

    /// Shuts a person out, from the next request on: sessions and links end.
    ///
    /// @return empty when there is none who isn't disabled
    public Optional<Person> disable(String login, String by) throws SQLException {
        var wanted = NewPerson.normalized(login);
        var disabling = new Person.Disabling(now(), by);
        return database.inTransaction(statements -> {
            if (!PersonRows.disable(statements, wanted, disabling)) {
                return Optional.empty();
            }
            var _ = Tickets.endAll(statements, TicketKind.PASSWORD, wanted);
            var _ = SessionRows.endAll(statements, new Holder.Person(wanted, wanted));
            return person(statements, wanted);
        });
    }

    /// Lets a person in again, with the same password.
    ///
    /// @return empty when there is none who is disabled
    public Optional<Person> enable(String login) throws SQLException {
        var wanted = NewPerson.normalized(login);
        return database.inTransaction(
                statements -> PersonRows.enable(statements, wanted) ? person(statements, wanted) : Optional.empty());
    }

    /// Makes a link for a new password. The old password is good until then; earlier links aren't.
    ///
    /// @return empty when there is no such person, or it is disabled
    public Optional<Tickets.Made> reset(String login) throws SQLException {
        var wanted = NewPerson.normalized(login);
        var link = tickets.next(TicketKind.PASSWORD, wanted, "");
        return database.inTransaction(statements -> {
            if (person(statements, wanted).filter(person -> !person.isDisabled()).isEmpty()) {
                return Optional.empty();
            }
            var _ = Tickets.endAll(statements, TicketKind.PASSWORD, wanted) + Tickets.insert(statements, link);
            return Optional.of(link);
        });
    }

    /// Somebody who has forgotten a password, and may be sent a link.
    public record Forgotten(Person person, Tickets.Made link) {}

    /// Makes links for persons who have a mail address. Of each person one in ten minutes, by whichever node, and no earlier link ends by
    /// it: a stranger may ask, too.
    ///
    /// @param who a login, or a mail address that several persons may have
    public List<Forgotten> forgotten(String who) throws SQLException {
        var wanted = who.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || wanted.length() > LONGEST_ADDRESS || wanted.codePoints().anyMatch(Character::isISOControl)) {
            return List.of();
        }
        var lastEnds = now().plus(TicketKind.PASSWORD.life()).minus(BETWEEN_LINKS);
        // Asked first: a stranger's wish must not cost letters a commit.
        if (database.reading(statements -> due(statements, wanted, lastEnds)).isEmpty()) {
            return List.of();
        }
        return database.inTransaction(statements -> {
            var made = new ArrayList<Forgotten>();
            for (var login : due(statements, wanted, lastEnds)) {
                var link = tickets.next(TicketKind.PASSWORD, login, BY_MAIL);
                var _ = Tickets.insert(statements, link);
                made.add(new Forgotten(person(statements, login).orElseThrow(), link));
            }
            return List.copyOf(made);
        });
    }

    private static List<String> due(Statements statements, String wanted, Instant lastEnds) throws SQLException {
        var due = new ArrayList<String>();
        for (var login : PersonRows.reachable(statements, wanted)) {
            if (!Tickets.isThereOne(statements, TicketKind.PASSWORD, login, BY_MAIL, lastEnds)) {
                due.add(login);
            }
        }
        return due;
    }

    /// Gives a person other roles, from the next request on.
    ///
    /// @return empty when there is none
    public Optional<Person> grant(String login, List<Grant> grants) throws SQLException {
        var wanted = NewPerson.normalized(login);
        return database.inTransaction(statements -> {
            if (person(statements, wanted).isEmpty()) {
                return Optional.empty();
            }
            PersonRows.replaceGrants(statements, wanted, grants);
            return person(statements, wanted);
        });
    }

    /// Removes a person who is disabled, for good. The login is free again, though the history of settings may name it.
    ///
    /// @return false when there is none who is disabled
    public boolean remove(String login) throws SQLException {
        var wanted = NewPerson.normalized(login);
        return database.inTransaction(statements -> PersonRows.remove(statements, wanted));
    }

    /// @param language empty: the browser's
    public void language(String login, Optional<String> language) throws SQLException {
        var _ = database.inTransaction(statements -> {
            PersonRows.setLanguage(statements, NewPerson.normalized(login), language.orElse(""));
            return language;
        });
    }

    /// Judges a login and a password, in the same time for each fault. The second step is another: [SecondSteps].
    public SignInResult signIn(String login, String password, InetAddress peer) throws SQLException {
        return signIns.judge(login, password, peer);
    }

    /// Sets a password by a link, which is used up by that. All sessions of the person end.
    public PasswordResult setPassword(String ticket, String password) throws SQLException {
        return passwords.byTicket(ticket, password);
    }

    /// Makes the first person of all, by the link that the relay prints, which is used up by that. Of two who follow it at once one is made.
    ///
    /// @return no ticket also when there is a person already
    public PasswordResult addFirst(String ticket, NewPerson wanted, String password, String by) throws SQLException {
        return passwords.first(ticket, wanted, password, by);
    }

    /// Changes the password of a person who is signed in, after [#signIn] has judged the present one. All other sessions end.
    public PasswordResult changePassword(String login, String password, SessionId kept) throws SQLException {
        var person = find(login);
        return person.isEmpty() ? new PasswordResult.NoTicket() : passwords.change(person.get(), password, kept);
    }

    /// The second steps of these persons.
    public SecondSteps secondSteps() {
        return secondSteps;
    }

    private static Optional<Person> person(Statements statements, String login) throws SQLException {
        return PersonRows.byLogin(statements, login).map(PersonRows.Row::person);
    }

    /// As it is stored: without what milliseconds don't show.
    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }
}
