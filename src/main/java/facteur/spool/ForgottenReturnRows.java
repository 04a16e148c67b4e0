package facteur.spool;

import facteur.platform.database.Statements;
import facteur.platform.log.Erasure;
import java.sql.SQLException;

/// The rows of what came back of letters that have ended, without one person. Each method is part of a transaction of its caller's.
///
/// @param erasure of the person
record ForgottenReturnRows(Erasure erasure) {
    private static final String RETURNS = "select id, sender from letter_return where letter_id = ? or id = ?";
    private static final String UPDATE_RETURN = "update letter_return set sender = ?, text = '' where id = ?";
    private static final String STATUSES =
            "select return_id, number, address, diagnostic from return_status where letter_id = ? or return_id = ?";
    private static final String UPDATE_STATUS = "update return_status set address = ?, diagnostic = ? where return_id = ? and number = ?";

    private record OfReturn(String id, String sender) {}

    private record OfStatus(String id, int number, String address, String diagnostic) {}

    /// Of what only people understand nothing is left: it may name the person in any way.
    ///
    /// @param id of the letter that came back, or of what came
    void forget(Statements statements, String id) throws SQLException {
        for (var each : statements.list(RETURNS, row -> new OfReturn(row.getString(1), row.getString(2)), id, id)) {
            var sender = erasure.concerns(each.sender()) ? "<" + Erasure.FORGOTTEN + ">" : each.sender();
            statements.update(UPDATE_RETURN, sender, each.id());
        }
        var statuses = statements.list(
                STATUSES, row -> new OfStatus(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)), id, id);
        for (var each : statuses) {
            var isTheirs = erasure.concerns(each.address());
            statements.update(
                    UPDATE_STATUS,
                    isTheirs ? Erasure.FORGOTTEN : each.address(),
                    isTheirs ? ForgottenRows.code(each.diagnostic()) : erasure.without(each.diagnostic()),
                    each.id(),
                    each.number());
        }
    }
}
