package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Header;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Statements;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All rows of one letter, read for a person: nothing is parsed that may be damaged.
final class LetterHistoryRows {
    private static final String LETTER = "select * from letter where id = ?";
    private static final String LETTER_OF_OFFICE = "select * from letter where id = ? and office = ?";
    private static final String PLACE =
            "select state, due_at, attempts, lease_owner, lease_epoch, hold_reason from queue where letter_id = ?";
    private static final String RECIPIENTS =
            """
            select address, status, last_reply, last_at, notify, original_recipient
            from recipient where letter_id = ? order by position""";
    private static final String RETURNS = "select id, at, kind, sender, text from letter_return where letter_id = ? order by at, id";
    private static final String STATUSES =
            "select position, address, action, status, diagnostic, host from return_status where return_id = ? order by number";
    private static final String ANSWERS = "select letter_id from letter_return where id = ?";
    private static final String HEADER = "select header from content where letter_id = ?";

    private LetterHistoryRows() {}

    static Optional<LetterHistory> read(Statements statements, QueueId id) throws SQLException {
        var place = statements.first(PLACE, LetterHistoryRows::place, id.text());
        var recipients = statements.list(RECIPIENTS, LetterHistoryRows::recipient, id.text());
        var attempts = AttemptRows.of(statements, id);
        var header = statements.first(HEADER, row -> new String(row.getBytes(1), StandardCharsets.UTF_8), id.text());
        var returns = returns(statements, id);
        var answers = statements.first(ANSWERS, row -> row.getString(1), id.text());
        return statements.first(LETTER, row -> letter(row, place, recipients, attempts, returns, answers, header), id.text());
    }

    private static List<LetterHistory.OfReturn> returns(Statements statements, QueueId id) throws SQLException {
        var returns = new ArrayList<LetterHistory.OfReturn>();
        for (var found : statements.list(RETURNS, LetterHistoryRows::ofReturn, id.text())) {
            var statuses = statements.list(STATUSES, LetterHistoryRows::status, found.id());
            returns.add(new LetterHistory.OfReturn(found.id(), found.at(), found.kind(), found.sender(), found.text(), statuses));
        }
        return returns;
    }

    private static LetterHistory.OfReturn ofReturn(ResultSet row) throws SQLException {
        return new LetterHistory.OfReturn(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("kind"),
                row.getString("sender"),
                row.getString("text"),
                List.of());
    }

    private static LetterHistory.OfStatus status(ResultSet row) throws SQLException {
        return new LetterHistory.OfStatus(
                row.getInt("position"),
                row.getString("address"),
                row.getString("action"),
                row.getString("status"),
                row.getString("diagnostic"),
                row.getString("host"));
    }

    /// The same, without its header, of an office's letter; of another's nothing.
    static Optional<LetterHistory> read(Statements statements, QueueId id, Provenance.Office office) throws SQLException {
        return statements.first(LETTER_OF_OFFICE, row -> true, id.text(), office.text()).isPresent()
                ? read(statements, id).map(LetterHistory::withoutHeader)
                : Optional.empty();
    }

    /// Whether the letter is known, in the queue or ended.
    static boolean isThere(Statements statements, QueueId id) throws SQLException {
        return statements.first(LETTER, row -> true, id.text()).isPresent();
    }

    private static LetterHistory letter(
            ResultSet row,
            Optional<LetterHistory.Place> place,
            List<LetterHistory.OfRecipient> recipients,
            List<Attempt> attempts,
            List<LetterHistory.OfReturn> returns,
            Optional<String> answers,
            Optional<String> header)
            throws SQLException {
        return new LetterHistory(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                instant(row, "ended_at"),
                LetterRows.provenance(row),
                named(row, header),
                row.getString("reverse_path"),
                row.getString("original_reverse_path"),
                row.getString("body_type"),
                row.getString("header_encoding"),
                row.getString("return_content"),
                row.getString("envelope_id"),
                row.getLong("size_bytes"),
                place,
                recipients,
                attempts,
                returns,
                answers,
                header);
    }

    /// A letter that was in the queue before there were these columns still has its header.
    private static NamedFields named(ResultSet row, Optional<String> header) throws SQLException {
        var named = new NamedFields(
                row.getString("message_id"), row.getString("from_field"), row.getString("reply_to_field"), row.getString("subject"));
        return named.equals(NamedFields.UNKNOWN)
                ? header.map(text -> NamedFields.of(Header.parse(text.getBytes(StandardCharsets.UTF_8)), ReversePath.NULL)).orElse(named)
                : named;
    }

    private static LetterHistory.Place place(ResultSet row) throws SQLException {
        return new LetterHistory.Place(
                QueueStatus.of(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getInt("attempts"),
                row.getString("lease_owner"),
                row.getLong("lease_epoch"),
                row.getString("hold_reason"));
    }

    private static LetterHistory.OfRecipient recipient(ResultSet row) throws SQLException {
        return new LetterHistory.OfRecipient(
                row.getString("address"),
                row.getString("status"),
                row.getString("last_reply"),
                instant(row, "last_at"),
                row.getString("notify"),
                row.getString("original_recipient"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
