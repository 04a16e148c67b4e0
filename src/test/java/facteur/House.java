package facteur;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The packages as `src/test/resources/house.txt` lists them. Immutable.
///
/// @param journey the rows from the entry point to the journal, top down; the siblings of each, without the leading `facteur.`
/// @param mail the wing of what any mail program would have, such as `mail.smtp`
/// @param platform the wing of what any daemon would have, such as `platform.tls`
public record House(List<List<String>> journey, List<String> mail, List<String> platform) {
    private static final Path LIST = Path.of("src/test/resources/house.txt");

    public static House read() {
        var journey = new ArrayList<List<String>>();
        var mail = new ArrayList<String>();
        var platform = new ArrayList<String>();
        for (var row : rows()) {
            if (row.startsWith("mail/")) {
                siblings(row.substring("mail/".length())).map("mail."::concat).forEach(mail::add);
            } else if (row.startsWith("platform/")) {
                siblings(row.substring("platform/".length())).map("platform."::concat).forEach(platform::add);
            } else {
                journey.add(siblings(row).toList());
            }
        }
        return new House(List.copyOf(journey), List.copyOf(mail), List.copyOf(platform));
    }

    /// All packages, with their full names.
    public Stream<String> packages() {
        return Stream.of(journey.stream().flatMap(List::stream), mail.stream(), platform.stream())
                .flatMap(names -> names)
                .map(House::fullName);
    }

    /// From 0, the top; -1 for a package of a wing.
    int row(String fullName) {
        for (var row = 0; row < journey.size(); row++) {
            if (journey.get(row).stream().map(House::fullName).anyMatch(fullName::equals)) {
                return row;
            }
        }
        return -1;
    }

    static String fullName(String name) {
        return name.equals("facteur") ? name : "facteur." + name;
    }

    private static Stream<String> siblings(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::strip);
    }

    private static List<String> rows() {
        try (var lines = Files.lines(LIST)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
