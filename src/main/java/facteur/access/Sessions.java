package facteur.access;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is signed in, in the spool's database, so that every node knows. Nothing is cached: what a person may, and that a session has
/// ended, counts on all nodes from their next request on.
///
/// Thread-safe.
public final class Sessions {
    /// Of one holder. Whoever signs in more often hardly knows of the first.
    static final int MOST = 10;

    /// What a person has for the second step.
    static final Duration HALF_LIFE = Duration.ofMinutes(10);

    /// In a frame: another site decides whether it is shown.
    static final Duration EMBEDDED_LIFE = Duration.ofMinutes(30);

    /// No letter waits for a commit with each page.
    private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

    private static final int USES_PER_IDLE = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Database database;
    private final Supplier<SessionLimits> limits;
    private final InstantSource time;
    private final RandomGenerator random;

    /// @param limits read with each request
    /// @param random that can't be predicted
    public Sessions(Database database, Supplier<SessionLimits> limits, InstantSource time, RandomGenerator random) {
        this.database = database;
        this.limits = limits;
        this.time = time;
        this.random = random;
    }

    /// @param cookie for the browser: there is no other way to have it
    public record Begun(Session session, String cookie) {}

    /// Signs a person in. Of more than ten sessions of a holder, those that were begun first end.
    public Begun begin(NewSession wanted) throws SQLException {
        var cookie = SecretText.random(random);
        var now = now();
        return database.inTransaction(statements -> begin(statements, wanted, cookie, now));
    }

    /// After the second step: a new session in place of the half one.
    ///
    /// @return empty when that has ended
    public Optional<Begun> complete(SessionId half) throws SQLException {
        var cookie = SecretText.random(random);
        var now = now();
        return database.inTransaction(statements -> {
            var taken = SessionRows.takeHalf(statements, half, now);
            return taken.isEmpty() ? Optional.empty() : Optional.of(begin(statements, whole(taken.get()), cookie, now));
        });
    }

    private static NewSession whole(Session half) {
        return new NewSession(
                half.holder(), half.rights().grants(), half.language(), half.returnTo(), half.embed(), false, half.peer(), half.agent());
    }

    private Begun begin(Statements statements, NewSession wanted, String cookie, Instant now) throws SQLException {
        var session = new Session(
                new SessionId(SecretText.digest(cookie)),
                wanted.holder(),
                new Rights(wanted.grants()),
                now,
                now,
                now.plus(life(wanted)),
                wanted.language(),
                wanted.returnTo(),
                wanted.embed(),
                wanted.needsSecondStep(),
                wanted.peer(),
                wanted.agent());
        endFirst(statements, session);
        SessionRows.insert(statements, session, wanted.grants());
        if (session.holder() instanceof Holder.Person(var login, var _) && !session.needsSecondStep()) {
            PersonRows.signedIn(statements, login, now);
        }
        return new Begun(present(statements, session).orElse(session), cookie);
    }

    private Duration life(NewSession wanted) {
        if (wanted.needsSecondStep()) {
            return HALF_LIFE;
        }
        return wanted.embed().isPresent() ? EMBEDDED_LIFE : limits.get().longest();
    }

    /// Makes room. Half ones don't push others out: who begins them only knows a password.
    private static void endFirst(Statements statements, Session coming) throws SQLException {
        var same = SessionRows.of(statements, coming.holder()).stream()
                .filter(session -> session.needsSecondStep() == coming.needsSecondStep())
                .toList();
        for (var session : same.subList(Math.min(MOST - 1, same.size()), same.size())) {
            var _ = SessionRows.end(statements, session.id());
        }
    }

    /// Whose request it is. The session's idle end moves on; its rights are those of this moment.
    public Optional<Session> find(String cookie) throws SQLException {
        var now = now();
        var found = good(cookie, now);
        if (found.isPresent() && isToBeMoved(found.get(), now)) {
            move(found.get(), now);
        }
        return found;
    }

    /// The same for what a page asks by itself, with no person behind it: the idle end stays.
    public Optional<Session> look(String cookie) throws SQLException {
        return good(cookie, now());
    }

    private Optional<Session> good(String cookie, Instant now) throws SQLException {
        if (!SecretText.isOne(cookie)) {
            return Optional.empty();
        }
        var id = new SessionId(SecretText.digest(cookie));
        return database.reading(statements -> {
            var session = SessionRows.byId(statements, id).filter(row -> isGood(row, now));
            return session.isEmpty() ? session : present(statements, session.get());
        });
    }

    private boolean isGood(Session session, Instant now) {
        return now.isBefore(session.until())
                && now.isBefore(session.madeAt().plus(limits.get().longest()))
                && now.isBefore(session.usedAt().plus(limits.get().idle()));
    }

    private boolean isToBeMoved(Session session, Instant now) {
        var perIdle = limits.get().idle().dividedBy(USES_PER_IDLE);
        var between = perIdle.compareTo(BETWEEN_USES) < 0 ? perIdle : BETWEEN_USES;
        return !now.isBefore(session.usedAt().plus(between));
    }

    /// A page can be looked at while nothing can be written, such as on a full disk: then more than ever.
    private void move(Session session, Instant now) {
        try {
            var _ = database.inTransaction(statements -> {
                SessionRows.used(statements, session.id(), now);
                return session.id();
            });
        } catch (SQLException notNow) {
            LOG.debug("a session's idle end doesn't move on: {}", notNow.getMessage());
        }
    }

    /// With what a person is and may now; empty when that is nothing any more.
    private static Optional<Session> present(Statements statements, Session session) throws SQLException {
        if (!(session.holder() instanceof Holder.Person(var login, var _))) {
            return Optional.of(session);
        }
        return PersonRows.byLogin(statements, login)
                .map(PersonRows.Row::person)
                .filter(person -> !person.isDisabled())
                .map(person -> session.of(person));
    }

    /// @return false when it has ended before
    public boolean end(SessionId id) throws SQLException {
        return database.inTransaction(statements -> SessionRows.end(statements, id));
    }

    /// Those of one holder, the latest first; half ones aren't among them.
    public List<Session> of(Holder holder) throws SQLException {
        var now = now();
        return database.reading(statements -> SessionRows.of(statements, holder)).stream()
                .filter(session -> !session.needsSecondStep() && isGood(session, now))
                .toList();
    }

    /// @return how many have ended by this
    public int endAll(Holder holder) throws SQLException {
        return database.inTransaction(statements -> SessionRows.endAll(statements, holder));
    }

    /// Ends those of a holder but one.
    ///
    /// @return how many have ended by this
    public int endOthers(Holder holder, SessionId kept) throws SQLException {
        return database.inTransaction(statements -> SessionRows.endOthers(statements, holder, kept));
    }

    /// As it is stored: without what milliseconds don't show.
    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }
}
