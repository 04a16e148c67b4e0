package facteur.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection and the statements that were prepared on it. Lent by [Database]; for one thread at a time.
///
/// Every statement is prepared once and reused, so SQL text comes from constants, never from data.
public final class Statements implements AutoCloseable {
    /// Makes a value of a row.
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private @Nullable SQLException failure;

    Statements(Connection connection) {
        this.connection = connection;
    }

    /// @param values String, Long, Integer, octets or null, one for each question mark
    /// @return how many rows were written
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return run(sql, PreparedStatement::executeUpdate, values);
    }

    /// The same statement for each row of values: on a server in one round trip.
    public void updateAll(String sql, List<? extends @Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        run(sql, statement -> {
            for (var values : rows) {
                set(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        return run(sql, statement -> {
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        }, values);
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        return run(sql, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
        }, values);
    }

    private interface Execution<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /// A statement that failed is not used again: SQLite's driver leaves some of them dead.
    private <T> T run(String sql, Execution<T> execution, @Nullable Object... values) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            set(statement, values);
            return execution.on(statement);
        } catch (SQLException failed) {
            failure = failed;
            prepared.remove(sql);
            try {
                statement.close();
            } catch (SQLException alreadyClosed) {
                failed.addSuppressed(alreadyClosed);
            }
            throw failed;
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /// Throws what a statement has thrown before, if any did.
    void requireSound() throws SQLException {
        if (failure != null) {
            throw failure;
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Like [#execute], for what works on with each row that is read: SQLite's driver reads one only, elsewhere.
    void executeToTheEnd(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
