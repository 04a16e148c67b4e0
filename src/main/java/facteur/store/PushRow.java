package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A row of the table `card_push`: a push of an office, in progress or just finished.
///
/// @param app who began it
/// @param number the version that it writes; 0 while it has changed nothing
/// @param vague how many of its bodies had bad lines that may have meant any client
/// @param finishedAt the start of time while it is in progress
record PushRow(
        OfficeId office,
        String id,
        String app,
        long number,
        Instant begunAt,
        CardTally tally,
        long refusals,
        long vague,
        Instant finishedAt) {
    static final Duration LIFE = Duration.ofHours(1);

    /// How much the clocks of two nodes may.
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    /// How many ids of clients are in one row: few rows, and small enough ones.
    private static final int NAMES = 1_000;

    /// No id of a client holds one.
    private static final String SEPARATOR = "\n";

    private static final String READ =
            """
            select office, id, app, number, begun_at, created, changed, unchanged, deleted, refusals, vague, finished_at
            from card_push where office = ?""";
    private static final String BEGIN =
            "insert into card_push (office, id, app, begun_at) values (?, ?, ?, ?)";
    private static final String END = "delete from card_push where office = ?";
    private static final String END_OLD = "delete from card_push where begun_at <= ?";
    private static final String COUNT =
            """
            update card_push set number = ?, created = created + ?, changed = changed + ?, unchanged = unchanged + ?, deleted = deleted + ?
            where office = ? and id = ?""";
    private static final String DELETED =
            "select relation from card_change where office = ? and number = ? and before <> '' and after = ''";
    private static final String REFUSE = "update card_push set refusals = refusals + ?, vague = vague + ? where office = ? and id = ?";
    private static final String FINISH = "update card_push set finished_at = ? where office = ? and id = ?";
    /// Bodies may have come to the same card, and an unchanged one isn't changed.
    private static final String RECOUNT =
            """
            update office_change set cards = (
                select count(*) from card_change c where c.office = office_change.office and c.number = office_change.number and c.before <> c.after)
            where office = ? and number = ?""";
    private static final String NAME = "insert into card_push_name (push, part, relations) values (?, ?, ?)";
    private static final String LAST_PART = "select coalesce(max(part), 0) from card_push_name where push = ?";
    private static final String NAMED = "select relations from card_push_name where push = ?";
    private static final String FORGET_NAMES = "delete from card_push_name where push not in (select id from card_push where finished_at = 0)";

    static PushRow of(ResultSet row) throws SQLException {
        return new PushRow(
                new OfficeId(row.getString("office")),
                row.getString("id"),
                row.getString("app"),
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                new CardTally(row.getLong("created"), row.getLong("changed"), row.getLong("unchanged"), row.getLong("deleted")),
                row.getLong("refusals"),
                row.getLong("vague"),
                Instant.ofEpochMilli(row.getLong("finished_at")));
    }

    static Optional<PushRow> read(Statements statements, OfficeId office) throws SQLException {
        return statements.first(READ, PushRow::of, office.text());
    }

    /// In the place of the one that the office has.
    static void begin(StoreTransaction transaction, OfficeId office, String id, String app) throws SQLException {
        end(transaction.statements(), office);
        transaction.statements().update(BEGIN, office.text(), id, app, transaction.now().toEpochMilli());
    }

    static void end(Statements statements, OfficeId office) throws SQLException {
        statements.update(END, office.text());
        statements.update(FORGET_NAMES);
    }

    /// Ends all that have lived their hour.
    static void endOld(StoreWriter writer) throws SQLException {
        writer.write(transaction -> {
            transaction.statements().update(END_OLD, transaction.now().minus(LIFE).toEpochMilli());
            return transaction.statements().update(FORGET_NAMES);
        });
    }

    boolean isFinished() {
        return !finishedAt.equals(Instant.EPOCH);
    }

    /// One that was begun in the future was begun by a clock that was wrong, and would keep others out until then.
    boolean isAlive(Instant now) {
        return now.isBefore(begunAt.plus(LIFE)) && begunAt.isBefore(now.plus(CLOCKS_DIFFER));
    }

    void count(Statements statements, long version, CardTally more) throws SQLException {
        statements.update(COUNT, version, more.created(), more.changed(), more.unchanged(), more.deleted(), office.text(), id);
    }

    void refuse(Statements statements, long lines, long vagueOnes) throws SQLException {
        statements.update(REFUSE, lines, vagueOnes, office.text(), id);
    }

    /// To be called of the row as it is by now.
    void finish(StoreTransaction transaction) throws SQLException {
        transaction.statements().update(FINISH, transaction.now().toEpochMilli(), office.text(), id);
        transaction.statements().update(RECOUNT, office.text(), number);
        transaction.statements().update(FORGET_NAMES);
    }

    /// Remembers which clients the push has named.
    void name(Statements statements, Collection<RelationId> relations) throws SQLException {
        var part = statements.first(LAST_PART, row -> row.getLong(1), id).orElse(0L);
        var names = new StringBuilder();
        var count = 0;
        for (var relation : relations) {
            names.append(count == 0 ? "" : SEPARATOR).append(relation.text());
            if (++count == NAMES) {
                statements.update(NAME, id, ++part, names.toString());
                names.setLength(0);
                count = 0;
            }
        }
        if (count > 0) {
            statements.update(NAME, id, ++part, names.toString());
        }
    }

    /// All clients that it has named.
    Set<RelationId> named(Statements statements) throws SQLException {
        var named = new HashSet<RelationId>();
        for (var part : statements.list(NAMED, row -> row.getString(1), id)) {
            for (var relation : part.split(SEPARATOR, -1)) {
                named.add(new RelationId(relation));
            }
        }
        return named;
    }

    /// The cards that its version has deleted so far.
    List<RelationId> deleted(Statements statements) throws SQLException {
        return statements.list(DELETED, row -> new RelationId(row.getString(1)), office.text(), number);
    }
}
