package facteur.access;

import facteur.login.PasswordHash;
import facteur.office.OfficeId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables `person` and `person_role`.
final class PersonRows {
    private static final String SELECT =
            """
            select login, name, address, language, password, totp, totp_at, made_at, made_by, disabled_at, disabled_by, signed_in_at, told
            from person""";
    private static final String INSERT =
            """
            insert into person (login, name, address, made_at, made_by) values (?, ?, ?, ?, ?) on conflict do nothing""";
    private static final String UNTOLD =
            SELECT + " where told = '' or told = 'enabled' and disabled_at > 0 or told = 'disabled' and disabled_at = 0 order by made_at, login limit ?";
    private static final String GRANT = "insert into person_role (login, office, role) values (?, ?, ?)";
    private static final String GRANTS = "select login, office, role from person_role where login = ? order by office, role";
    private static final String ALL_GRANTS = "select login, office, role from person_role order by login, office, role";
    private static final String SET_PASSWORD = "update person set password = ?, password_at = ? where login = ? and disabled_at = 0";
    private static final String DISABLE = "update person set disabled_at = ?, disabled_by = ? where login = ? and disabled_at = 0";
    private static final String ENABLE = "update person set disabled_at = 0, disabled_by = '' where login = ? and disabled_at > 0";

    private static final String REACHABLE =
            "select login from person where (login = ? or lower(address) = ?) and address <> '' and disabled_at = 0 order by login";
    private static final List<String> PARTS =
            List.of("delete from person_role where login = ?", "delete from recovery_code where login = ?");

    private PersonRows() {}

    /// @param password its hash; empty: none was set
    /// @param totp base 32; empty: none was made
    /// @param told what a daemon's log has of the person
    record Row(Person person, String password, String totp, String told) {
        /// What is to be compared with: of a person who can't sign in, a hash that no password has.
        Optional<PasswordHash> hash() {
            return password.isEmpty() || person.isDisabled() ? Optional.empty() : Optional.of(PasswordHash.parse(password));
        }

        /// Of an authenticator that has been proved.
        Optional<TotpSecret> provenTotp() {
            return person.hasSecondStep() ? Optional.of(TotpSecret.parse(totp)) : Optional.empty();
        }

        private Row with(List<Grant> grants) {
            var one = person;
            return new Row(
                    new Person(
                            one.login(),
                            one.name(),
                            one.address(),
                            one.language(),
                            new Rights(grants),
                            one.hasPassword(),
                            one.hasSecondStep(),
                            one.madeAt(),
                            one.madeBy(),
                            one.signedInAt(),
                            one.disabling()),
                    password,
                    totp,
                    told);
        }
    }

    /// @return false when the login is taken
    static boolean insert(Statements statements, NewPerson wanted, Instant at, String by) throws SQLException {
        var isNew = statements.update(INSERT, wanted.login(), wanted.name(), wanted.address().orElse(""), at.toEpochMilli(), by) == 1;
        if (isNew) {
            insertGrants(statements, wanted.login(), wanted.grants());
        }
        return isNew;
    }

    static void replaceGrants(Statements statements, String login, List<Grant> grants) throws SQLException {
        statements.update("delete from person_role where login = ?", login);
        insertGrants(statements, login, grants);
    }

    private static void insertGrants(Statements statements, String login, List<Grant> grants) throws SQLException {
        for (var grant : List.copyOf(new LinkedHashSet<>(grants))) {
            statements.update(GRANT, login, grant.officeText(), grant.role().word());
        }
    }

    /// @param login as it is kept
    static Optional<Row> byLogin(Statements statements, String login) throws SQLException {
        var row = statements.first(SELECT + " where login = ?", PersonRows::row, login);
        return row.isEmpty() ? row : Optional.of(row.get().with(grants(statements, login)));
    }

    static List<Row> all(Statements statements) throws SQLException {
        return withGrants(statements, statements.list(SELECT + " order by login", PersonRows::row));
    }

