package facteur.access;

import facteur.office.OfficeId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The table `token`.
final class TokenRows {
    private static final String SELECT =
            "select id, name, digest, office, scopes, suite, made_at, made_by, until, used_at, revoked_at, revoked_by, told from token";
    private static final String INSERT =
            """
            insert into token (id, name, digest, office, scopes, suite, made_at, made_by, until) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";
    private static final String UNTOLD =
            SELECT + " where told = '' or told = 'made' and revoked_at > 0 order by made_at, id limit ?";

    private TokenRows() {}

    /// @param digest in hexadecimal digits
    /// @param told what a daemon's log has of it
    record Row(Token token, String digest, String told) {}

    /// @return false when its id or its name is taken
    static boolean insert(Statements statements, Token token, byte[] digest) throws SQLException {
        return statements.update(
                INSERT,
                token.id().text(),
                token.name(),
                HexFormat.of().formatHex(digest),
                token.officeText(),
                token.scopes().stream().map(Scope::word).collect(Collectors.joining(" ")),
                token.suite().orElse(""),
                token.madeAt().toEpochMilli(),
                token.madeBy(),
                token.until().toEpochMilli())
                == 1;
    }

    static Optional<Row> byId(Statements statements, TokenId id) throws SQLException {
        return statements.first(SELECT + " where id = ?", TokenRows::row, id.text());
    }

    /// The one that has the name now.
    static Optional<Row> byName(Statements statements, String name) throws SQLException {
        return statements.first(SELECT + " where name = ? and revoked_at = 0", TokenRows::row, name);
    }

    static List<Row> all(Statements statements) throws SQLException {
        return statements.list(SELECT + " order by name, made_at, id", TokenRows::row);
    }

    /// @return false when it is revoked already
    static boolean revoke(Statements statements, TokenId id, Token.Revocation revocation) throws SQLException {
        return statements.update(
                "update token set revoked_at = ?, revoked_by = ? where id = ? and revoked_at = 0",
                revocation.at().toEpochMilli(),
                revocation.by(),
                id.text())
                == 1;
    }

    /// A use may be written late, and after another node's.
    static void used(Statements statements, TokenId id, Instant at) throws SQLException {
        statements.update("update token set used_at = ? where id = ? and used_at < ?", at.toEpochMilli(), id.text(), at.toEpochMilli());
    }

    static List<Row> untold(Statements statements, int limit) throws SQLException {
        return statements.list(UNTOLD, TokenRows::row, limit);
    }

    /// @return false when another node was faster
    static boolean tell(Statements statements, Row row, String told) throws SQLException {
        return statements.update("update token set told = ? where id = ? and told = ?", told, row.token().id().text(), row.told()) == 1;
    }

    private static Row row(ResultSet row) throws SQLException {
        var office = row.getString("office");
        var suite = row.getString("suite");
        var revokedBy = row.getString("revoked_by");
        var token = new Token(
                new TokenId(row.getString("id")),
                row.getString("name"),
                office.equals(Token.ALL) ? Optional.empty() : Optional.of(new OfficeId(office)),
                Scope.known(row.getString("scopes")),
                suite.isEmpty() ? Optional.empty() : Optional.of(suite),
                Instant.ofEpochMilli(row.getLong("made_at")),
                row.getString("made_by"),
                Instant.ofEpochMilli(row.getLong("until")),
                instant(row, "used_at"),
                instant(row, "revoked_at").map(at -> new Token.Revocation(at, revokedBy)));
        return new Row(token, row.getString("digest"), row.getString("told"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
