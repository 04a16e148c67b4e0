package facteur.spool;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Xtext;
import facteur.platform.database.Statements;
import facteur.platform.log.Erasure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rows of letters that have ended, without one person. Each method is part of a transaction of its caller's.
final class ForgottenRows {
    private static final String LETTER =
            """
            select sender, reverse_path, original_reverse_path, from_field, reply_to_field, message_id, envelope_id, relation, company
            from letter where id = ? and ended_at is not null""";
    private static final String UPDATE_LETTER =
            """
            update letter set sender = ?, reverse_path = ?, original_reverse_path = ?, from_field = ?, reply_to_field = ?,
                message_id = ?, envelope_id = ?, relation = ?, company = ?, subject = '' where id = ?""";
    private static final String RECIPIENTS =
            "select position, address, last_reply, original_recipient from recipient where letter_id = ? order by position";
    private static final String UPDATE_RECIPIENT =
            "update recipient set address = ?, last_reply = ?, original_recipient = ? where letter_id = ? and position = ?";
    private static final String ATTEMPTS = "select number, position, reply from attempt where letter_id = ?";
    private static final String UPDATE_ATTEMPT = "update attempt set reply = ? where letter_id = ? and number = ? and position = ?";

    private final Erasure erasure;
    private final ForgottenReturnRows returns;

    ForgottenRows(Erasure erasure) {
        this.erasure = erasure;
        returns = new ForgottenReturnRows(erasure);
    }

    /// How often the person is on the lists of addresses that don't work.
    int listed(Statements statements) throws SQLException {
        return BadAddressRows.count(statements, erasure);
    }

    /// Takes the person off these.
    int forgetAddress(Statements statements) throws SQLException {
        return BadAddressRows.forget(statements, erasure);
    }

    record Concerned(String id, boolean isEnded) {}

    private record OfRecipient(int position, String address, String lastReply, String original) {}

    private record OfAttempt(int number, int position, String reply) {}

    /// The letters of a stretch that name the person anywhere, the latest first.
    ///
    /// @param before the id behind the stretch; empty: the end
    static List<Concerned> concerned(Statements statements, String from, Optional<String> before, String address)
            throws SQLException {
        var filter = new LogFilter(address, Optional.empty());
        var mention = mention(address);
        var inXtext = mention(xtext(address));
        var values = new ArrayList<Object>();
        values.add(from);
        before.ifPresent(values::add);
        values.addAll(filter.values());
        values.addAll(Collections.nCopies(11, mention));
        // An app may encode the at sign, and needn't.
        for (var column = 0; column < 2; column++) {
            values.addAll(List.of(mention, inXtext, inXtext.replace("@", "+40")));
        }
        var sql = "select id, ended_at is not null as is_ended from letter where id >= ? " + before.map(_ -> "and id < ? ").orElse("")
                + "and ((" + filter.condition() + ") or " + like("reverse_path") + " or " + like("from_field") + " or " + like("reply_to_field")
                + " or " + like("message_id") + " or " + like("company")
                + " or exists (select 1 from recipient where letter_id = letter.id and " + like("last_reply") + ")"
                + " or exists (select 1 from attempt where letter_id = letter.id and " + like("reply") + ")"
                + " or exists (select 1 from letter_return where letter_id = letter.id and (" + like("sender") + " or " + like("text") + "))"
                + " or exists (select 1 from return_status where letter_id = letter.id and (" + like("address") + " or " + like("diagnostic") + "))"
                + " or " + anyLike("envelope_id")
                + " or exists (select 1 from recipient where letter_id = letter.id and " + anyLike("original_recipient") + ")) order by id desc";
        return statements.list(sql, row -> new Concerned(row.getString("id"), row.getBoolean("is_ended")), values.toArray());
    }