    /// Those who have a mail address, of a login or an address in lower case.
    static List<String> reachable(Statements statements, String wanted) throws SQLException {
        return statements.list(REACHABLE, row -> row.getString(1), wanted, wanted);
    }

    static boolean isThereOne(Statements statements) throws SQLException {
        return statements.first("select 1 from person limit 1", row -> row.getInt(1)).isPresent();
    }

    static List<Row> untold(Statements statements, int limit) throws SQLException {
        return statements.list(UNTOLD, PersonRows::row, limit);
    }

    /// @return false when another node was faster
    static boolean tell(Statements statements, Row row, String told) throws SQLException {
        return statements.update("update person set told = ? where login = ? and told = ?", told, row.person().login(), row.told()) == 1;
    }

    /// @return false when there is none who isn't disabled
    static boolean setPassword(Statements statements, String login, PasswordHash hash, Instant at) throws SQLException {
        return statements.update(SET_PASSWORD, hash.text(), at.toEpochMilli(), login) == 1;
    }

    static boolean disable(Statements statements, String login, Person.Disabling disabling) throws SQLException {
        return statements.update(DISABLE, disabling.at().toEpochMilli(), disabling.by(), login) == 1;
    }

    static boolean enable(Statements statements, String login) throws SQLException {
        return statements.update(ENABLE, login) == 1;
    }

    static boolean remove(Statements statements, String login) throws SQLException {
        if (byLogin(statements, login).filter(row -> row.person().isDisabled()).isEmpty()) {
            return false;
        }
        for (var part : PARTS) {
            statements.update(part, login);
        }
        return statements.update("delete from person where login = ?", login) == 1;
    }

    static void setLanguage(Statements statements, String login, String language) throws SQLException {
        statements.update("update person set language = ? where login = ?", language, login);
    }

    static void signedIn(Statements statements, String login, Instant at) throws SQLException {
        statements.update("update person set signed_in_at = ? where login = ? and signed_in_at < ?", at.toEpochMilli(), login, at.toEpochMilli());
    }

    private static List<Grant> grants(Statements statements, String login) throws SQLException {
        return statements.list(GRANTS, PersonRows::grant, login).stream().flatMap(Optional::stream).toList();
    }

    private record GrantRow(String login, Optional<Grant> grant) {}

    private static List<Row> withGrants(Statements statements, List<Row> rows) throws SQLException {
        Map<String, List<Grant>> grants = new HashMap<>();
        for (var row : statements.list(ALL_GRANTS, row -> new GrantRow(row.getString("login"), grant(row)))) {
            row.grant().ifPresent(grant -> grants.computeIfAbsent(row.login(), _ -> new ArrayList<>()).add(grant));
        }
        return rows.stream().map(row -> row.with(grants.getOrDefault(row.person().login(), List.of()))).toList();
    }

    /// Empty for a role that this version doesn't know: a newer one may have written it.
    private static Optional<Grant> grant(ResultSet row) throws SQLException {
        var office = OfficeId.parse(row.getString("office"));
        return AccessRole.find(row.getString("role"))
                .filter(role -> role.isOfOffice() == office.isPresent())
                .map(role -> new Grant(office, role));
    }

    private static Row row(ResultSet row) throws SQLException {
        var disabledBy = row.getString("disabled_by");
        var password = row.getString("password");
        var person = new Person(
                row.getString("login"),
                row.getString("name"),
                text(row, "address"),
                text(row, "language"),
                Rights.NONE,
                !password.isEmpty(),
                row.getLong("totp_at") > 0,
                Instant.ofEpochMilli(row.getLong("made_at")),
                row.getString("made_by"),
                instant(row, "signed_in_at"),
                instant(row, "disabled_at").map(at -> new Person.Disabling(at, disabledBy)));
        return new Row(person, password, row.getString("totp"), row.getString("told"));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
