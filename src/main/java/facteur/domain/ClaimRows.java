package facteur.domain;

import facteur.office.OfficeId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table `domain`: a row for each claim. Every change that other processes should notice counts up the edition.
///
/// A row changes only from what it is known to be (`next_check_at`), so that of two checks of the same claim, on two nodes or
/// by a command, one result counts.
final class ClaimRows {
    private static final String COLUMNS =
            "select name, office, token, added_at, state, since, mismatches, reason, next_check_at, checked_at, sure_at from domain";

    private ClaimRows() {}

    static long edition(Statements statements) throws SQLException {
        return statements.first("select number from domain_edition", row -> row.getLong(1)).orElse(0L);
    }

    private static void countUp(Statements statements) throws SQLException {
        statements.update("update domain_edition set number = number + 1");
    }

    static List<Claim> all(Statements statements) throws SQLException {
        return statements.list(COLUMNS + " order by name, office", ClaimRows::claim);
    }

    static List<Claim> of(Statements statements, String domain) throws SQLException {
        return statements.list(COLUMNS + " where name = ? order by office", ClaimRows::claim, domain);
    }

    static List<Claim> of(Statements statements, OfficeId office) throws SQLException {
        return statements.list(COLUMNS + " where office = ? order by name", ClaimRows::claim, office.text());
    }

    static Optional<Claim> one(Statements statements, String domain, OfficeId office) throws SQLException {
        return statements.first(COLUMNS + " where name = ? and office = ?", ClaimRows::claim, domain, office.text());
    }

    /// @param latest when a claim may be due at all: what is due later was put off by a clock that went wrong
    static List<Claim> due(Statements statements, Instant now, Instant latest, int limit) throws SQLException {
        return statements.list(
                COLUMNS + " where next_check_at <= ? or next_check_at > ? order by next_check_at limit ?",
                ClaimRows::claim,
                now.toEpochMilli(),
                latest.toEpochMilli(),
                limit);
    }

    /// @return false when it is there already
    static boolean insert(Statements statements, Claim claim) throws SQLException {
        var inserted = statements.update(
                """
                insert into domain (name, office, token, added_at, state, since, mismatches, reason, next_check_at, told)
                values (?, ?, ?, ?, ?, ?, 0, '', ?, ?) on conflict (name, office) do nothing""",
                claim.domain(),
                claim.office().text(),
                claim.token(),
                claim.addedAt().toEpochMilli(),
                claim.state().word(),
                claim.state().since().toEpochMilli(),
                claim.nextCheckAt().toEpochMilli(),
                claim.state().word());
        if (inserted == 1) {
            countUp(statements);
        }
        return inserted == 1;
    }

    static boolean delete(Statements statements, String domain, OfficeId office) throws SQLException {
        var deleted = statements.update("delete from domain where name = ? and office = ?", domain, office.text());
        if (deleted == 1) {
            countUp(statements);
        }
        return deleted == 1;
    }

    /// Postpones the next check, so that no other process makes this one.
    ///
    /// @return false when another process was faster
    static boolean lease(Statements statements, Claim claim, Instant until) throws SQLException {
        return statements.update(
                "update domain set next_check_at = ? where name = ? and office = ? and next_check_at = ?",
                until.toEpochMilli(),
                claim.domain(),
                claim.office().text(),
                claim.nextCheckAt().toEpochMilli())
                == 1;
    }

    /// Writes what a check came to.
    ///
    /// @param claim as it was when the check began
    /// @param sureAt when a check last found something out, this one included
    /// @return false when another process has written meanwhile: then nothing is written
    static boolean update(Statements statements, Claim claim, Lifecycle.Step step, Optional<Instant> sureAt, Instant now) throws SQLException {
        var next = step.next();
        var updated = statements.update(
                """
                update domain set state = ?, since = ?, mismatches = ?, reason = ?, next_check_at = ?, checked_at = ?, sure_at = ?
                where name = ? and office = ? and next_check_at = ?""",
                next.word(),
                next.since().toEpochMilli(),
                next instanceof DomainState.Degraded degraded ? degraded.mismatches() : 0,
                next.reason(),
                step.nextCheckAt().toEpochMilli(),
                now.toEpochMilli(),
                sureAt.map(Instant::toEpochMilli).orElse(null),
                claim.domain(),
                claim.office().text(),
                claim.nextCheckAt().toEpochMilli());
        if (updated == 1 && !next.equals(claim.state())) {
            countUp(statements);
        }
        return updated == 1;
    }

    /// A change of state that wasn't reported yet.
    ///
    /// @param reported the state that was reported last
    record Unreported(Claim claim, String reported) {}

    static List<Unreported> unreported(Statements statements, int limit) throws SQLException {
        return statements.list(
                COLUMNS.replace(" from domain", ", told from domain") + " where told <> state order by name, office limit ?",
                row -> new Unreported(claim(row), row.getString("told")),
                limit);
    }

    /// @return false when another process was faster, or the state has changed again
    static boolean markReported(Statements statements, Claim claim, String before, String after) throws SQLException {
        return statements.update(
                "update domain set told = ? where name = ? and office = ? and told = ? and state = ?",
                after,
                claim.domain(),
                claim.office().text(),
                before,
                claim.state().word())
                == 1;
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getString("name"),
                new OfficeId(row.getString("office")),
                row.getString("token"),
                Instant.ofEpochMilli(row.getLong("added_at")),
                state(row),
                Instant.ofEpochMilli(row.getLong("next_check_at")),
                instant(row, "checked_at"),
                instant(row, "sure_at"));
    }

    private static DomainState state(ResultSet row) throws SQLException {
        var since = Instant.ofEpochMilli(row.getLong("since"));
        var reason = row.getString("reason");
        return switch (row.getString("state")) {
            case "pending" -> new DomainState.Pending(since);
            case "verified" -> new DomainState.Verified(since);
            case "unconfirmed" -> new DomainState.Unconfirmed(since, reason);
            case "degraded" -> new DomainState.Degraded(since, row.getInt("mismatches"), reason);
            case "suspended" -> new DomainState.Suspended(since, reason);
            case "failed" -> new DomainState.Failed(since, reason);
            case String other -> throw new SQLException("no state of a domain: " + other);
        };
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable
        Object value = row.getObject(column);
        return value == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong(column)));
    }
}
