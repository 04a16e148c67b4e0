package facteur.spool;

import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of return addresses, in the spool's database: the first is made when there is none, another after 90 days. One that
/// no longer makes addresses is kept for as long as letters are remembered. Nodes that share the database have the same keys; each
/// reads them when it is told to [#run], which is to be every minute. A bounce may be back within a second, at any node: so a key
/// makes addresses only when all of them have read it.
///
/// Thread-safe.
public final class ReturnKeyRing implements Runnable {
    /// How long a key makes addresses.
    static final Duration IN_USE = Duration.ofDays(90);

    /// Until every node has read a key that another has made.
    static final Duration SPREAD = Duration.ofMinutes(3);

    /// Return addresses work for that long, even where letters are forgotten sooner.
    public static final Duration LEAST_KEEP = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(ReturnKeyRing.class);
    private static final String SELECT = "select number, secret, made_at from return_key order by made_at, number";
    private static final String INSERT = "insert into return_key (number, secret, made_at) values (?, ?, ?) on conflict (number) do nothing";
    private static final String DELETE = "delete from return_key where number = ?";

    private final Database database;
    private final Supplier<Duration> keep;
    private final InstantSource time;
    private final RandomGenerator random;
    private volatile ReturnKeys keys;

    private ReturnKeyRing(Database database, Supplier<Duration> keep, InstantSource time, RandomGenerator random) throws SQLException {
        this.database = database;
        this.keep = keep;
        this.time = time;
        this.random = random;
        keys = renewed();
    }

    /// Reads the keys, and makes the first.
    ///
    /// @param keep how long letters are remembered
    /// @param random that can't be predicted
    public static ReturnKeyRing open(Database database, Supplier<Duration> keep, InstantSource time, RandomGenerator random)
            throws SQLException {
        return new ReturnKeyRing(database, keep, time, random);
    }

    /// As they were known a minute ago, at the latest.
    public ReturnKeys keys() {
        return keys;
    }

    /// Reads the keys again, makes one when the newest is 90 days old, and drops those that no letter needs.
    @Override
    public void run() {
        try {
            keys = renewed();
        } catch (SQLException failure) {
            // The spool in the same database reports that it is away.
            LOG.debug("keys of return addresses can't be read now: {}", failure.getMessage());
        }
    }

    private ReturnKeys renewed() throws SQLException {
        var known = database.reading(ReturnKeyRing::all);
        if (!isNewNeeded(known) && known.stream().noneMatch(key -> isOver(key, known))) {
            return keys(known);
        }
        return database.inTransaction(statements -> {
            var now = all(statements);
            if (isNewNeeded(now)) {
                var number = now.isEmpty() ? 0 : (now.getLast().number() + 1) % ReturnKey.NUMBERS;
                statements.update(INSERT, number, ReturnKey.newSecret(random), time.instant().toEpochMilli());
            }
            var made = all(statements);
            for (var key : made) {
                if (isOver(key, made)) {
                    statements.update(DELETE, key.number());
                }
            }
            return keys(all(statements));
        });
    }

    private ReturnKeys keys(List<ReturnKey> known) {
        return new ReturnKeys(known, time.instant().minus(SPREAD));
    }

    /// A key that seems to be of the future is of a clock that was set back since; it makes addresses until it is 90 days old.
    private boolean isNewNeeded(List<ReturnKey> known) {
        return known.isEmpty() || !time.instant().isBefore(known.getLast().madeAt().plus(IN_USE));
    }

    /// A letter that left just before the next key was made is forgotten by then.
    private boolean isOver(ReturnKey key, List<ReturnKey> known) {
        var after = known.stream().map(ReturnKey::madeAt).filter(madeAt -> madeAt.isAfter(key.madeAt())).min(Instant::compareTo);
        var needed = keep.get().compareTo(LEAST_KEEP) < 0 ? LEAST_KEEP : keep.get();
        return after.filter(until -> until.plus(needed).plus(LEAST_KEEP).isBefore(time.instant())).isPresent();
    }

    private static List<ReturnKey> all(Statements statements) throws SQLException {
        return statements.list(SELECT, ReturnKeyRing::key);
    }

    private static ReturnKey key(ResultSet row) throws SQLException {
        return new ReturnKey(row.getInt("number"), row.getString("secret"), Instant.ofEpochMilli(row.getLong("made_at")));
    }
}
