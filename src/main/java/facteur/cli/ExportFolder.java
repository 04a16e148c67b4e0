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
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
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

    /// Of new files: they name people. A file that is there keeps its own, with owner and group.
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

    /// A relay that could read the folder can still read it, also when root exports: a new file gets the group of the folder.
    private void ownAs(Path beside, Path file) throws IOException {
        var view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        if (Files.exists(file)) {
            var before = Files.readAttributes(file, PosixFileAttributes.class);
            own(view, before.owner(), before.group());
            view.setPermissions(before.permissions());
        } else {
            own(view, view.getOwner(), Files.readAttributes(path, PosixFileAttributes.class).group());
            view.setPermissions(MODE.value()); // Whatever the umask.
        }
    }

    /// As far as the user may: to give a file to a group takes a member of it, to give it to another user takes root.
    private static void own(PosixFileAttributeView file, UserPrincipal owner, GroupPrincipal group) throws IOException {
        try {
            if (!file.readAttributes().group().equals(group)) {
                file.setGroup(group);
            }
        } catch (FileSystemException notAllowed) {
            // The group stays the user's.
        }
        try {
            if (!file.readAttributes().owner().equals(owner)) {
                file.setOwner(owner);
            }
        } catch (FileSystemException notAllowed) {
            // The file stays the user's.
        }
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
            ownAs(beside, file);
            return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