    private static String mention(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    /// As ORCPT and ENVID have it (RFC 3461 §4).
    private static String xtext(String address) {
        return Pattern.compile("[ +=]").matcher(address).replaceAll(match -> "+%02X".formatted((int) match.group().charAt(0)));
    }

    private static String anyLike(String column) {
        return "(" + String.join(" or ", Collections.nCopies(3, like(column))) + ")";
    }

    private static String like(String column) {
        return "lower(" + column + ") like ? escape '\\'";
    }

    void forget(Statements statements, String id) throws SQLException {
        var recipients = statements.list(RECIPIENTS, ForgottenRows::recipient, id);
        var isHisAlone = !recipients.isEmpty() && recipients.stream().allMatch(recipient -> erasure.concerns(recipient.address()));
        var updated = statements.first(LETTER, row -> letter(row, isHisAlone, id), id);
        if (updated.isPresent()) {
            statements.update(UPDATE_LETTER, updated.get());
            returns.forget(statements, id);
            for (var recipient : recipients) {
                forget(statements, id, recipient);
            }
            for (var attempt : statements.list(ATTEMPTS, ForgottenRows::attempt, id)) {
                var isHis = attempt.position() < recipients.size() && erasure.concerns(recipients.get(attempt.position()).address());
                var reply = isHis ? code(attempt.reply()) : erasure.without(attempt.reply());
                statements.update(UPDATE_ATTEMPT, reply, id, attempt.number(), attempt.position());
            }
        }
    }

    private void forget(Statements statements, String id, OfRecipient recipient) throws SQLException {
        if (erasure.concerns(recipient.address())) {
            statements.update(UPDATE_RECIPIENT, Erasure.FORGOTTEN, code(recipient.lastReply()), "", id, recipient.position());
        } else {
            statements.update(
                    UPDATE_RECIPIENT,
                    recipient.address(),
                    erasure.without(recipient.lastReply()),
                    parameter(recipient.original()),
                    id,
                    recipient.position());
        }
    }

    /// Of replies about the person only the code is left: all else may name them.
    static String code(String reply) {
        return reply.matches("(?s)[2-5][0-9]{2}(?:[ -].*)?") ? reply.substring(0, 3) : "";
    }

    private Object[] letter(ResultSet row, boolean isHisAlone, String id) throws SQLException {
        return new Object[] {
            address(row.getString("sender"), Erasure.FORGOTTEN),
            address(row.getString("reverse_path"), "<" + Erasure.FORGOTTEN + ">"),
            address(row.getString("original_reverse_path"), "<" + Erasure.FORGOTTEN + ">"),
            mailboxes(row.getString("from_field")),
            mailboxes(row.getString("reply_to_field")),
            erasure.without(row.getString("message_id")),
            parameter(row.getString("envelope_id")),
            isHisAlone ? "" : row.getString("relation"),
            mailboxes(row.getString("company")),
            id
        };
    }

    /// Of ORCPT or ENVID nothing is left that names the person.
    private String parameter(String text) {
        return erasure.concerns(Xtext.parse(text).map(Xtext::decoded).orElse(text)) ? "" : erasure.without(text);
    }

    private String address(String text, String instead) {
        return erasure.concerns(text) ? instead : text;
    }

    /// The name is removed with the address.
    private String mailboxes(String field) {
        if (!erasure.concerns(field)) {
            return field;
        }
        return Mailbox.parseList(field)
                .map(list -> list.stream()
                        .map(mailbox -> address(mailbox.toString(), Erasure.FORGOTTEN))
                        .collect(Collectors.joining(", ")))
                .orElse(Erasure.FORGOTTEN);
    }

    private static OfRecipient recipient(ResultSet row) throws SQLException {
        return new OfRecipient(
                row.getInt("position"), row.getString("address"), row.getString("last_reply"), row.getString("original_recipient"));
    }

    private static OfAttempt attempt(ResultSet row) throws SQLException {
        return new OfAttempt(row.getInt("number"), row.getInt("position"), row.getString("reply"));
    }
}
