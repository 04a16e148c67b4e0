package facteur.cli;

import facteur.platform.database.Database;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.settings.SettingsSource;
import facteur.settings.SourceSettings;
import facteur.store.SettingsSources;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/// The source of settings while a command uses it, with the database that it may need. For one thread.
record OpenSettings(SettingsSource source, Optional<Database> database) implements AutoCloseable {
    /// @throws CommandException when settings are in the spool's database, and that is away
    static OpenSettings of(Config config, InstantSource time) throws CommandException {
        var shared = config.sharedAddress();
        var roles = config.rules().roles();
        return switch (config.rules().settings()) {
            case SourceSettings.Elsewhere elsewhere -> new OpenSettings(elsewhere.open(shared, roles, time), Optional.empty());
            case SourceSettings.InStore store -> {
                try {
                    var database = config.spool().database().openBeside();
                    yield new OpenSettings(SettingsSources.open(store, database, shared, roles, time), Optional.of(database));
                } catch (SQLException away) {
                    throw CommandException.unavailable("settings not available: " + Reason.of(away));
                }
            }
        };
    }

    @Override
    public void close() {
        source.close();
        database.ifPresent(Database::close);
    }
}
