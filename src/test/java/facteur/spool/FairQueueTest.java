package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.letter.RouteId;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class FairQueueTest {
    private static final RouteId ROUTE = new RouteId("capture");

    /// After any history, an office with nothing ahead of it has one letter of each other office before it at
    /// most.
    @Property
    void whoHasNothingAheadIsNext(@ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> acts) {
        var turns = new FairQueue();
        var waiting = new TreeMap<Long, List<String>>();
        for (var act : acts) {
            if (act == 0 && !waiting.isEmpty()) {
                serve(turns, waiting);
            } else {
                arrive(turns, waiting, "office" + act);
            }
        }
        var mine = turns.next(ROUTE, "new");
        var before = waiting.headMap(mine, true).values().stream().flatMap(List::stream).toList();
        assertThat(before).doesNotHaveDuplicates();
    }

    private static void arrive(FairQueue turns, NavigableMap<Long, List<String>> waiting, String office) {
        waiting.merge(turns.next(ROUTE, office), List.of(office), FairQueueTest::joined);
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static void serve(FairQueue turns, NavigableMap<Long, List<String>> waiting) {
        turns.reached(ROUTE, waiting.pollFirstEntry().getKey());
    }

    /// Each office has its letters in the order in which they came.
    @Property
    void keepsTheOrderOfAnOffice(@ForAll @Size(max = 50) List<@IntRange(max = 2) Integer> offices) {
        var turns = new FairQueue();
        var lasts = new TreeMap<Integer, Long>();
        for (var office : offices) {
            var turn = turns.next(ROUTE, "office" + office);
            assertThat(turn).isGreaterThan(lasts.getOrDefault(office, 0L));
            lasts.put(office, turn);
        }
    }
}
