package facteur.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The contents of a backup: its last entry, as text, one line per file. Immutable.
///
/// ```
/// facteur backup 1
/// 2026-11-24T20:00:00Z
/// <SHA-256> <octets> <name>
/// ```
///
/// @param madeAt when the database was copied: later changes are missing
record Manifest(Instant madeAt, List<Item> items) {
    static final String NAME = "manifest";

    private static final String TITLE = "facteur backup 1";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (\\S+)");

    /// @param sha256 in hex
    record Item(String sha256, long sizeBytes, String name) {}

    Manifest {
        items = List.copyOf(items);
    }

    boolean holds(String name) {
        return items.stream().anyMatch(item -> item.name().equals(name));
    }

    String text() {
        var text = new StringBuilder(TITLE).append('\n').append(madeAt).append('\n');
        items.forEach(item -> text.append(item.sha256()).append(' ').append(item.sizeBytes()).append(' ').append(item.name()).append('\n'));
        return text.toString();
    }

    /// Empty for any other text, and for one that names a file that must not be written into a state folder.
    static Optional<Manifest> parse(String text) {
        var lines = text.lines().toList();
        if (lines.size() < 2 || !lines.getFirst().equals(TITLE)) {
            return Optional.empty();
        }
        var items = new ArrayList<Item>();
        for (var line : lines.subList(2, lines.size())) {
            var matcher = LINE.matcher(line);
            if (!matcher.matches() || !EntryName.isAllowed(matcher.group(3))) {
                return Optional.empty();
            }
            items.add(new Item(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)));
        }
        try {
            return Optional.of(new Manifest(Instant.parse(lines.get(1)), items));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
