package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.platform.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Letters that have left, as an answer to one needs them. Thread-safe; blocks for the database.
public final class SentLetters {
    private static final String SELECT = "select * from letter where id = ?";

    private final Database database;

    public SentLetters(Database database) {
        this.database = database;
    }

    /// @return empty when it isn't known, or no longer
    public Optional<SentLetter> of(QueueId id) throws SpoolException {
        try {
            return database.reading(statements -> statements.first(SELECT, row -> letter(row, id), id.text()));
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }

    /// @param row of the table `letter`
    static SentLetter letter(ResultSet row, QueueId id) throws SQLException {
        var company = row.getString("company");
        return new SentLetter(
                id,
                LetterRows.provenance(row),
                row.getString("reply_to_field"),
                company.isEmpty() ? SentLetter.Binding.EARLY : SentLetter.Binding.LATE,
                Mailbox.parse(company));
    }
}
