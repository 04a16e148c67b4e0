package facteur.settings;

import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Nearest;
import facteur.platform.config.ProblemCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the first line of a file of relation cards names, in any order, capitals or not. Immutable.
///
/// @param count of all columns, those without a name among them: spreadsheets write them where a cell once was
/// @param relation where the relation id stands
/// @param name where the client's name stands; -1 when nowhere
/// @param roles where each role stands that has a column
/// @param unnamed columns without a name
public record CsvColumns(int count, int relation, int name, Map<Role, Integer> roles, List<Integer> unnamed) {
    public static final String RELATION = "relation";
    private static final String SEPARATORS = ",;\t";
    public static final String NAME = "name";

    public CsvColumns {
        roles = Map.copyOf(roles);
        unnamed = List.copyOf(unnamed);
    }

    /// What stands between the cells: a comma, or what the first line has instead of one. Spreadsheets write semicolons
    /// where the comma is in numbers, and tabs as "Unicode text". Without either it makes no difference.
    public static char separator(String text) {
        var first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return (char) SEPARATORS.chars().filter(separator -> first.indexOf(separator) >= 0).findFirst().orElse(',');
    }

    /// The first line, if it does nothing but tell Excel what stands between cells.
    public static Optional<String> separatorLine(String text) {
        return text.lines().findFirst().map(String::strip).filter(line -> line.matches("(?i)\"?sep=.?\"?[,;\t]*"));
    }

    /// What is wrong with a line of so many cells.
    public static String miscount(List<String> cells, int right) {
        var text = "has " + cells.size() + (cells.size() == 1 ? " cell" : " cells") + ", not " + right;
        if (cells.size() > right) {
            return text + ": a cell that holds the separator stands in quotes";
        }
        return cells.size() == 1 && parts(cells.getFirst()).count() > 2
                ? text + ": its cells stand between other separators than those of the first line"
                : text;
    }

    /// The cell itself, and what any separator parts in it.
    public static Stream<String> parts(String cell) {
        return Stream.concat(Stream.of(cell), Stream.of(cell.split("[" + SEPARATORS + "]")));
    }

    /// Gets what is wrong with the name of a column.
    @FunctionalInterface
    public interface Faults {
        void add(String column, String code, String message, Optional<String> nearest);
    }

    /// @return empty when there is a fault
    public static Optional<CsvColumns> of(List<String> firstLine, Roles roles, Faults problems) {
        var names = firstLine.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        var known = Stream.concat(Stream.of(RELATION, NAME), roles.names().stream()).sorted().toList();
        var seen = new HashSet<String>();
        var faults = 0;
        for (var name : names) {
            if (!name.isEmpty() && !known.contains(name)) {
                problems.add(
                        name, ProblemCode.KEY_UNKNOWN, "unknown column; known are " + String.join(", ", known) + Nearest.hint(name, known),
                        Nearest.of(name, known));
                faults++;
            } else if (!name.isEmpty() && !seen.add(name)) {
                problems.add(name, ProblemCode.KEY_TWICE, "this column comes twice", Optional.empty());
                faults++;
            }
        }
        if (!seen.contains(RELATION)) {
            problems.add(RELATION, ProblemCode.VALUE_MISSING, "this column is missing", Optional.empty());
            faults++;
        }
        return faults == 0 ? Optional.of(of(names, roles)) : Optional.empty();
    }

    private static CsvColumns of(List<String> names, Roles listed) {
        var roles = new HashMap<Role, Integer>();
        for (var role : listed.list()) {
            var at = names.indexOf(role.name());
            if (at >= 0) {
                roles.put(role, at);
            }
        }
        var unnamed = IntStream.range(0, names.size()).filter(at -> names.get(at).isEmpty()).boxed().toList();
        return new CsvColumns(names.size(), names.indexOf(RELATION), names.indexOf(NAME), roles, unnamed);
    }

    /// Empty when the line is too short.
    public String relation(List<String> cells) {
        return relation < cells.size() ? cells.get(relation) : "";
    }

    /// The client's; empty when there is no such column.
    public String name(List<String> cells) {
        return name < 0 ? "" : cells.get(name);
    }

    /// Empty when there is no such column.
    public String cell(List<String> cells, Role role) {
        var at = roles.get(role);
        return at == null ? "" : cells.get(at);
    }

    /// The text in a column without a name, if there is one.
    public Optional<String> stray(List<String> cells) {
        return unnamed.stream().map(cells::get).filter(cell -> !cell.isBlank()).findFirst();
    }
}
