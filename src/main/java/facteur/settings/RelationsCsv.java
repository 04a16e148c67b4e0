package facteur.settings;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import facteur.config.Problems;
import facteur.message.Mailbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the relation cards of an office from a CSV file (RFC 4180, UTF-8): a line of names, `relation` and any of the
/// roles, then a line for each client. A cell holds a mailbox, or several with commas between.
///
/// For one file, on one thread.
final class RelationsCsv {
    private static final String RELATION = "relation";

    private final Path file;
    private final Problems problems;

    /// Most people stand on many cards: each text is read once.
    private final Map<String, List<Mailbox>> people = new HashMap<>();

    RelationsCsv(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Map<RelationId, RelationCard> read() {
        var cards = new HashMap<RelationId, RelationCard>();
        try (var records = CsvReader.builder().ofNamedCsvRecord(file)) {
            var isFirst = true;
            for (var record : records) {
                if (isFirst && !isHeaderKnown(record)) {
                    return Map.of();
                }
                isFirst = false;
                read(record, cards);
            }
        } catch (IOException | CsvParseException e) {
            problems.add(file, 0, "", "can't be read: " + e.getMessage());
        }
        return cards;
    }

    private boolean isHeaderKnown(NamedCsvRecord record) {
        var known = Set.of(RELATION, "collaborator", "substitute", "responsible", "partner");
        var unknown = record.getHeader().stream().filter(name -> !known.contains(name)).toList();
        unknown.forEach(name -> problems.add(file, 1, name, "unknown column; known are " + String.join(", ", known.stream().sorted().toList())));
        if (!record.getHeader().contains(RELATION)) {
            problems.add(file, 1, RELATION, "this column is missing");
            return false;
        }
        return unknown.isEmpty();
    }

    private void read(NamedCsvRecord record, Map<RelationId, RelationCard> cards) {
        var line = (int) record.getStartingLineNumber();
        // A comma without quotes around its cell would move people to other roles.
        if (record.getFieldCount() != record.getHeader().size()) {
            problems.add(file, line, "", "has " + record.getFieldCount() + " cells, not " + record.getHeader().size());
            return;
        }
        var id = RelationId.parse(record.getField(RELATION).strip());
        if (id.isEmpty()) {
            problems.add(file, line, RELATION, "not a relation id");
            return;
        }
        var roles = new EnumMap<Role, List<Mailbox>>(Role.class);
        for (var role : Role.values()) {
            var name = role.name().toLowerCase(Locale.ROOT);
            record.findField(name).filter(text -> !text.isBlank()).ifPresent(text -> {
                var mailboxes = people.computeIfAbsent(text, RelationsCsv::mailboxes);
                if (mailboxes.isEmpty()) {
                    problems.add(file, line, name, "not a mailbox: " + text);
                }
                roles.put(role, mailboxes);
            });
        }
        if (cards.put(id.get(), new RelationCard(roles)) != null) {
            problems.add(file, line, RELATION, "a second card for " + id.get());
        }
    }

    private static List<Mailbox> mailboxes(String text) {
        return Mailbox.parseList(text).orElse(List.of());
    }
}
