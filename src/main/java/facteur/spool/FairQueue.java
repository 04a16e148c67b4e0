package facteur.spool;

import facteur.mail.letter.RouteId;
import java.util.HashMap;
import java.util.Map;

/// Whose turn it is among the letters of a route that were never tried.
///
/// Offices take turns, letter by letter, however many letters each has: start-time fair queuing (Goyal, Vin and Cheng,
/// 1996) with a letter as the unit. A letter gets the number after the last one of its office, but no lower than the
/// number that was handed out last; so an office with one letter is next, and one with 100,000 has only itself to wait for.
///
/// An office that has no letter waiting is forgotten. After a start, and on another node, each office starts afresh: its new
/// letters may go before its old ones. Thread-safe.
public final class FairQueue {
    private static final int TIDY = 1_000;

    private static final class Line {
        private final Map<String, Long> lasts = new HashMap<>();
        private long current;
        private int tidyAt = TIDY;
    }

    private final Map<RouteId, Line> lines = new HashMap<>();

    /// For a letter that is about to wait.
    public synchronized long next(RouteId route, String office) {
        var line = line(route);
        var turn = Math.max(line.current, line.lasts.getOrDefault(office, 0L)) + 1;
        line.lasts.put(office, turn);
        if (line.lasts.size() > line.tidyAt) {
            line.lasts.values().removeIf(last -> last <= line.current);
            line.tidyAt = 2 * line.lasts.size() + TIDY;
        }
        return turn;
    }

    /// All letters up to this number were handed out.
    public synchronized void reached(RouteId route, long turn) {
        var line = line(route);
        line.current = Math.max(line.current, turn);
    }

    private Line line(RouteId route) {
        return lines.computeIfAbsent(route, _ -> new Line());
    }
}
