package facteur.spool;

import facteur.mail.letter.Addressed;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The routes in the table `queue`, of letters that wait. Each method is part of a transaction of its caller's.
final class RouteRows {
    private static final String AFTER =
            """
            select min(route) from (
                select min(route) as route from queue where %s and route > ?
                union all
                select min(route) as route from queue where %s and route > ?) as either"""
                    .formatted(QueueRows.UNTRIED, QueueRows.TRIED);
    private static final String UNTRIED =
            "select letter_id from queue where " + QueueRows.UNTRIED + " and route = ? order by turn limit ?";
    private static final String TRIED =
            "select letter_id from queue where " + QueueRows.TRIED + " and route = ? order by due_at limit ?";
    private static final String SELECT =
            """
            select letter.*, content.header from letter join content on content.letter_id = letter.id
            where letter.id = ?""";
    private static final String UPDATE =
            "update queue set route = ? where letter_id = ? and state = 'deferred' and route = ?";

    private RouteRows() {}

    /// Every route that a letter waits for, by two looks into an index each.
    static Set<RouteId> all(Statements statements) throws SQLException {
        var routes = new HashSet<RouteId>();
        if (hasUnknown(statements)) {
            routes.add(RouteId.UNKNOWN);
        }
        var last = Optional.of("");
        while (last.isPresent()) {
            last = after(statements, last.get());
            last.map(RouteId::new).ifPresent(routes::add);
        }
        return routes;
    }

    private static boolean hasUnknown(Statements statements) throws SQLException {
        return !waiting(statements, RouteId.UNKNOWN, 1).isEmpty();
    }

    private static Optional<String> after(Statements statements, String route) throws SQLException {
        // A minimum of nothing is null.
        return statements.list(AFTER, row -> Optional.ofNullable(row.getString(1)), route, route).getFirst();
    }

    /// Letters that wait for the route, those with a turn first.
    static List<String> waiting(Statements statements, RouteId route, int limit) throws SQLException {
        var untried = statements.list(UNTRIED, row -> row.getString(1), route.text(), limit);
        return untried.size() == limit
                ? untried
                : Stream.concat(
                                untried.stream(),
                                statements.list(TRIED, row -> row.getString(1), route.text(), limit - untried.size()).stream())
                        .toList();
    }

    /// What a letter's route is chosen by. One that can't be read has none of it: whoever claims it will see.
    static Optional<Addressed> addressed(Statements statements, String letterId) throws SQLException {
        try {
            var recipients = LetterRows.recipients(statements, letterId).stream()
                    .filter(Recipient::isPending)
                    .map(Recipient::path)
                    .toList();
            return statements.first(
                    SELECT,
                    row -> new Addressed(
                            LetterRows.provenance(row),
                            ReversePath.of(row.getString("original_reverse_path")),
                            Header.parse(LetterRows.octets(row, "header")), recipients),
                    letterId);
        } catch (UnreadableException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    static boolean move(Statements statements, String letterId, RouteId from, RouteId to) throws SQLException {
        return statements.update(UPDATE, to.text(), letterId, from.text()) == 1;
    }
}
