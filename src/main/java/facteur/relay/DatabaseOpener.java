package facteur.relay;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.Stopwatch;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.spool.SpoolException;
import facteur.spool.StateFolder;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Opens the database at a start, and waits for one that can't be reached yet. For one thread.
///
/// @param obstacles gets why that takes time
record DatabaseOpener(StateFolder folder, DatabaseSettings settings, DatabaseWait patience, Journal journal, Consumer<String> obstacles) {
    /// Journals once that the database can't be reached, and once that it can.
    Database open() throws SQLException, SpoolException {
        var since = Stopwatch.start();
        var isReported = false;
        while (true) {
            try {
                var database = folder.open(settings);
                if (isReported) {
                    journal.record(new MailEvent.DatabaseRecovered(since.millis(), 0));
                }
                return database;
            } catch (SQLException failure) {
                var why = String.valueOf(failure.getMessage());
                obstacles.accept("waiting for the database: " + why);
                if (!settings.isAway(failure)) {
                    throw failure;
                }
                if (!isReported) {
                    journal.record(new MailEvent.DatabaseFailed(why));
                    isReported = true;
                }
                if (!patience.isRetried(why)) {
                    throw failure;
                }
            }
        }
    }
}
