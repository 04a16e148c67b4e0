package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of letters that came back, and of what came. Each method is part of a transaction of its caller's.
final class ReturnedLetterRows {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnedLetterRows.class);

    /// The same text about the same letter is a second copy when no more than that lies between.
    private static final Duration SAME = Duration.ofDays(1);

    private static final String RETURNS =
            """
            select id, digest, at, kind, text,
                exists (select 1 from return_status where return_id = letter_return.id and action = 'failed') as is_failure,
                exists (select 1 from return_status
                    where return_id = letter_return.id and position >= 0 and action in ('delivered', 'relayed', 'expanded')) as is_success
            from letter_return where letter_id = ? and kind in ('report', 'unreadable') order by at, id""";
    private static final String STATUSES =
            "select position, address, action, status, diagnostic, host from return_status where return_id = ? order by number";
    private static final String LETTER = "select * from letter where id = ?";

    private ReturnedLetterRows() {}

    private record Row(QueueId id, String digest, Instant at, boolean isReadable, String text, boolean isFailure, boolean isSuccess) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new QueueId(row.getString("id")),
                    row.getString("digest"),
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("kind").equals("report"),
                    row.getString("text"),
                    row.getBoolean("is_failure"),
                    row.getBoolean("is_success"));
        }

        boolean isCopyOf(Row other) {
            return digest.equals(other.digest) && Duration.between(other.at, at).abs().compareTo(SAME) < 0;
        }

        boolean concerns(UntoldReturns.Reader reader) {
            return switch (reader) {
                case OFFICE -> isFailure || !isReadable;
                case APP -> isFailure || isSuccess || !isReadable;
            };
        }
    }

    /// What came back of a letter that a reader is to know and doesn't, the oldest first; second copies apart.
    static List<QueueId> toTell(Statements statements, QueueId letter, UntoldReturns.Reader reader, List<QueueId> told)
            throws SQLException {
        var rows = statements.list(RETURNS, Row::of, letter.text());
        // Nodes may store copies in another order than they come.
        var known = new ArrayList<>(rows.stream().filter(row -> told.contains(row.id())).toList());
        var found = new ArrayList<QueueId>();
        for (var row : rows) {
            if (!told.contains(row.id()) && row.concerns(reader) && known.stream().noneMatch(row::isCopyOf)) {
                known.add(row);
                found.add(row.id());
            }
        }
        return found;
    }

    static Optional<ReturnedLetter> read(Statements statements, QueueId id, List<QueueId> wanted) throws SQLException {
        try {
            var recipients = LetterRows.recipients(statements, id.text()).stream().map(Recipient::path).toList();
            var returns = new ArrayList<ReturnedLetter.Return>();
            for (var row : statements.list(RETURNS, Row::of, id.text())) {
                if (wanted.contains(row.id())) {
                    var statuses = statements.list(STATUSES, ReturnedLetterRows::status, row.id().text());
                    returns.add(new ReturnedLetter.Return(row.id(), row.at(), row.isReadable(), row.text(), statuses));
                }
            }
            return statements.first(LETTER, row -> letter(id, row, recipients, returns), id.text());
        } catch (UnreadableException | IllegalArgumentException damaged) {
            LOG.warn("letter {} came back, and its rows can't be read: {}", id, damaged.getMessage());
            return Optional.empty();
        }
    }

    private static ReturnedLetter letter(QueueId id, ResultSet row, List<ForwardPath> recipients, List<ReturnedLetter.Return> returns)
            throws SQLException {
        return new ReturnedLetter(
                SentLetters.letter(row, id),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                row.getString("subject"),
                row.getString("message_id"),
                row.getString("from_field"),
                ReversePath.of(row.getString("original_reverse_path")),
                new DsnRequest(
                        Optional.of(row.getString("return_content")).filter(text -> !text.isEmpty()).map(ReturnContent::valueOf),
                        Optional.of(row.getString("envelope_id")).filter(text -> !text.isEmpty()).map(Xtext::new)),
                recipients,
                returns);
    }

    private static ReturnedLetter.OfRecipient status(ResultSet row) throws SQLException {
        return new ReturnedLetter.OfRecipient(
                row.getInt("position"),
                row.getString("address"),
                row.getString("action"),
                row.getString("status"),
                row.getString("diagnostic"),
                row.getString("host"));
    }
}
