package facteur.settings;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import facteur.config.Problem;
import facteur.config.Problems;
import facteur.config.Word;
import facteur.message.Mailbox;
import facteur.smtp.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the relation cards of an office from a CSV file (RFC 4180, UTF-8): a line of names, `relation` and any of the
/// roles, then a line for each client. A cell holds a mailbox, or several with commas between. A line with a mistake spoils
/// its own card; a first line with one spoils them all.
///
/// For one file, on one thread.
final class RelationsCsv {
    private static final String RELATION = "relation";

    private final Path file;
    private final String text;
    private final Problems problems;

    /// Most people stand on many cards: each text is read once.
    private final Map<String, List<Mailbox>> people = new HashMap<>();

    /// @param file what messages call the text
    RelationsCsv(Path file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    /// @return false when nothing of the file can be used
    boolean readInto(Cards.Builder cards) {
        try (var records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(text)) {
            var isFirst = true;
            for (var record : records) {
                if (isFirst && !isHeaderKnown(record)) {
                    return false;
                }
                isFirst = false;
                read(record, cards);
            }
            return true;
        } catch (IOException | CsvParseException e) {
            problems.add(file, 0, "", "can't be read: " + e.getMessage());
            return false;
        }
    }

    private boolean isHeaderKnown(NamedCsvRecord record) {
        var known = Stream.concat(Stream.of(RELATION), Stream.of(Role.values()).map(Word::of)).collect(Collectors.toSet());
        var unknown = record.getHeader().stream().filter(name -> !known.contains(name)).toList();
        unknown.forEach(name -> problems.add(file, 1, name, "unknown column; known are " + String.join(", ", known.stream().sorted().toList())));
        if (!record.getHeader().contains(RELATION)) {
            problems.add(file, 1, RELATION, "this column is missing");
            return false;
        }
        return unknown.isEmpty();
    }

    private void read(NamedCsvRecord record, Cards.Builder cards) {
        var line = (int) record.getStartingLineNumber();
        var id = record.findField(RELATION).flatMap(text -> RelationId.parse(text.strip()));
        if (id.isEmpty()) {
            problems.add(file, line, RELATION, "not a relation id");
            return;
        }
        var mistake = mistake(record, line);
        if (mistake.isEmpty() && !cards.put(id.get(), card(record))) {
            mistake = problem(line, RELATION, "a second card for " + id.get());
        }
        mistake.ifPresent(why -> cards.spoil(id.get(), why));
    }

    private Optional<String> mistake(NamedCsvRecord record, int line) {
        // A comma without quotes around its cell would move people to other roles.
        if (record.getFieldCount() != record.getHeader().size()) {
            return problem(line, "", "has " + record.getFieldCount() + " cells, not " + record.getHeader().size());
        }
        for (var role : Role.values()) {
            var text = cell(record, role);
            if (!text.isBlank() && mailboxes(text).isEmpty()) {
                return problem(line, name(role), "not a mailbox: " + text + Address.remark(text));
            }
        }
        return Optional.empty();
    }

    private RelationCard card(NamedCsvRecord record) {
        var roles = new EnumMap<Role, List<Mailbox>>(Role.class);
        for (var role : Role.values()) {
            var text = cell(record, role);
            if (!text.isBlank()) {
                roles.put(role, mailboxes(text));
            }
        }
        return new RelationCard(roles);
    }

    private static String cell(NamedCsvRecord record, Role role) {
        return record.findField(name(role)).orElse("");
    }

    private static String name(Role role) {
        return Word.of(role);
    }

    /// None when the text is no list of mailboxes.
    private List<Mailbox> mailboxes(String text) {
        return people.computeIfAbsent(text, unread -> Mailbox.parseAddresses(unread).orElse(List.of()));
    }

    private Optional<String> problem(int line, String key, String message) {
        var problem = new Problem(file, line, key, message);
        problems.add(problem);
        return Optional.of(problem.toString());
    }
}
