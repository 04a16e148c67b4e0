package facteur.spool;

import facteur.platform.database.Statements;
import java.sql.SQLException;

/// The one row of the table `letter_log`. Each method is part of a transaction of its caller's.
///
/// @param applied up to which record of the [LetterLog] the tables have it
/// @param round of the file with these records
record LetterLogRow(long applied, long round) {
    static LetterLogRow read(Statements statements) throws SQLException {
        return statements.first("select applied, round from letter_log", row -> new LetterLogRow(row.getLong(1), row.getLong(2)))
                .orElseThrow(() -> new SQLException("letter_log is empty"));
    }

    /// Never back: an operator's command may have come further.
    static void apply(Statements statements, long number) throws SQLException {
        var _ = statements.update("update letter_log set applied = max(applied, ?)", number);
    }

    static int begin(Statements statements, long round) throws SQLException {
        return statements.update("update letter_log set round = ?", round);
    }
}
