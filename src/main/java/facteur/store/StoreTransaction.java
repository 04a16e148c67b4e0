package facteur.store;

import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// One transaction of the store, for one thread. What it changes is gathered, and published as its last deed. From then on it
/// holds the row of the edition until the commit, so that numbers of the feed become visible in their order.
final class StoreTransaction {
    private static final String COUNT_UP = "update settings_edition set number = number + 1";
    private static final String EDITION = "select number from settings_edition";
    private static final String FEED = "insert into settings_feed (number, office, relation, at) values (?, ?, ?, ?)";

    private final Statements statements;
    private final Instant now;
    private final SequencedSet<StoreChange> changes = new LinkedHashSet<>();
    private final List<Saved> saved = new ArrayList<>();

    StoreTransaction(Statements statements, Instant now) {
        this.statements = statements;
        this.now = now;
    }

    Statements statements() {
        return statements;
    }

    Instant now() {
        return now;
    }

    /// To be told to all nodes, if this transaction commits.
    void changed(StoreChange change) {
        changes.add(change);
    }

    /// To be told to the journal, if this transaction commits.
    void saved(Saved version) {
        saved.add(version);
    }

    List<Saved> saved() {
        return List.copyOf(saved);
    }

    List<StoreChange> publish() throws SQLException {
        if (changes.isEmpty()) {
            return List.of();
        }
        statements.update(COUNT_UP);
        long number = statements.first(EDITION, row -> row.getLong(1)).orElseThrow();
        for (var change : changes) {
            statements.update(FEED, number, change.office().text(), change.relation(), now.toEpochMilli());
        }
        return List.copyOf(changes);
    }
}
