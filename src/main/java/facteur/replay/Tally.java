package facteur.replay;

import facteur.spool.PastLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Counts what a replay finds, and gathers what changes alike. For one thread.
final class Tally {
    private static final int GROUPS = 20;
    private static final int EXAMPLES = 5;

    private record Change(String context, Outcome before, Outcome after) {}

    private static final class Alike {
        private final List<PastLetter> examples = new ArrayList<>();
        private int letters;

        void add(PastLetter letter) {
            letters++;
            if (examples.size() < EXAMPLES) {
                examples.add(letter);
            }
        }
    }

    private final TwoDecisions decisions;
    private final BooleanSupplier isTimeUp;
    private final Map<Change, Alike> changes = new LinkedHashMap<>();
    private final Map<Change, Alike> refusals = new LinkedHashMap<>();
    private Optional<Instant> since = Optional.empty();
    private int letters;
    private int unchanged;
    private int undecided;
    private boolean isLate;

    /// @param isTimeUp asked before each letter: cards may be far away
    Tally(TwoDecisions decisions, BooleanSupplier isTimeUp) {
        this.decisions = decisions;
        this.isTimeUp = isTimeUp;
    }

    /// @param some the latest first
    void add(List<PastLetter> some) {
        for (var i = 0; i < some.size(); i++) {
            isLate = isLate || isTimeUp.getAsBoolean();
            if (isLate) {
                return;
            }
            add(some.get(i), some.subList(i, some.size()));
        }
    }

    private void add(PastLetter letter, List<PastLetter> next) {
        letters++;
        since = Optional.of(letter.acceptedAt());
        switch (decisions.of(letter, next)) {
            case TwoDecisions.Pair.Undecided() -> undecided++;
            case TwoDecisions.Pair.Decided(var before, var after) when before.isSame(after) -> unchanged++;
            case TwoDecisions.Pair.Decided(var before, var after) -> {
                var kind = switch (after) {
                    case Outcome.Written _ -> changes;
                    case Outcome.Refused _ -> refusals;
                };
                kind.computeIfAbsent(new Change(letter.context().text(), before, after), _ -> new Alike()).add(letter);
            }
        }
    }

    /// @param asked how many letters were wanted
    /// @param end why there were no more, unless there were enough
    ReplayResult.Replayed result(int asked, ReplayResult.End end) {
        return new ReplayResult.Replayed(
                letters,
                since,
                unchanged,
                count(changes),
                count(refusals),
                undecided,
                isLate ? ReplayResult.End.TIME : letters == asked ? ReplayResult.End.ENOUGH : end,
                groups(changes),
                groups(refusals));
    }

    private static int count(Map<Change, Alike> alike) {
        return alike.values().stream().mapToInt(each -> each.letters).sum();
    }

    /// Of equal size, the one with the latest letter first.
    private static List<ReplayResult.Group> groups(Map<Change, Alike> alike) {
        return alike.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Change, Alike> each) -> each.getValue().letters).reversed())
                .limit(GROUPS)
                .map(each -> new ReplayResult.Group(
                        each.getKey().context(),
                        each.getKey().before(),
                        each.getKey().after(),
                        each.getValue().letters,
                        each.getValue().examples))
                .toList();
    }
}
