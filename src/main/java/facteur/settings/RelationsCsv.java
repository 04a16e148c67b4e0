package facteur.settings;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Problems;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the relation cards of an office from a CSV file (RFC 4180, UTF-8): a line of names, `relation` and any of the
/// roles and `name`, then a line for each client. A cell holds a mailbox, or several with commas between. A line with a mistake spoils
/// its own card; a first line with one spoils them all. So does a quote that is not closed on its line, since the lines
/// below would be swallowed by a cell, and their clients would have no cards: no cell holds a line end.
///
/// For one file, on one thread.
final class RelationsCsv {
    /// Put behind the text, so that a quote that is still open there holds a line end, too: to the library the end of the
    /// file closes it.
    private static final String LINE_END = "\n";

    /// In the words of the library's exceptions.
    private static final Pattern LINE = Pattern.compile("started in line (\\d+)");

    private final Path file;
    private final String text;
    private final Roles roles;
    private final Problems problems;

    /// Most people stand on many cards: each text is read once.
    private final Map<String, List<Mailbox>> people = new HashMap<>();

    /// @param file what messages call the text
    RelationsCsv(Path file, String text, Roles roles, Problems problems) {
        this.file = file;
        this.text = text;
        this.roles = roles;
        this.problems = problems;
    }

    /// @return false when nothing of the file can be used
    boolean readInto(Cards.Builder cards) {
        var separatorLine = CsvColumns.separatorLine(text);
        if (separatorLine.isPresent()) {
            problem(1, "", "'" + separatorLine.get() + "' is a line for Excel alone: delete it, so that the first line names the columns");
            return false;
        }
        try (var records = CsvReader.builder()
                .fieldSeparator(CsvColumns.separator(text))
                .trimWhitespacesAroundQuotes(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text + LINE_END)) {
            Optional<CsvColumns> columns = Optional.empty();
            for (var record : records) {
                if (record.getFields().stream().anyMatch(RelationsCsv::holdsLineEnd)) {
                    problem(line(record), "", "a quote is not closed on its line: nothing of the file counts, since it may swallow other cards");
                    return false;
                }
                if (columns.isPresent()) {
                    read(record, columns.get(), cards);
                } else if (!isBlank(record)) {
                    columns = CsvColumns.of(record.getFields(), roles, (name, code, message, nearest) -> problems.add(
                            new Problem(file.toString(), line(record), name, code, message, nearest)));
                    if (columns.isEmpty()) {
                        return false;
                    }
                }
            }
            if (columns.isEmpty()) {
                problem(0, "", "is empty: its first line must name the columns");
            }
            return columns.isPresent();
        } catch (CsvParseException e) {
            problem(line(e), "", "nothing of the file counts: " + cause(e) + "; quotes stand around a whole cell, and one inside is written twice");
            return false;
        } catch (IOException e) {
            problem(0, "", "can't be read: " + Reason.of(e));
            return false;
        }
    }

    private static boolean holdsLineEnd(String cell) {
        return cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
    }

    /// Spreadsheets write such lines below their last one.
    private static boolean isBlank(CsvRecord record) {
        return record.getFields().stream().allMatch(String::isBlank);
    }

    private void read(CsvRecord record, CsvColumns columns, Cards.Builder cards) {
        if (isBlank(record)) {
            return;
        }
        var line = line(record);
        var mistake = mistake(record, columns, line);
        if (mistake.isPresent()) {
            spoil(record, columns, mistake.get().toString(), cards);
            return;
        }
        var id = RelationId.parse(columns.relation(record.getFields()).strip()).orElseThrow();
        if (!cards.put(id, card(record, columns))) {
            cards.spoil(id, problem(line, CsvColumns.RELATION, SettingsCode.RELATION_TWICE, "a second card for " + id).toString());
        }
    }

    /// Where cells have moved, or stand between other separators than in the first line, the id may be any of them or a part
    /// of one: each is spoiled, so that no client loses its card unnoticed and its replies go elsewhere.
    private static void spoil(CsvRecord record, CsvColumns columns, String why, Cards.Builder cards) {
        var cells = record.getFields();
        var hasMoved = cells.size() != columns.count() || columns.relation() > 0;
        (hasMoved ? cells.stream().flatMap(CsvColumns::parts) : Stream.of(columns.relation(cells)))
                .flatMap(cell -> RelationId.parse(cell.strip()).stream())
                .distinct()
                .forEach(id -> cards.spoil(id, why));
    }

    private Optional<Problem> mistake(CsvRecord record, CsvColumns columns, int line) {
        // A separator without quotes around its cell would move people to other roles.
        if (record.getFieldCount() != columns.count()) {
            return Optional.of(problem(line, "", CsvColumns.miscount(record.getFields(), columns.count())));
        }
        if (RelationId.parse(columns.relation(record.getFields()).strip()).isEmpty()) {
            return Optional.of(problem(line, CsvColumns.RELATION, SettingsCode.RELATION_INVALID, "not a relation id"));
        }
        var stray = columns.stray(record.getFields());
        if (stray.isPresent()) {
            return Optional.of(problem(line, "", "a cell below no name of a column: " + stray.get()));
        }
        for (var role : roles.list()) {
            var cell = columns.cell(record.getFields(), role);
            if (!cell.isBlank() && mailboxes(cell).isEmpty()) {
                return Optional.of(problem(line, role.name(), SettingsCode.ADDRESS_INVALID, "not a mailbox: " + cell + MailboxHint.of(cell)));
            }
        }
        return Optional.empty();
    }

    private RelationCard card(CsvRecord record, CsvColumns columns) {
        var card = new HashMap<Role, List<Mailbox>>();
        for (var role : roles.list()) {
            var cell = columns.cell(record.getFields(), role);
            if (!cell.isBlank()) {
                var people = mailboxes(cell);
                PeopleWarnings.look(
                        people, (code, message) -> problems.warn(new Problem(file.toString(), line(record), role.name(), code, message)));
                card.put(role, people);
            }
        }
        return new RelationCard(card, columns.name(record.getFields()));
    }

    /// None when the text is no list of mailboxes.
    private List<Mailbox> mailboxes(String cell) {
        return people.computeIfAbsent(cell, unread -> Mailbox.parseAddresses(unread).orElse(List.of()));
    }

    private Problem problem(long line, String key, String message) {
        return problem(line, key, ProblemCode.VALUE_INVALID, message);
    }

    private Problem problem(long line, String key, String code, String message) {
        var problem = new Problem(file.toString(), (int) line, key, code, message);
        problems.add(problem);
        return problem;
    }

    private static int line(CsvRecord record) {
        return (int) record.getStartingLineNumber();
    }

    /// The library says where only in words.
    private static long line(CsvParseException failure) {
        var words = LINE.matcher(String.valueOf(failure.getMessage()));
        return words.find() ? Long.parseLong(words.group(1)) : 0;
    }

    /// And why only in the cause.
    private static String cause(CsvParseException failure) {
        return String.valueOf((failure.getCause() == null ? failure : failure.getCause()).getMessage());
    }
}
