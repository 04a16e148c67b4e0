package facteur.spool;

import facteur.platform.database.Statements;
import java.sql.SQLException;

/// The one row of the table `letter_log`: up to which record of the [LetterLog] the tables have it. Each method is part of a
/// transaction of its caller's.
final class LetterLogRow {
    private LetterLogRow() {}

    static long applied(Statements statements) throws SQLException {
        return statements.first("select applied from letter_log", row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("letter_log is empty"));
    }

    static void setApplied(Statements statements, long number) throws SQLException {
        var _ = statements.update("update letter_log set applied = ?", number);
    }
}
