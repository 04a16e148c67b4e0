package facteur.spool;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The nodes that share a spool, as they list themselves; none where one daemon has it alone. Thread-safe.
public final class Nodes {
    /// @param name of its machine, and its run
    /// @param aliveUntil unless it says so again before, by the database's clock
    public record Node(String name, Instant aliveUntil) {}

    private static final String LIST = "select owner, alive_until from node order by owner";

    private Nodes() {}

    public static List<Node> list(Database database) throws SQLException {
        return database.dialect().hasOneWriter()
                ? List.of()
                : database.reading(statements -> statements.list(LIST, row -> new Node(row.getString(1), Instant.ofEpochMilli(row.getLong(2)))));
    }
}
