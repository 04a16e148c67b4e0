package facteur.access;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Who is signed in, in the spool's database, so that every node knows. Thread-safe.
public final class Sessions {
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

    /// Signs somebody in. Of more than ten sessions of a holder, those that were begun first end.
    public Begun begin(NewSession wanted) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// After the second step: a new session in place of the half one.
    ///
    /// @return empty when that has ended
    public Optional<Begun> complete(SessionId half) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Whose request it is. The session's idle end moves on; its rights are those of this moment.
    public Optional<Session> find(String cookie) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// @return false when it has ended before
    public boolean end(SessionId id) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Those of one holder, the latest first; half ones aren't among them.
    public List<Session> of(Holder holder) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// @return how many have ended by this
    public int endAll(Holder holder) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Ends those of a holder but one.
    public int endOthers(Holder holder, SessionId kept) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
