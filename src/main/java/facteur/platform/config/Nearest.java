package facteur.platform.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the known word that a mistyped one was meant to be.
///
/// Near is counted as letters added, left out, replaced, or swapped with their neighbour (the restricted Damerau
/// distance); one such slip is allowed for every three letters, three at most. Capitals don't count.
public final class Nearest {
    private static final int LONGEST = 64;
    private static final int MOST_SLIPS = 3;

    private Nearest() {}

    /// The nearest of the known words, the first of equals; empty when none is near.
    public static Optional<String> of(String word, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int fewest = MOST_SLIPS + 1;
        for (String candidate : known) {
            if (candidate.length() > LONGEST || word.length() > LONGEST) {
                continue;
            }
            int slips = slips(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (slips < fewest && slips <= allowed(word, candidate)) {
                nearest = Optional.of(candidate);
                fewest = slips;
            }
        }
        return nearest;
    }

    /// The end of a message: `; did you mean 'address'?`, or nothing.
    public static String hint(String word, Collection<String> known) {
        return hint(of(word, known));
    }

    /// The same for one that was found.
    static String hint(Optional<String> nearest) {
        return nearest.map(meant -> "; did you mean '" + meant + "'?").orElse("");
    }

    private static int allowed(String word, String candidate) {
        int shorter = Math.min(word.length(), candidate.length());
        return Math.min(MOST_SLIPS, (shorter + 2) / 3);
    }

    private static int slips(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            last[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = last[column - 1] + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(replaced, Math.min(last[column], row[column - 1]) + 1);
                if (line > 1
                        && column > 1
                        && from.charAt(line - 1) == to.charAt(column - 2)
                        && from.charAt(line - 2) == to.charAt(column - 1)) {
                    row[column] = Math.min(row[column], beforeLast[column - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }
}
