package facteur.console;

import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.settings.PeopleTexts;
import facteur.settings.SettingsCode;
import facteur.store.CsvCells;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says what is wrong with lines of a file in the language of who sent it. Messages of the store are English, so what stands in the line is
/// looked up, and said with the word that programs know the mistake by. Immutable.
///
/// @param cells of the lines that have problems
record ImportTexts(Texts texts, Roles roles, CsvCells cells) {
    private static final int LONGEST = 100;
    private static final String RELATION = "relation";
    private static final String NAME = "name";
    private static final String DELETE = "delete";

    ImportProblem of(Problem problem) {
        return switch (problem.code()) {
            case SettingsCode.ADDRESS_INVALID -> address(problem);
            case SettingsCode.RELATION_INVALID -> {
                var isMissing = cell(problem).isBlank();
                yield line(problem, texts.of(isMissing ? "clients.import.number.missing" : "clients.number.invalid"), "");
            }
            case SettingsCode.RELATION_TWICE ->
                line(problem, texts.of("clients.import.twice", cell(problem)), texts.of("clients.import.twice.right"));
            case ProblemCode.KEY_UNKNOWN -> line(
                    problem, texts.of("clients.import.column.unknown", shortened(problem.key())), problem.nearest().orElseGet(this::columns));
            case ProblemCode.KEY_TWICE -> line(problem, texts.of("clients.import.column.twice", shortened(problem.key())), "");
            case ProblemCode.VALUE_MISSING -> line(problem, texts.of("clients.import.column.missing", problem.key()), columns());
            case ProblemCode.TEXT_UNREADABLE -> unreadable(problem);
            default -> other(problem);
        };
    }

    private ImportProblem address(Problem problem) {
        var cell = cell(problem);
        return line(problem, texts.of("error.address.invalid", shortened(cell)), PeopleTexts.meant(cell).map(ImportTexts::shortened).orElse(""));
    }

    private ImportProblem unreadable(Problem problem) {
        if (problem.line() == 0) {
            return line(problem, texts.of("error.file.unreadable"), texts.of("clients.import.unreadable.right"));
        }
        return problem.line() == 1 && cells.names().stream().anyMatch(name -> name.startsWith("sep="))
                ? line(problem, texts.of("clients.import.sep"), texts.of("clients.import.sep.right"))
                : line(problem, texts.of("clients.import.quote"), texts.of("clients.import.quote.right"));
    }

    /// Values that aren't what they should be: how many cells there are, or what stands in `delete`.
    private ImportProblem other(Problem problem) {
        if (problem.key().equals(DELETE)) {
            return line(problem, texts.of("clients.import.delete", shortened(cell(problem))), "true, false");
        }
        var count = cells.count(problem.line());
        if (problem.key().isEmpty() && count != 0 && count != cells.names().size()) {
            var separator = cells.separator() == '\t' ? texts.of("clients.import.tab") : String.valueOf(cells.separator());
            return line(
                    problem,
                    texts.of("clients.import.cells", count, cells.names().size()),
                    count > cells.names().size() ? texts.of("clients.import.cells.right", separator) : "");
        }
        return line(problem, texts.of("clients.import.stray"), texts.of("clients.import.stray.right"));
    }

    private ImportProblem line(Problem problem, String what, String right) {
        return new ImportProblem(problem.line(), label(problem.key()), what, right);
    }

    private String cell(Problem problem) {
        return cells.cell(problem.line(), problem.key()).orElse("");
    }

    private String columns() {
        return String.join(", ", columns(roles));
    }

    /// What the first line of a file may name.
    static List<String> columns(Roles roles) {
        return Stream.concat(Stream.of(RELATION, NAME), roles.names().stream()).toList();
    }

    private String label(String key) {
        return switch (key) {
            case RELATION -> texts.of("clients.number");
            case NAME -> texts.of("clients.name");
            default -> roles.find(key).map(role -> roles.label(role, texts.language())).or(() -> Optional.of(shortened(key))).orElse("");
        };
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
