package facteur.cli;

import facteur.platform.config.Problems;
import facteur.platform.database.DatabaseSettings;
import facteur.relay.Config;
import facteur.spool.NamelessApps;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;

/// Warns of apps that would send a letter twice after a timeout. It looks at what they have sent lately, in the state folder only: a check
/// connects to no server.
final class NamelessCheck {
    private NamelessCheck() {}

    static void check(Config config, Instant now, Problems problems) {
        if (!problems.isEmpty()
                || config.rules().duplicates().isEmpty()
                || !(config.spool().database() instanceof DatabaseSettings.InState(var state))
                || Files.notExists(state.resolve("facteur.db"))) {
            return;
        }
        try (var database = config.spool().database().openBeside()) {
            for (var found : NamelessApps.find(database, now, config.rules().duplicates().get())) {
                problems.warn(config.reading().file(), 0, "apps", "the last " + found.letters() + " letters of app " + found.app()
                        + " have neither an X-Letter-Key nor a Message-ID of their own: one that it sends again after a timeout leaves twice");
            }
        } catch (SQLException unreadable) {
            // The check of the domains says so, where it matters.
        }
    }
}
