package facteur.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import facteur.platform.config.Secret;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL, by a pool of connections; several nodes may use it at the same time.
///
/// Nothing waits without end: the server gives up waiting for a lock after the timeout, the driver gives up a silent
/// connection a little later, and what a node had begun when it was cut off is rolled back after a minute. A commit is on
/// disk when it returns (`synchronous_commit`), also where this role or database is set otherwise.
///
/// Thread-safe.
final class PostgresDatabase implements Database {
    private static final int READERS = 1;

    private final HikariDataSource pool;
    private final Semaphore longTransactions;

    private PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
        longTransactions = new Semaphore(pool.getMaximumPoolSize() - writers() - READERS);
    }

    /// @throws SQLException when it can't be reached, the schema can't be made, or a newer facteur made it
    static PostgresDatabase open(PostgresSettings settings) throws SQLException {
        return open(settings, () -> migrate(settings));
    }

    /// For an operator's command. Makes nothing, migrates nothing.
    ///
    /// @throws SQLException when it can't be reached, or is of another version than this one
    static PostgresDatabase openBeside(PostgresSettings settings) throws SQLException {
        return open(settings, () -> {
            throw new SQLException("the database" + Migrations.OTHER_VERSION);
        });
    }

    /// What to do with a database that isn't of this version.
    private interface OtherVersion {
        void run() throws SQLException;
    }

    private static PostgresDatabase open(PostgresSettings settings, OtherVersion otherVersion) throws SQLException {
        var pool = new HikariDataSource(hurried(settings));
        try {
            var database = new PostgresDatabase(pool);
            if (!database.reading(statements -> Migrations.isDone(statements, Dialect.POSTGRESQL))) {
                otherVersion.run();
            }
            return database;
        } catch (SQLException | RuntimeException | Error failure) {
            pool.close();
            throw failure;
        }
    }

    /// A new index on many rows takes its time.
    private static void migrate(PostgresSettings settings) throws SQLException {
        try (var unhurried = new HikariDataSource(config(settings))) {
            Migrations.run(unhurried, Dialect.POSTGRESQL);
        }
    }

    private static HikariConfig hurried(PostgresSettings settings) {
        var config = config(settings);
        config.setConnectionInitSql(session(settings.timeout().toMillis()));
        // The server gives up on a lock first: then it is known that nothing was done.
        config.addDataSourceProperty("socketTimeout", Long.toString(seconds(settings) + 2));
        return config;
    }

    /// What holds for a session. https://www.postgresql.org/docs/current/runtime-config-wal.html: remote_apply is stricter.
    /// No `statement_timeout`: it would end the wait for a synchronous standby, too, and call that a success.
    private static String session(long timeoutMillis) {
        return """
                select set_config('lock_timeout', '%d', false),
                       set_config('idle_in_transaction_session_timeout', '60000', false),
                       set_config('synchronous_commit',
                                  case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end,
                                  false)"""
                .formatted(timeoutMillis);
    }

    private static HikariConfig config(PostgresSettings settings) {
        var millis = settings.timeout().toMillis();
        var seconds = Long.toString(seconds(settings));
        var config = new HikariConfig();
        config.setPoolName("spool");
        config.setJdbcUrl(settings.url());
        settings.user().ifPresent(config::setUsername);
        settings.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(millis);
        config.setValidationTimeout(millis / 2);
        // What the URL says about these goes first.
        config.addDataSourceProperty("connectTimeout", seconds);
        config.addDataSourceProperty("loginTimeout", seconds);
        config.addDataSourceProperty("cancelSignalTimeout", seconds);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "facteur");
        return config;
    }

    private static long seconds(PostgresSettings settings) {
        return settings.timeout().plusMillis(999).toSeconds();
    }

    /// @throws SQLTransientConnectionException with what the server or the network said, not what the pool made of it
    private Connection connection() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException failure) {
            var said = failure.getCause() == null ? failure : failure.getCause();
            var origin = said.getCause() instanceof IOException network ? network : said;
            throw new SQLTransientConnectionException("no connection to the database: " + Reason.of(origin), failure);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    /// Half of the connections. Each statement waits for the network, so one alone would leave the server idle.
    @Override
    public int writers() {
        return pool.getMaximumPoolSize() / 2;
    }

    /// Nothing is written elsewhere: several nodes share it.
    @Override
    public void precede(Runnable update) {
        throw new UnsupportedOperationException("several nodes write to it");
    }

    /// After a failed statement the server answers a commit with a rollback, which the driver takes for a success.
    @Override
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try (var connection = connection()) {
            return run(connection, statements -> {
                var result = work.run(statements);
                statements.requireSound();
                return result;
            });
        }
    }

    @Override
    public <T> T inLongTransaction(Work<T> work) throws SQLException {
        awaitTurn();
        try {
            return inTransaction(work);
        } finally {
            longTransactions.release();
        }
    }

    /// As long as for a connection.
    private void awaitTurn() throws SQLException {
        try {
            if (!longTransactions.tryAcquire(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("too many large letters are being written");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("stopping", stopping);
        }
    }

    @Override
    public <T> T readingAlone(Work<T> work) throws SQLException {
        return reading(work);
    }

    @Override
    public <T> T readingAsTheyAre(Work<T> work) throws SQLException {
        return reading(work);
    }

    @Override
    public <T> T reading(Work<T> work) throws SQLException {
        try (var connection = connection()) {
            connection.setReadOnly(true);
            return run(connection, work);
        }
    }

    /// The pool forgets what was set on a connection, and closes its statements. The driver keeps those prepared that come
    /// again.
    private static <T> T run(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.run(new Statements(connection));
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(connection, failure);
            throw failure;
        }
    }

    /// There is nothing to roll back when the connection is lost. Then this fails, which is no news.
    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    @Override
    public Optional<String> doubt() throws SQLException {
        var isSafe = reading(statements -> statements.first("select current_setting('fsync')", row -> row.getString(1)))
                .equals(Optional.of("on"));
        return isSafe ? Optional.empty() : Optional.of("the database runs with fsync = off: what got a 250 may be lost in a power cut");
    }

    /// The server minds its files.
    @Override
    public Optional<String> displaced() {
        return Optional.empty();
    }

    /// On the server.
    @Override
    public long owedBytes() {
        return 0;
    }

    /// The server takes care of that.
    @Override
    public void checkpoint(long pages) {}

    @Override
    public void copyTo(Path file) throws SQLException {
        throw new SQLException("a database on a server is backed up by its own means: pg_dump");
    }

    @Override
    public List<String> damage() {
        return List.of();
    }

    @Override
    public void close() {
        pool.close();
    }
}
