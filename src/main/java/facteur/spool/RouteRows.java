package facteur.spool;

import facteur.mail.letter.Addressed;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
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
            "select letter_id, lease_epoch from queue where " + QueueRows.UNTRIED + " and route = ? order by turn limit ?";
    private static final String TRIED =
            "select letter_id, lease_epoch from queue where " + QueueRows.TRIED + " and route = ? order by due_at limit ?";
    private static final String SELECT =
            """
            select letter.*, content.header from letter join content on content.letter_id = letter.id
            where letter.id = ?""";
    private static final String UPDATE =
            "update queue set route = ? where letter_id = ? and state = 'deferred' and route = ? and lease_epoch = ?";

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
        return !keys(statements, RouteId.UNKNOWN, 1).isEmpty();
    }

    private static Optional<String> after(Statements statements, String route) throws SQLException {
        // A minimum of nothing is null.
        return statements.list(AFTER, row -> Optional.ofNullable(row.getString(1)), route, route).getFirst();
    }

    /// Letters that wait for the route, those with a turn first.
    static List<WaitingLetter> waiting(Statements statements, RouteId route, int limit) throws SQLException {
        var letters = new ArrayList<WaitingLetter>();
        for (var key : keys(statements, route, limit)) {
            letters.add(new WaitingLetter(key.letterId(), key.epoch(), addressed(statements, key.letterId()).orElse(Addressed.NOTHING)));
        }
        return letters;
    }

    private record Key(String letterId, long epoch) {}

    private static List<Key> keys(Statements statements, RouteId route, int limit) throws SQLException {
        var untried = keys(statements, UNTRIED, route, limit);
        return untried.size() == limit
                ? untried
                : Stream.concat(untried.stream(), keys(statements, TRIED, route, limit - untried.size()).stream()).toList();
    }

    private static List<Key> keys(Statements statements, String select, RouteId route, int limit) throws SQLException {
        return statements.list(select, row -> new Key(row.getString(1), row.getLong(2)), route.text(), limit);
    }

    /// What a letter's route is chosen by. Empty when it can't be read: its claim will put it on hold.
    private static Optional<Addressed> addressed(Statements statements, String letterId) throws SQLException {
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

    /// @return how many still waited there
    static int move(Statements statements, RouteId from, List<WaitingLetter.Rerouted> letters) throws SQLException {
        var moved = 0;
        for (var each : letters) {
            moved += statements.update(UPDATE, each.to().text(), each.letter().letterId(), from.text(), each.letter().epoch());
        }
        return moved;
    }
}
