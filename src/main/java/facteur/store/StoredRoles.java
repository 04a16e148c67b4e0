package facteur.store;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.database.Database;
import facteur.settings.RoleUse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Which roles are in use in the store. Looks at every office and card: for the rare day on which a role goes.
///
/// @param settings of an office
record StoredRoles(Database database, Function<OfficeId, Lookup<OfficeSettings>> settings) {
    private static final String OFFICES = "select id from office where settings <> '' order by id";

    /// A role that isn't empty, as JSON has it: quotes within a text are escaped, so nothing else looks like this.
    private static final String CARDS =
            """
            select c.office, count(*) as cards, min(c.relation) as first from card c join office o on o.id = c.office
            where o.settings <> '' and c.people like ? group by c.office order by c.office""";

    /// @param now roles that may be in use
    List<Problem> unlisted(Roles now, Roles next) throws SQLException {
        var uses = new ArrayList<Problem>();
        for (var office : database.reading(statements -> statements.list(OFFICES, row -> new OfficeId(row.getString("id"))))) {
            if (settings.apply(office) instanceof Lookup.Found<OfficeSettings>(var found, _)) {
                RoleUse.of(found, next).forEach(uses::add);
            }
        }
        for (var role : now.list().stream().filter(role -> !next.list().contains(role)).toList()) {
            uses.addAll(cards(role, next));
        }
        return uses;
    }

    private List<Problem> cards(Role role, Roles next) throws SQLException {
        return database.reading(statements -> statements.list(CARDS, row -> {
            var others = row.getLong("cards") - 1;
            return new Problem(
                    "office " + row.getString("office"),
                    0,
                    "relations." + row.getString("first"),
                    next.unlisted(role.name()) + (others == 0 ? "" : " (and " + others + " more cards)"));
        }, "%\"" + role.name() + "\":[\"%"));
    }
}
