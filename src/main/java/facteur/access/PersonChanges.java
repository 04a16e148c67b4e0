package facteur.access;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What became of persons, for the log of a daemon: commands make and disable them in processes of their own. Thread-safe.
public final class PersonChanges {
    private static final String ENABLED = "enabled";
    private static final String DISABLED = "disabled";

    private final Database database;

    public PersonChanges(Database database) {
        this.database = database;
    }

    /// A change that no daemon's log has had yet.
    public sealed interface Change {
        Person person();

        record Made(Person person) implements Change {}

        record Disabled(Person person) implements Change {}

        record Enabled(Person person) implements Change {}
    }

    /// What no daemon's log has yet; it counts as told from then on. Each goes to one node only.
    public List<Change> tell(int limit) throws SQLException {
        var untold = database.reading(statements -> PersonRows.untold(statements, limit));
        return untold.isEmpty() ? List.of() : database.inTransaction(statements -> told(statements, untold));
    }

    private static List<Change> told(Statements statements, List<PersonRows.Row> untold) throws SQLException {
        var told = new ArrayList<Change>();
        for (var row : untold) {
            var person = PersonRows.byLogin(statements, row.person().login()).orElseThrow().person();
            var change = change(row, person);
            var word = switch (change) {
                case Change.Made _, Change.Enabled _ -> ENABLED;
                case Change.Disabled _ -> DISABLED;
            };
            if (PersonRows.tell(statements, row, word)) {
                told.add(change);
            }
        }
        return told;
    }

    private static Change change(PersonRows.Row row, Person person) {
        if (row.told().isEmpty()) {
            return new Change.Made(person);
        }
        return row.told().equals(ENABLED) ? new Change.Disabled(person) : new Change.Enabled(person);
    }
}
