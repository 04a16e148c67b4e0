package facteur.store;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// What has changed in the store, by any process, as numbered news. Each number has at least one entry, and numbers become
/// visible in their order; so a reader that finds one missing knows that it came too late for it.
///
/// Thread-safe; blocks for the database.
final class SettingsFeed {
    /// News beyond this are cheaper to take as "everything".
    static final int MOST_ENTRIES = 1_000;

    private static final String EDITION = "select number from settings_edition";
    private static final String NEWS =
            "select number, office, relation from settings_feed where number > ? and number <= ? order by number limit ?";
    private static final String PRUNE = "delete from settings_feed where at < ?";

    /// @param edition of the last change among them
    /// @param changes empty when everything may have changed
    record News(long edition, Optional<List<StoreChange>> changes) {}

    private record Entry(long number, Optional<StoreChange> change) {}

    private final Database database;

    SettingsFeed(Database database) {
        this.database = database;
    }

    /// @param seen the edition that the reader has; negative when it has none
    News since(long seen) throws SQLException {
        // Most of the time this is all, twice a second.
        long edition = database.reading(SettingsFeed::edition);
        if (edition == seen) {
            return new News(edition, Optional.of(List.of()));
        }
        if (seen < 0 || edition < seen) {
            return new News(edition, Optional.empty());
        }
        var entries = database.reading(statements -> statements.list(
                NEWS,
                row -> new Entry(row.getLong("number"), StoreChange.of(row.getString("office"), row.getString("relation"))),
                seen,
                edition,
                MOST_ENTRIES + 1));
        return new News(edition, entries.size() > MOST_ENTRIES ? Optional.empty() : complete(entries, edition - seen));
    }

    private static Optional<List<StoreChange>> complete(List<Entry> entries, long expected) {
        if (entries.stream().mapToLong(Entry::number).distinct().count() != expected) {
            return Optional.empty();
        }
        SequencedSet<StoreChange> changes = new LinkedHashSet<>();
        for (var entry : entries) {
            if (entry.change().isEmpty()) {
                return Optional.empty();
            }
            changes.add(entry.change().get());
        }
        return Optional.of(List.copyOf(changes));
    }

    private static long edition(Statements statements) throws SQLException {
        return statements.first(EDITION, row -> row.getLong(1)).orElse(0L);
    }

    /// Forgets entries from before.
    ///
    /// @return how many
    int prune(Instant before) throws SQLException {
        return database.inTransaction(statements -> statements.update(PRUNE, before.toEpochMilli()));
    }
}
