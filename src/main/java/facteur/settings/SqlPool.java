package facteur.settings;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import facteur.platform.config.Secret;

/// Makes the pool of connections. It connects when it is first asked, so that a database that is down doesn't
/// prevent the start; it only reads; and every wait in it is bounded.
final class SqlPool {
    private static final int SHORTEST_VALIDATION_MILLIS = 250;

    private SqlPool() {}

    static HikariDataSource of(SqlSettings settings) {
        var millis = settings.timeout().toMillis();
        var config = new HikariConfig();
        config.setPoolName("settings");
        config.setJdbcUrl(settings.url());
        settings.user().ifPresent(config::setUsername);
        settings.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(millis);
        // Time must be left for a new connection when an old one turns out to be dead.
        config.setValidationTimeout(Math.max(SHORTEST_VALIDATION_MILLIS, millis / 2));
        config.setReadOnly(true);
        config.setAutoCommit(true);
        if (settings.isPostgres()) {
            // What the URL says about these goes first.
            var seconds = Long.toString(seconds(settings));
            config.addDataSourceProperty("connectTimeout", seconds);
            config.addDataSourceProperty("loginTimeout", seconds);
            config.addDataSourceProperty("socketTimeout", Long.toString(socketMillis(settings) / 1000));
            config.addDataSourceProperty("cancelSignalTimeout", seconds);
            // Outside of transactions, too; otherwise the server doesn't learn of it.
            config.addDataSourceProperty("readOnlyMode", "always");
            config.addDataSourceProperty("maxResultBuffer", "32M");
            config.addDataSourceProperty("ApplicationName", "facteur");
        }
        return new HikariDataSource(config);
    }

    /// For an answer. JDBC counts whole seconds.
    static int seconds(SqlSettings settings) {
        return Math.toIntExact(settings.timeout().plusMillis(999).toSeconds());
    }

    /// For the network to bring anything: longer than for an answer, so that a slow query is cancelled and the connection
    /// goes on; only when nothing comes back at all is it cut.
    static int socketMillis(SqlSettings settings) {
        return 1000 * (seconds(settings) + 1);
    }
}
