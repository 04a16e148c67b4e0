package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.returned.Action;
import facteur.platform.config.Word;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables `letter_return` and `return_status`: what came back of letters, and what it says of their recipients. Immutable; each
/// method is part of a transaction of its caller's.
final class ReturnRows {
    /// Within that time the same text about the same letter is a second copy.
    static final Duration SAME = Duration.ofDays(1);

    private static final String INSERT =
            "insert into letter_return (id, letter_id, kind, sender, digest, at, text) values (?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_STATUS =
            """
            insert into return_status (return_id, number, letter_id, position, address, action, status, diagnostic, host)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String COPY =
            """
            select id from letter_return
            where letter_id = ? and kind = ? and digest = ? and at > ? and at < ? order by at, id limit 1""";
    private static final String RELAYED =
            """
            select 1 from letter_return join letter on letter.id = letter_return.id
            where letter_return.letter_id = ? and letter_return.kind = ? and lower(letter_return.sender) = lower(?)
                and letter_return.at > ? and letter_return.at < ? and letter.kind = 'reply'""";
    private static final String ANSWER = "select letter_id, kind from letter_return where id = ?";
    private static final String COUNT =
            """
            select count(*), coalesce(sum(case when at > ? and at < ? then 1 else 0 end), 0)
            from letter_return where letter_id = ?""";

    /// One that waits for its next attempt stays as it is: the report is on an attempt whose reply was lost, and what comes of the
    /// letter is decided here. While an attempt runs, the host beyond the upstream may be faster than we write.
    private static final String COME_BACK =
            """
            update recipient set status = ?, last_reply = ?, last_at = ?
            where letter_id = ? and position = ? and (status in ('relayed', 'delivered', ?)
                or status = 'pending' and exists (select 1 from queue where letter_id = recipient.letter_id and state = 'active'))""";

    private final String lock;

    ReturnRows(Dialect dialect) {
        lock = "select id from letter where id = ?" + dialect.lock();
    }

    /// How many have come back of a letter.
    record Count(long inAll, long inLastHour) {}

    /// Makes others that store what came back of that letter wait, so that of two copies one is the second.
    void lock(Statements statements, QueueId letter) throws SQLException {
        var _ = statements.first(lock, row -> true, letter.text());
    }

    /// The first of the same kind that says the same.
    static Optional<QueueId> copy(Statements statements, QueueId letter, NewReturn.Kind kind, String digest, Instant at)
            throws SQLException {
        return statements.first(
                COPY,
                row -> row.getString(1),
                letter.text(),
                Word.of(kind),
                digest,
                at.minus(SAME).toEpochMilli(),
                at.plus(SAME).toEpochMilli())
                .flatMap(QueueId::parse);
    }

    /// Whether one of that kind by that sender was relayed within a day.
    static boolean isRelayed(Statements statements, QueueId letter, NewReturn.Kind kind, String sender, Instant at) throws SQLException {
        return statements.first(
                RELAYED,
                row -> true,
                letter.text(),
                Word.of(kind),
                sender,
                at.minus(SAME).toEpochMilli(),
                at.plus(SAME).toEpochMilli())
                .isPresent();
    }

    private record Answer(String to, NewReturn.Kind kind) {}

    /// What a letter is an answer to, and that to, and so on: which kind of answer each is.
    static List<NewReturn.Kind> line(Statements statements, QueueId letter, int most) throws SQLException {
        var kinds = new ArrayList<NewReturn.Kind>();
        var next = Optional.of(letter.text());
        while (next.isPresent() && kinds.size() < most) {
            var answer = statements.first(
                    ANSWER,
                    row -> new Answer(row.getString(1), NewReturn.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT))),
                    next.get());
            answer.ifPresent(found -> kinds.add(found.kind()));
            next = answer.map(Answer::to);
        }
        return kinds;
    }

    static Count count(Statements statements, QueueId letter, Instant now) throws SQLException {
        var hour = Duration.ofHours(1);
        return statements.first(
                COUNT,
                row -> new Count(row.getLong(1), row.getLong(2)),
                now.minus(hour).toEpochMilli(),
                now.plus(hour).toEpochMilli(),
                letter.text())
                .orElseGet(() -> new Count(0, 0));
    }

    /// @param id of a row of `letter`
    static void insert(
            Statements statements, QueueId id, QueueId answers, NewReturn.Kind kind, String sender, String digest, Instant at, String text)
            throws SQLException {
        statements.update(INSERT, id.text(), answers.text(), Word.of(kind), sender, digest, at.toEpochMilli(), text);
    }

    static void insert(Statements statements, NewReturn arrived) throws SQLException {
        var letter = arrived.letter();
        insert(
                statements,
                letter.id(),
                arrived.answers(),
                arrived.kind(),
                arrived.sender(),
                arrived.digest(),
                letter.acceptedAt(),
                arrived.text());
        var rows = new ArrayList<@Nullable Object[]>();
        for (var status : arrived.statuses()) {
            rows.add(new Object[] {
                letter.id().text(),
                rows.size(),
                arrived.answers().text(),
                status.position(),
                status.address(),
                Word.of(status.action()),
                status.status(),
                status.diagnostic(),
                status.host()
            });
        }
        statements.updateAll(INSERT_STATUS, rows);
    }

    /// Writes what a host beyond the upstream said of a recipient. One that came back stays so: behind one address there may be
    /// several mailboxes, and one of them didn't get it.
    ///
    /// @return whether it changed anything
    static boolean update(Statements statements, QueueId letter, NewReturn.Status said, Instant at) throws SQLException {
        var status = said.action() == Action.FAILED ? Recipient.Status.RETURNED : Recipient.Status.DELIVERED;
        return statements.update(
                COME_BACK,
                Word.of(status),
                said.summary(),
                at.toEpochMilli(),
                letter.text(),
                said.position(),
                Word.of(status))
                > 0;
    }
}
