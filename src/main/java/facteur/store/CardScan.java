package facteur.store;

import facteur.office.RelationId;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.settings.SettingsCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What a first look at every line of a body finds. It holds the ids of clients, and nothing else of their cards.
///
/// @param problems with their lines, the first thousand
/// @param badLines how many can't be used
/// @param named all clients that the body names, in composed form, those of bad lines among them
/// @param twice the clients that have two lines or more: which is meant can't be known, so none counts
record CardScan(Problems problems, long badLines, Set<RelationId> named, Set<RelationId> twice, Extent extent) {
    /// How much of the body could be looked at.
    enum Extent {
        WHOLE,
        /// There are bad lines of which it can't be known whose they are.
        VAGUE,
        UNREADABLE,
        TOO_MANY
    }

    /// Reads to the end, at most one line more than the limit.
    static CardScan of(CardBody body, String origin, int limit) throws IOException {
        return new Scanner(origin, limit).scan(body);
    }

    private static final class Scanner {
        private final String origin;
        private final int limit;
        private final Problems problems = new Problems();
        private final Map<RelationId, Integer> lines = new HashMap<>();
        private final Set<RelationId> mentioned = new HashSet<>();
        private final Set<RelationId> twice = new HashSet<>();
        private long badLines;
        private Extent extent = Extent.WHOLE;

        Scanner(String origin, int limit) {
            this.origin = origin;
            this.limit = limit;
        }

        CardScan scan(CardBody body) throws IOException {
            var count = 0;
            for (var line = body.next(); line.isPresent(); line = body.next()) {
                if (++count > limit) {
                    return result(Extent.TOO_MANY);
                }
                switch (line.get()) {
                    case CardLine.Card(var number, var input) -> card(input.relation().composed(), number);
                    case CardLine.Bad bad -> bad(bad);
                    case CardLine.Unreadable(var why) -> {
                        why.forEach(problems::add);
                        return result(Extent.UNREADABLE);
                    }
                }
            }
            return result(extent);
        }

        private void card(RelationId relation, int line) {
            var first = lines.putIfAbsent(relation, line);
            if (first == null) {
                return;
            }
            if (twice.add(relation)) {
                badLines++;
                twice(first, "another card for " + relation + " is in line " + line);
            }
            badLines++;
            twice(line, "a second card for " + relation + ": the first is in line " + first);
        }

        private void twice(int line, String message) {
            problems.add(new Problem(origin, line, CardInputReader.RELATION, SettingsCode.RELATION_TWICE, message));
        }

        private void bad(CardLine.Bad bad) {
            badLines++;
            bad.problems().forEach(problems::add);
            bad.mentioned().forEach(relation -> mentioned.add(relation.composed()));
            if (bad.mentioned().isEmpty()) {
                extent = Extent.VAGUE;
            }
        }

        private CardScan result(Extent extent) {
            mentioned.addAll(lines.keySet());
            return new CardScan(problems, badLines, mentioned, twice, extent);
        }
    }
}
