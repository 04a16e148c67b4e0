package facteur.access;

import facteur.office.OfficeId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The table `session`. A person's rights aren't in it.
final class SessionRows {
    private static final String COLUMNS =
            "id, holder, source, subject, name, grants, language, return_to, embed, half, made_at, used_at, until, peer, agent";
    private static final String SELECT = "select " + COLUMNS + " from session";
    private static final String INSERT = "insert into session (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String TAKE_HALF = "delete from session where id = ? and half = 1 and until > ? returning " + COLUMNS;
    private static final String OF_HOLDER = " where holder = ? and source = ? and subject = ?";
    private static final String END_ALL = "delete from session" + OF_HOLDER;
    private static final String PERSON = "person";
    private static final String SUITE = "suite";
    private static final String FEDERATED = "federated";

    private SessionRows() {}

    /// How a holder is found.
    private record Key(String holder, String source, String subject) {
        static Key of(Holder holder) {
            return switch (holder) {
                case Holder.Person person -> new Key(PERSON, "", person.login());
                case Holder.SuiteUser user -> new Key(SUITE, user.suite(), user.id());
                case Holder.Federated user -> new Key(FEDERATED, user.provider(), user.subject());
            };
        }
    }

    static void insert(Statements statements, Session session, List<Grant> grants) throws SQLException {
        var key = Key.of(session.holder());
        statements.update(
                INSERT,
                session.id().text(),
                key.holder(),
                key.source(),
                key.subject(),
                session.holder().name(),
                String.join(" ", new Rights(grants).words()),
                session.language().orElse(""),
                session.returnTo().orElse(""),
                session.embed().orElse(""),
                session.needsSecondStep() ? 1L : 0L,
                session.madeAt().toEpochMilli(),
                session.usedAt().toEpochMilli(),
                session.until().toEpochMilli(),
                session.peer(),
                session.agent());
    }

    static Optional<Session> byId(Statements statements, SessionId id) throws SQLException {
        return statements.first(SELECT + " where id = ?", SessionRows::row, id.text());
    }

    /// The latest first.
    static List<Session> of(Statements statements, Holder holder) throws SQLException {
        var key = Key.of(holder);
        return statements.list(
                SELECT + OF_HOLDER + " order by made_at desc, id", SessionRows::row, key.holder(), key.source(), key.subject());
    }

    /// Removes a half session, for one caller only.
    static Optional<Session> takeHalf(Statements statements, SessionId id, Instant now) throws SQLException {
        return statements.first(TAKE_HALF, SessionRows::row, id.text(), now.toEpochMilli());
    }

    static void used(Statements statements, SessionId id, Instant at) throws SQLException {
        statements.update("update session set used_at = ? where id = ? and used_at < ?", at.toEpochMilli(), id.text(), at.toEpochMilli());
    }

    static boolean end(Statements statements, SessionId id) throws SQLException {
        return statements.update("delete from session where id = ?", id.text()) == 1;
    }

    static int endAll(Statements statements, Holder holder) throws SQLException {
        var key = Key.of(holder);
        return statements.update(END_ALL, key.holder(), key.source(), key.subject());
    }

    static int endOthers(Statements statements, Holder holder, SessionId kept) throws SQLException {
        var key = Key.of(holder);
        return statements.update(END_ALL + " and id <> ?", key.holder(), key.source(), key.subject(), kept.text());
    }

    private static Session row(ResultSet row) throws SQLException {
        return new Session(
                new SessionId(row.getString("id")),
                holder(row),
                new Rights(Stream.of(row.getString("grants").split(" ")).flatMap(word -> grant(word).stream()).toList()),
                instant(row, "made_at"),
                instant(row, "used_at"),
                instant(row, "until"),
                text(row, "language"),
                text(row, "return_to"),
                text(row, "embed"),
                row.getLong("half") == 1,
                row.getString("peer"),
                row.getString("agent"));
    }

    private static Holder holder(ResultSet row) throws SQLException {
        var kind = row.getString("holder");
        var source = row.getString("source");
        var subject = row.getString("subject");
        var name = row.getString("name");
        return switch (kind) {
            case PERSON -> new Holder.Person(subject, name);
            case SUITE -> new Holder.SuiteUser(source, subject, name);
            case FEDERATED -> new Holder.Federated(source, subject, name);
            default -> throw new SQLException("a session has a holder of a kind that isn't known: " + kind);
        };
    }

    /// As [Grant#toString] writes it; empty for one that this version doesn't know.
    private static Optional<Grant> grant(String word) {
        var colon = word.lastIndexOf(':');
        var office = colon < 0 ? Optional.<OfficeId>empty() : OfficeId.parse(word.substring(0, colon));
        return AccessRole.find(word.substring(colon + 1))
                .filter(role -> role.isOfOffice() == office.isPresent())
                .map(role -> new Grant(office, role));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
    }
}
