package facteur.store;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import facteur.mail.message.DisplayName;
import facteur.office.RelationId;
import facteur.platform.config.ProblemCode;
import facteur.settings.CsvColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// CSV (RFC 4180, UTF-8) as `dupont.relations.csv` has it: a line of names, then a line per client. A column stands for a key: its empty cells
/// empty what it names. Besides, there may be a column `delete`. A quote that isn't closed on its line makes the body unreadable,
/// since it may swallow other clients.
final class CsvBody implements CardBody {
    static final String BYTE_ORDER_MARK = "\uFEFF";

    /// In the words of the library's exceptions.
    private static final Pattern LINE = Pattern.compile("started in line (\\d+)");

    private final String origin;
    private final CardInputReader reader;
    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> records;
    private final String start;
    private Optional<CsvColumns> columns = Optional.empty();

    /// Where the column `delete` stands, which [CsvColumns] doesn't know; -1 when nowhere.
    private int deleteAt = -1;
    private boolean isAtEnd;

    CsvBody(Path file, String origin, CardInputReader reader) throws IOException {
        this.origin = origin;
        this.reader = reader;
        this.start = start(file);
        this.csv = reader(file, start);
        this.records = csv.iterator();
    }

    /// @param start of the text
    static CsvReader<CsvRecord> reader(Path file, String start) throws IOException {
        // A line end behind the text: a quote that is still open there would end with it, and go unnoticed.
        var octets = new SequenceInputStream(Files.newInputStream(file), new ByteArrayInputStream(new byte[] {'\n'}));
        return CsvReader.builder()
                .fieldSeparator(CsvColumns.separator(start))
                .trimWhitespacesAroundQuotes(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(2 * LONGEST_LINE)
                .ofCsvRecord(new InputStreamReader(octets, StandardCharsets.UTF_8.newDecoder()));
    }

    /// Enough to see what stands between cells.
    static String start(Path file) throws IOException {
        try (var octets = Files.newInputStream(file)) {
            var text = new String(octets.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
    }

    @Override
    public Optional<CardLine> next() throws IOException {
        if (isAtEnd) {
            return Optional.empty();
        }
        try {
            var line = nextRecord();
            isAtEnd = line.isEmpty() || line.get() instanceof CardLine.Unreadable;
            return line;
        } catch (CsvParseException e) {
            isAtEnd = true;
            return unreadable(line(e), "nothing of it counts: " + cause(e) + "; quotes stand around a whole cell, and one inside is written twice");
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                isAtEnd = true;
                return unreadable(0, "the text is not UTF-8");
            }
            throw e.getCause();
        }
    }

    private Optional<CardLine> nextRecord() {
        var separatorLine = CsvColumns.separatorLine(start);
        if (columns.isEmpty() && separatorLine.isPresent()) {
            return unreadable(1, "'" + separatorLine.get() + "' is a line for Excel alone: delete it, so that the first line names the columns");
        }
        while (records.hasNext()) {
            var record = records.next();
            var cells = new ArrayList<>(record.getFields());
            var line = (int) record.getStartingLineNumber();
            if (cells.stream().anyMatch(cell -> cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0)) {
                return unreadable(line, "a quote is not closed on its line: nothing of it counts, since it may swallow other cards");
            }
            if (cells.stream().allMatch(String::isBlank)) {
                continue; // Spreadsheets write such lines below their last one.
            }
            if (columns.isPresent()) {
                return Optional.of(read(cells, columns.get(), new LineProblems(origin, line)));
            }
            var problems = new LineProblems(origin, line);
            if (!readColumns(cells, problems)) {
                return Optional.of(new CardLine.Unreadable(problems.list()));
            }
        }
        return columns.isPresent() ? Optional.empty() : unreadable(0, "is empty: its first line must name the columns");
    }

    private boolean readColumns(List<String> names, LineProblems problems) {
        if (names.getFirst().startsWith(BYTE_ORDER_MARK)) {
            names.set(0, names.getFirst().substring(1));
        }
        deleteAt = names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList().indexOf(CardInputReader.DELETE);
        if (deleteAt >= 0) {
            names.remove(deleteAt);
        }
        columns =
                CsvColumns.of(names, reader.roles(), (name, code, message, nearest) -> problems.add(problems.problem(name, code, message, nearest)));
        return columns.isPresent();
    }

    private CardLine read(List<String> cells, CsvColumns columns, LineProblems problems) {
        var count = columns.count() + (deleteAt >= 0 ? 1 : 0);
        if (cells.size() != count) {
            // A separator without quotes around its cell would move people to other roles.
            problems.add("", ProblemCode.VALUE_INVALID, CsvColumns.miscount(cells, count));
            return new CardLine.Bad(problems.list(), mentioned(cells.stream()));
        }
        var isDeletion = deleteAt >= 0 && isDeletion(cells.remove(deleteAt), problems);
        var relation = reader.relation(columns.relation(cells), problems);
        columns.stray(cells).ifPresent(cell -> problems.add("", ProblemCode.VALUE_INVALID, "a cell below no name of a column: " + cell));
        var people = new LinkedHashMap<String, List<String>>();
        columns.roles().keySet().forEach(role -> people.put(role.name(), reader.people(role.name(), columns.cell(cells, role), problems)));
        var name = columns.name() < 0 ? Optional.<String>empty() : Optional.of(DisplayName.visible(columns.name(cells)));
        if (!problems.isEmpty() || relation.isEmpty()) {
            var hasMoved = relation.isEmpty() || columns.relation() > 0;
            return new CardLine.Bad(problems.list(), mentioned(hasMoved ? cells.stream() : Stream.of(columns.relation(cells))));
        }
        return new CardLine.Card(problems.line(), new CardInput(relation.get(), isDeletion, name, people));
    }

    private static boolean isDeletion(String cell, LineProblems problems) {
        return switch (cell.strip().toLowerCase(Locale.ROOT)) {
            case "", "false", "0" -> false;
            case "true", "1" -> true;
            default -> {
                problems.add(CardInputReader.DELETE, ProblemCode.VALUE_INVALID, "'" + cell + "' is not one of true, false");
                yield false;
            }
        };
    }

    /// Where cells have moved, the client may be any of them, or a part of one.
    private static List<RelationId> mentioned(Stream<String> cells) {
        return cells.flatMap(CsvColumns::parts).flatMap(cell -> RelationId.parse(cell.strip()).stream()).distinct().toList();
    }

    private Optional<CardLine> unreadable(int line, String message) {
        var problems = new LineProblems(origin, line);
        problems.add("", ProblemCode.TEXT_UNREADABLE, message);
        return Optional.of(new CardLine.Unreadable(problems.list()));
    }

    /// The library says where only in words.
    private static int line(CsvParseException failure) {
        var words = LINE.matcher(String.valueOf(failure.getMessage()));
        return words.find() ? Integer.parseInt(words.group(1)) : 0;
    }

    /// And why only in the cause.
    private static String cause(CsvParseException failure) {
        return String.valueOf((failure.getCause() == null ? failure : failure.getCause()).getMessage());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
