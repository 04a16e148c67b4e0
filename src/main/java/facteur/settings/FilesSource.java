package facteur.settings;

import facteur.config.ConfigFile;
import facteur.config.Problems;
import facteur.smtp.Address;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings in a folder of YAML files, one an office: `dupont.yaml` is the office `dupont`, and `dupont.relations.csv`
/// beside it may hold its clients' cards. A file is read again when it has changed. With a problem in it, what was read
/// before goes on and the problem is logged; an office that never had a good file is unavailable, and touches no other.
///
/// Thread-safe; blocks for the disk.
public final class FilesSource implements SettingsSource {
    private static final Logger LOG = LoggerFactory.getLogger(FilesSource.class);
    private static final String SETTINGS = ".yaml";
    private static final String RELATIONS = ".relations.csv";

    private static final Stamp NOTHING = new Stamp(FileTime.fromMillis(0), -1, FileTime.fromMillis(0), -1);

    /// What tells whether a file has changed: its time and size, both of nobody when there is none.
    private record Stamp(FileTime settingsAt, long settingsBytes, FileTime relationsAt, long relationsBytes) {}

    private record Content(OfficeSettings settings, Map<RelationId, RelationCard> relations, Instant loadedAt) {}

    /// The last look at an office's files.
    ///
    /// @param good what was read, now or before; no value when it never was
    private record Look(Stamp stamp, Lookup<Content> good) {}

    private final Path folder;
    private final OfficeReader reader;
    private final InstantSource time;
    private final Map<OfficeId, Look> looks = new ConcurrentHashMap<>();

    /// @param sharedAddress the relay's own: no office may claim its domain
    public FilesSource(Path folder, Address sharedAddress, InstantSource time) {
        this.folder = folder;
        this.reader = new OfficeReader(sharedAddress);
        this.time = time;
    }

    @Override
    public String name() {
        return "files " + folder;
    }

    /// Reads every office, and looks for what is allowed but probably a mistake.
    ///
    /// @param problems gets those of all files
    public void readAll(Problems problems) {
        var lint = new Lint(problems);
        for (var file : files(problems)) {
            var name = file.getFileName().toString();
            var id = OfficeId.parse(name.substring(0, name.length() - SETTINGS.length()));
            if (id.isEmpty()) {
                problems.add(file, 0, "", "the name of an office's file is its id, made of a-z 0-9 . _ -");
            } else {
                var look = looks.compute(id.get(), (office, before) -> look(office, before, problems));
                if (look.good() instanceof Lookup.Found<Content>(var content, _)) {
                    lint.look(file, content.settings(), content.relations().values());
                }
            }
        }
    }

    private List<Path> files(Problems problems) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SETTINGS)).sorted().toList();
        } catch (IOException e) {
            problems.add(folder, 0, "", "can't be read: " + e);
            return List.of();
        }
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        return switch (content(office)) {
            case Lookup.Found<Content>(var content, var loadedAt) -> new Lookup.Found<>(content.settings(), loadedAt);
            case Lookup.Missing<Content>() -> new Lookup.Missing<>();
            case Lookup.Unavailable<Content>(var why) -> new Lookup.Unavailable<>(why);
        };
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        return switch (content(office)) {
            case Lookup.Found<Content>(var content, var loadedAt) -> {
                var card = content.relations().get(relation);
                yield card == null ? new Lookup.Missing<>() : new Lookup.Found<>(card, loadedAt);
            }
            case Lookup.Missing<Content>() -> new Lookup.Missing<>();
            case Lookup.Unavailable<Content>(var why) -> new Lookup.Unavailable<>(why);
        };
    }

    @Override
    public void close() {}

    private Lookup<Content> content(OfficeId office) {
        var problems = new Problems();
        var look = looks.compute(office, (id, before) -> look(id, before, problems));
        problems.list().forEach(problem -> LOG.error("{}", problem));
        return look.good();
    }

    /// Looks again: the same when nothing has changed.
    private Look look(OfficeId office, @Nullable Look before, Problems problems) {
        var settings = folder.resolve(office + SETTINGS);
        var relations = folder.resolve(office + RELATIONS);
        Stamp stamp;
        try {
            stamp = new Stamp(modifiedAt(settings), size(settings), modifiedAt(relations), size(relations));
        } catch (IOException e) {
            problems.add(settings, 0, "", "can't be read: " + e);
            return before == null ? new Look(NOTHING, new Lookup.Unavailable<>(settings + " can't be read")) : before;
        }
        if (before != null && stamp.equals(before.stamp())) {
            return before;
        }
        if (stamp.settingsBytes() < 0) {
            return new Look(stamp, new Lookup.Missing<>());
        }
        var own = new Problems();
        var content = read(office, settings, stamp.relationsBytes() < 0 ? null : relations, own);
        own.warnings().forEach(problems::warn);
        own.list().forEach(problems::add);
        if (own.isEmpty()) {
            return new Look(stamp, new Lookup.Found<>(content, content.loadedAt()));
        }
        return before != null && before.good() instanceof Lookup.Found<Content>
                ? new Look(stamp, before.good())
                : new Look(stamp, new Lookup.Unavailable<>(own.list().getFirst().toString()));
    }

    private Content read(OfficeId office, Path settings, @Nullable Path relations, Problems problems) {
        var text = text(settings, problems);
        var section = ConfigFile.parse(text, settings, problems);
        var cards = new HashMap<RelationId, RelationCard>();
        section.entries("relations").forEach((key, card) -> {
            var id = RelationId.parse(key.strip());
            if (id.isEmpty()) {
                card.problem("", "not a relation id: empty, over 128 characters, or with control characters");
            }
            var people = CardReader.read(card);
            id.ifPresent(relation -> cards.put(relation, people));
        });
        var read = reader.read(section, office, OfficeReader.version(text));
        section.close();
        if (relations != null) {
            cards.putAll(new RelationsCsv(relations, problems).read());
        }
        return new Content(read, Map.copyOf(cards), time.instant());
    }

    private static String text(Path file, Problems problems) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            problems.add(file, 0, "", "is not UTF-8");
        } catch (IOException e) {
            problems.add(file, 0, "", "can't be read: " + e);
        }
        return "";
    }

    private static FileTime modifiedAt(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException none) {
            return FileTime.fromMillis(0);
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException none) {
            return -1;
        }
    }
}
