package facteur.store;

import de.siegmar.fastcsv.reader.CsvParseException;
import facteur.settings.CsvColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What stands in some lines of a CSV body, for a page that tells what is wrong with them. Immutable.
///
/// @param separator between cells
/// @param names of the columns, in lower case
/// @param lines cells by the number of their line
public record CsvCells(char separator, List<String> names, Map<Integer, List<String>> lines) {
    public CsvCells {
        names = List.copyOf(names);
        lines = Map.copyOf(lines);
    }

    /// Reads as far as the body can be read.
    ///
    /// @param wanted numbers of lines, counted from 1
    public static CsvCells read(Path file, Set<Integer> wanted) throws IOException {
        var start = CsvBody.start(file);
        var names = List.<String>of();
        var lines = new HashMap<Integer, List<String>>();
        try (var csv = CsvBody.reader(file, start)) {
            for (var record : csv) {
                var cells = record.getFields();
                if (names.isEmpty() && !cells.stream().allMatch(String::isBlank)) {
                    names = cells.stream().map(CsvCells::name).toList();
                }
                if (wanted.contains((int) record.getStartingLineNumber())) {
                    lines.put((int) record.getStartingLineNumber(), cells);
                }
                if (lines.size() == wanted.size() && !names.isEmpty()) {
                    break;
                }
            }
        } catch (CsvParseException unreadable) {
            // What came before is what there is to show.
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw e.getCause();
            }
        }
        return new CsvCells(CsvColumns.separator(start), names, lines);
    }

    private static String name(String cell) {
        return cell.replace(CsvBody.BYTE_ORDER_MARK, "").strip().toLowerCase(Locale.ROOT);
    }

    /// What stands there; empty when the line has no such cell, or isn't known.
    public Optional<String> cell(int line, String column) {
        var at = names.indexOf(column);
        var cells = lines.getOrDefault(line, List.of());
        return at >= 0 && at < cells.size() ? Optional.of(cells.get(at)) : Optional.empty();
    }

    /// How many cells the line has; 0 when it isn't known.
    public int count(int line) {
        return lines.getOrDefault(line, List.of()).size();
    }
}
