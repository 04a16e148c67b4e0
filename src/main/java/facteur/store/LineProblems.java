package facteur.store;

import facteur.platform.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with one line of a body. One thread.
final class LineProblems {
    private final String origin;
    private final int line;
    private final List<Problem> list = new ArrayList<>();

    /// @param origin what messages call the body
    /// @param line counted from 1; 0 when there are no lines
    LineProblems(String origin, int line) {
        this.origin = origin;
        this.line = line;
    }

    int line() {
        return line;
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Problem> list() {
        return List.copyOf(list);
    }

    void add(Problem problem) {
        list.add(problem);
    }

    void add(String key, String code, String message) {
        list.add(problem(key, code, message, Optional.empty()));
    }

    Problem problem(String key, String code, String message, Optional<String> nearest) {
        return new Problem(origin, line, key, code, message, nearest);
    }
}
