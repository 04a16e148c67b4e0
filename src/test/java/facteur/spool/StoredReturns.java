package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;

/// Rows of what came back.
final class StoredReturns {
    private StoredReturns() {}

    /// @param action of the one recipient; empty = nothing is said of any
    static void store(Statements statements, QueueId id, QueueId of, String kind, String action, String digest, Instant at)
            throws SQLException {
        statements.update(
                """
                insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule, settings_version,
                    reverse_path, original_reverse_path, body_type, header_encoding, size_bytes, ended_at, kind)
                values (?, ?, '', '', '', '', '', '', '', '', '<>', '<>', '7BIT', 'ASCII', 0, ?, 'return')""",
                id.text(), at.toEpochMilli(), at.toEpochMilli());
        statements.update(
                "insert into letter_return (id, letter_id, kind, sender, digest, at) values (?, ?, ?, '<>', ?, ?)",
                id.text(), of.text(), kind, digest, at.toEpochMilli());
        if (!action.isEmpty()) {
            statements.update(
                    """
                    insert into return_status (return_id, number, letter_id, position, address, action, status, diagnostic, host)
                    values (?, 0, ?, 0, 'jan@client.example', ?, '5.1.1', 'no such user', 'mx.client.example')""",
                    id.text(), of.text(), action);
        }
    }
}
