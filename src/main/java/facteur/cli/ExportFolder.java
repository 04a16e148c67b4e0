package facteur.cli;

import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import facteur.settings.RelationsCsvWriter;
import facteur.settings.RelationsCsvWriter.NameColumn;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// A folder that offices are exported to, as `settings.source: files` reads them. Each file takes its place in one step, by a
/// rename, so that a relay that reads the folder never finds half of one.
record ExportFolder(Path path) {
    private static final String YAML = ".yaml";
    private static final String CSV = ".relations.csv";
    private static final String SPREADSHEET = ".spreadsheet.csv";

    /// Of new files: they name people. A file that is there keeps its own.
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    void make() throws IOException {
        Files.createDirectories(path);
    }

    /// Writes both files of an office; without cards there is no second one, and none stays from before.
    ///
    /// @return the files
    List<Path> write(OfficeId office, JsonValue settings, SequencedMap<RelationId, RelationCard> cards, Roles roles) throws IOException {
        var files = new ArrayList<Path>();
        files.add(write(office + YAML, SettingsYaml.of(settings)));
        if (cards.isEmpty()) {
            Files.deleteIfExists(path.resolve(office + CSV));
        } else {
            files.add(write(office + CSV, cards, roles, RelationsCsvWriter.Reader.PROGRAM));
        }
        return files;
    }

    /// Writes the cards of an office to be looked at in a spreadsheet.
    Path writeForSpreadsheet(OfficeId office, SequencedMap<RelationId, RelationCard> cards, Roles roles) throws IOException {
        return write(office + SPREADSHEET, cards, roles, RelationsCsvWriter.Reader.SPREADSHEET);
    }

    /// Files of offices that are not among these.
    List<Path> others(List<OfficeId> offices) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> {
                var name = String.valueOf(file.getFileName());
                var end = name.endsWith(YAML) ? YAML : CSV;
                return name.endsWith(end) && offices.stream().noneMatch(office -> name.equals(office + end));
            }).sorted().toList();
        }
    }

    private Path write(String name, SequencedMap<RelationId, RelationCard> cards, Roles roles, RelationsCsvWriter.Reader reader) throws IOException {
        var text = new StringWriter();
        try (var csv = new RelationsCsvWriter(text, roles, NameColumn.of(cards.values().stream()), reader)) {
            cards.forEach(csv::write);
        }
        return write(name, text.toString());
    }

    private Path write(String name, String text) throws IOException {
        var file = path.resolve(name);
        var beside = path.resolve("." + name + ".new");
        Files.deleteIfExists(beside);
        try (var channel = FileChannel.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), MODE)) {
            var octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
            }
            return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
