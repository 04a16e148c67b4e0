package facteur.settings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a select gave, within bounds. Immutable.
///
/// @param labels of the columns, in lower case
/// @param rows the values by label, without blanks around; NULL and blank values are left out
/// @param isWhole false when there were more rows or characters than we are willing to read
record SqlRows(List<String> labels, List<Map<String, String>> rows, boolean isWhole) {
    static final int MOST_ROWS = 10_000;
    static final int MOST_CHARACTERS = 4_000_000;

    SqlRows {
        labels = List.copyOf(labels);
        rows = List.copyOf(rows);
    }

    static SqlRows read(ResultSet results) throws SQLException {
        var columns = results.getMetaData();
        var labels = new ArrayList<String>();
        for (var column = 1; column <= columns.getColumnCount(); column++) {
            labels.add(columns.getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        var rows = new ArrayList<Map<String, String>>();
        var characters = 0L;
        while (results.next()) {
            var row = new HashMap<String, String>();
            for (var column = 1; column <= labels.size(); column++) {
                var value = value(results, column, columns.getColumnType(column));
                if (value != null && !value.isBlank()) {
                    row.put(labels.get(column - 1), value.strip());
                    characters += value.length();
                }
            }
            if (rows.size() == MOST_ROWS || characters > MOST_CHARACTERS) {
                return new SqlRows(labels, rows, false);
            }
            rows.add(Map.copyOf(row));
        }
        return new SqlRows(labels, rows, true);
    }

    /// A truth value in one word, of the many that drivers use: MariaDB's says `b'1'` for a bit, PostgreSQL's `t` for a
    /// boolean. Where a database has no such type, its number is left as it is.
    private static @Nullable String value(ResultSet results, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BOOLEAN, Types.BIT -> results.getObject(column) instanceof Boolean truth ? truth.toString() : results.getString(column);
            default -> results.getString(column);
        };
    }
}
