package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The ids of an office's cards, without the cards. Stateless.
final class CardRelations {
    private static final String PAGE = "select relation from card where office = ? and relation > ? order by relation limit 1000";

    private CardRelations() {}

    /// Those that are not among the named, in their order.
    static List<RelationId> without(Database database, OfficeId office, Set<RelationId> named) throws SQLException {
        var unnamed = new ArrayList<RelationId>();
        var last = "";
        while (true) {
            var after = last;
            var relations = database.reading(statements -> statements.list(PAGE, row -> row.getString(1), office.text(), after));
            if (relations.isEmpty()) {
                return unnamed;
            }
            relations.stream().map(RelationId::new).filter(relation -> !named.contains(relation)).forEach(unnamed::add);
            last = relations.getLast();
        }
    }
}
