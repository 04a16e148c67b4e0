package facteur.platform.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Gathers the mistakes of one load, so that all are shown at once. The same mistake counts once. One thread.
///
/// A hostile or broken file could hold millions of mistakes: the first [#MOST] are stored, the rest only counted.
public final class Problems {
    static final int MOST = 1000;

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::origin).thenComparingInt(Problem::line);

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private long left;

    public void add(Problem problem) {
        if (!isFull()) {
            problems.add(problem);
        } else if (!problems.contains(problem)) {
            left++;
        }
    }

    public void add(Path file, int line, String key, String message) {
        add(new Problem(file, line, key, message));
    }

    /// One more that is only counted, without its words.
    void countOne() {
        left++;
    }

    /// Something odd that doesn't keep the configuration from being used.
    public void warn(Problem warning) {
        if (warnings.size() < MOST) {
            warnings.add(warning);
        }
    }

    /// Something odd that doesn't keep the configuration from being used.
    public void warn(Path file, int line, String key, String message) {
        warn(new Problem(file, line, key, message));
    }

    /// As [#warn(Path, int, String, String)].
    ///
    /// @param code what programs know it by
    public void warn(Path file, int line, String key, String code, String message) {
        warn(new Problem(file.toString(), line, key, code, message));
    }

    /// Whether the configuration may be used. Warnings don't count.
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /// How many there are, those that are only counted among them.
    public long count() {
        return problems.size() + left;
    }

    /// By file, then by line.
    public List<Problem> list() {
        return problems.stream().sorted(BY_PLACE).toList();
    }

    /// By file, then by line.
    public List<Problem> warnings() {
        return warnings.stream().sorted(BY_PLACE).toList();
    }

    /// Whether another problem would only be counted: a hint to stop looking for more.
    boolean isFull() {
        return problems.size() >= MOST;
    }

    /// The problems, one per line; warnings are not among them.
    @Override
    public String toString() {
        String lines = list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return left == 0 ? lines : lines + "\n… and " + left + " more";
    }
}
