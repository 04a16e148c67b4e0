package facteur.store;

import facteur.platform.database.Database;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.platform.log.Erasure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Takes one person out of the history of settings and cards. What is in force stays, with what the version that wrote it left: that
/// is changed first, and then forgotten here. For an operator's command; one thread.
public final class HistoryErasure {
    /// In place of an address (RFC 2606).
    static final String FORGOTTEN = "forgotten@forgotten.invalid";

    /// Which of the texts is in force, if any is.
    private static final int AFTER = 1;

    private static final String VERSIONS =
            """
            select c.office, c.number, c.before, c.after, c.actor, c.behalf, c.note, o.settings_at
            from office_change c join office o on o.id = c.office
            where c.office > ? or c.office = ? and c.number > ?
            order by c.office, c.number limit ?""";
    private static final String UPDATE_VERSION =
            "update office_change set before = ?, after = ?, actor = ?, behalf = ?, note = ? where office = ? and number = ?";
    private static final String CARDS =
            """
            select c.office, c.relation, c.number, c.before, c.after, coalesce(k.version, 0) as version
            from card_change c left join card k on k.office = c.office and k.relation = c.relation
            where c.office > ? or c.office = ? and c.relation > ? or c.office = ? and c.relation = ? and c.number > ?
            order by c.office, c.relation, c.number limit ?""";
    private static final String UPDATE_CARD =
            "update card_change set before = ?, after = ? where office = ? and relation = ? and number = ?";

    /// @param key by which the table is ordered
    /// @param texts JSON before and after the change, then words of people
    /// @param isInForce whether what the change left is what there is
    private record Row(List<Object> key, List<String> texts, boolean isInForce) {}

    private record Table(String select, String update, Statements.Row<Row> reader) {}

    private static final Table OF_VERSIONS = new Table(VERSIONS, UPDATE_VERSION, row -> new Row(
            List.of(row.getString("office"), row.getLong("number")),
            List.of(row.getString("before"), row.getString("after"), row.getString("actor"), row.getString("behalf"), row.getString("note")),
            row.getLong("number") == row.getLong("settings_at")));
    private static final Table OF_CARDS = new Table(CARDS, UPDATE_CARD, row -> new Row(
            List.of(row.getString("office"), row.getString("relation"), row.getLong("number")),
            List.of(row.getString("before"), row.getString("after")),
            row.getLong("number") == row.getLong("version")));

    private final Database database;
    private final Erasure erasure;
    private final Pieces pieces;

    public HistoryErasure(Database database, Erasure erasure) {
        this.database = database;
        this.erasure = erasure;
        this.pieces = Pieces.of(database);
    }

    /// How many versions, and changes of cards, name the person in what may be forgotten.
    public long find() throws SQLException {
        return each(OF_VERSIONS, List.of("", 0L), false) + each(OF_CARDS, List.of("", "", 0L), false);
    }

    /// Takes the person out of them.
    ///
    /// @return how many they were
    public long forget() throws SQLException {
        return each(OF_VERSIONS, List.of("", 0L), true) + each(OF_CARDS, List.of("", "", 0L), true);
    }

    private long each(Table table, List<Object> start, boolean isWritten) throws SQLException {
        var count = 0L;
        for (var page = page(table, start); !page.isEmpty(); page = page(table, page.getLast().key())) {
            var concerned = page.stream().filter(row -> !without(row).equals(row.texts())).toList();
            count += concerned.size();
            if (isWritten && !concerned.isEmpty()) {
                pieces.run(() -> database.inTransaction(statements -> write(statements, table, concerned)));
            }
        }
        return count;
    }

    private List<Row> page(Table table, List<Object> after) throws SQLException {
        // (a, b, c) > (?, ?, ?) as both databases plan it well.
        var values = new ArrayList<Object>();
        for (var i = 0; i < after.size(); i++) {
            values.addAll(after.subList(0, i + 1));
        }
        values.add(Pieces.ROWS);
        return database.reading(statements -> statements.list(table.select(), table.reader(), values.toArray()));
    }

    /// @return that there is no more
    private boolean write(Statements statements, Table table, List<Row> rows) throws SQLException {
        if (database.dialect() == Dialect.SQLITE) {
            // https://sqlite.org/pragma.html#pragma_secure_delete: what goes is written over with zeros.
            var _ = statements.first("pragma secure_delete = on", row -> row.getInt(1));
        }
        for (var row : rows) {
            var values = new ArrayList<Object>(without(row));
            values.addAll(row.key());
            statements.update(table.update(), values.toArray());
        }
        return false;
    }

    private List<String> without(Row row) {
        var left = new ArrayList<String>(row.texts().size());
        for (var i = 0; i < row.texts().size(); i++) {
            var text = row.texts().get(i);
            var isKept = i == AFTER && row.isInForce() || !erasure.concerns(text);
            left.add(isKept ? text : i <= AFTER ? json(text) : erasure.without(text));
        }
        return left;
    }

    private String json(String text) {
        try {
            return without(JsonReader.read(text)).toString();
        } catch (JsonException foreign) {
            return erasure.without(text);
        }
    }

    /// The name goes with the address.
    private JsonValue without(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(var text) when erasure.concerns(text) -> JsonValue.of(FORGOTTEN);
            case JsonValue.Array(var elements) -> new JsonValue.Array(elements.stream().map(this::without).toList());
            case JsonValue.Members(var members) -> {
                var left = new LinkedHashMap<String, JsonValue>();
                members.forEach((name, member) -> left.put(name, without(member)));
                yield new JsonValue.Members(left);
            }
            case JsonValue.Text _, JsonValue.Number _, JsonValue.Bool _, JsonValue.Null _ -> value;
        };
    }

    /// Whether a version was changed here, so that it is no longer what anyone wanted.
    static boolean isErased(String text) {
        return text.contains(FORGOTTEN);
    }
}
