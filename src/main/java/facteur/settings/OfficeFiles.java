package facteur.settings;

import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.config.TextFile;
import facteur.platform.json.YamlJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The two files of one office: `dupont.yaml`, and `dupont.relations.csv` for its clients' cards, which may be missing. A
/// card in the second goes before one of the same client in the first.
///
/// Thread-safe; blocks for the disk.
final class OfficeFiles {
    static final String SETTINGS = ".yaml";
    static final String RELATIONS = ".relations.csv";
    private static final String CARDS = "relations";
    private static final int LARGEST_BYTES = 64 * 1024 * 1024;

    /// What the first file holds.
    private record Office(OfficeSettings settings, Cards cards) {}

    /// @param section all of it, closed
    /// @param isSound apart from single cards
    private record Parsed(Section section, Office office, boolean isSound) {}

    private final Path folder;
    private final OfficeId id;
    private final OfficeReader reader;
    private final CardReader cardReader;
    private final Roles roles;
    private final InstantSource time;
    private final WatchedFile<Office> settings;
    private final WatchedFile<Cards> relations;

    OfficeFiles(Path folder, OfficeId id, OfficeReader reader, Roles roles, InstantSource time) {
        this.folder = folder;
        this.id = id;
        this.reader = reader;
        this.cardReader = new CardReader(roles);
        this.roles = roles;
        this.time = time;
        this.settings = new WatchedFile<>(settings(folder, id), this::readOffice, time);
        this.relations = new WatchedFile<>(relations(folder, id), this::readCards, time);
    }

    static boolean isSettings(Path file) {
        return file.getFileName().toString().endsWith(SETTINGS);
    }

    static Path settings(Path folder, OfficeId office) {
        return folder.resolve(office + SETTINGS);
    }

    static Path relations(Path folder, OfficeId office) {
        return folder.resolve(office + RELATIONS);
    }

    /// Whose settings a file holds, by its name.
    static Optional<OfficeId> office(Path file) {
        return office(file, SETTINGS);
    }

    /// Whose cards a file holds, by its name.
    static Optional<OfficeId> officeOfCards(Path file) {
        return office(file, RELATIONS);
    }

    private static Optional<OfficeId> office(Path file, String end) {
        var name = file.getFileName().toString();
        return name.endsWith(end) ? OfficeId.parse(name.substring(0, name.length() - end.length())) : Optional.empty();
    }

    /// That a file of settings is called by no office's id.
    static void reportName(Path file, Problems problems) {
        problems.add(file, 0, "", "the name of an office's file is its id, made of a-z 0-9 . _ -");
    }

    /// An operator declares both finished.
    void finished() {
        settings.finished();
        relations.finished();
    }

    /// @param problems gets those of files that have changed. So do the others.
    Lookup<OfficeSettings> office(Problems problems) {
        return settings.look(problems).then(office -> new Lookup.Found<>(versioned(office.value().settings, problems), office.loadedAt()));
    }

    Lookup<RelationCard> relation(RelationId relation, Problems problems) {
        return settings.look(problems).then(office -> {
            var own = office.value().cards;
            var inCsv = relations.look(problems);
            return inCsv instanceof Lookup.Missing<Cards>
                    ? own.card(relation)
                    : inCsv.then(cards -> (cards.value().byId().containsKey(relation.composed()) ? cards.value() : own).card(relation));
        });
    }

    /// Where an address stands in a file as one that letters leave under; 0 when it isn't found.
    static int lineOf(Path file, Address address) {
        return switch (TextFile.read(file, LARGEST_BYTES)) {
            case TextFile.Content.Text(var text) -> {
                var office = ConfigFile.parseGenerated(text, file, new Problems());
                yield Stream.concat(
                        Stream.of(office.section("from")),
                        office.entries("contexts").values().stream().map(context -> context.section("from")))
                        .filter(from -> from.text("address").flatMap(Address::parse).filter(address::equals).isPresent())
                        .map(from -> from.line("address"))
                        .findFirst()
                        .orElse(0);
            }
            case TextFile.Content.Unreadable _ -> 0;
        };
    }

    /// Where a key stands in a file; 0 when it isn't found. Contexts are found by their names, case aside.
    ///
    /// @param path of keys, the outermost first
    static int lineOf(Path file, List<String> path) {
        return switch (TextFile.read(file, LARGEST_BYTES)) {
            case TextFile.Content.Text(var text) -> {
                var section = ConfigFile.parseGenerated(text, file, new Problems());
                for (var key : path.subList(0, path.size() - 1)) {
                    section = section.section(written(section, key));
                }
                yield section.has(path.getLast()) ? section.line(path.getLast()) : 0;
            }
            case TextFile.Content.Unreadable _ -> 0;
        };
    }

    /// As the file spells a key.
    private static String written(Section section, String key) {
        return section.keys().stream().filter(known -> ContextName.of(known.strip()).text().equals(key)).findFirst().orElse(key);
    }

    /// Whether a version of the file is in use for letters.
    boolean holds(Path file) {
        return isSettings(file) ? settings.holds() : relations.holds();
    }

    /// Reads the first file for its problems alone.
    Lookup<?> judgeOffice(Path file, Problems problems) {
        return readOffice(file, Optional.empty(), problems);
    }

    /// Reads the second file for its problems alone.
    Lookup<?> judgeCards(Path file, Problems problems) {
        return readCards(file, Optional.empty(), problems);
    }

    /// Looks for what is allowed and probably a mistake.
    void lint(Lint lint, Path file, Problems problems) {
        var look = settings.look(problems);
        // Even when the first file can't be used: all mistakes are told at once.
        var inCsv = relations.look(problems) instanceof Lookup.Found<Cards>(var cards, _) ? cards : new Cards("", Map.of());
        if (look instanceof Lookup.Found<Office>(var office, _)) {
            lint.look(file, office.settings, Stream.concat(office.cards.found(), inCsv.found()));
            lint.lookAtNames(file, Stream.of(office.cards, inCsv).flatMap(cards -> cards.byId().keySet().stream()).distinct());
        }
    }

    /// The version names both files: a letter's decision may come from either.
    private OfficeSettings versioned(OfficeSettings office, Problems problems) {
        return relations.look(problems) instanceof Lookup.Found<Cards>(var cards, _)
                ? office.withVersion(office.version() + "+" + cards.version())
                : office;
    }

    private Lookup<Office> readOffice(Path file, Optional<Office> before, Problems problems) {
        return text(file, problems).then(text -> {
            var parsed = parse(text.value(), file, before.map(Office::cards), problems);
            return parsed.isSound() ? new Lookup.Found<>(parsed.office(), text.loadedAt()) : unusable(problems);
        });
    }

    /// @param before cards that stay where the new one has a mistake
    private Parsed parse(String text, Path file, Optional<Cards> before, Problems problems) {
        var section = ConfigFile.parseGenerated(text, file, problems);
        var version = OfficeReader.version(text);
        var cards = new Cards.Builder(before, time.instant());
        var ofCards = readCards(section.section(CARDS), cards, problems);
        var office = reader.read(section, id, version);
        section.close();
        return new Parsed(section, new Office(office, cards.build(version)), problems.count() == ofCards);
    }

    /// Reads both files to be put elsewhere, where a mistake in one card is one in the office: there is no earlier card to go on with.
    ///
    /// @return empty with a problem
    Optional<WrittenOffice> written(Lint lint, Problems problems) {
        var file = settings(folder, id);
        var own = new Problems();
        var office = text(file, own) instanceof Lookup.Found<String>(var text, _)
                ? Optional.of(written(parse(text, file, Optional.empty(), own), file, lint, own))
                : Optional.<WrittenOffice>empty();
        own.list().forEach(problems::add);
        own.warnings().forEach(problems::warn);
        return office.filter(_ -> own.isEmpty());
    }

    private WrittenOffice written(Parsed parsed, Path file, Lint lint, Problems problems) {
        var inCsv = relations(folder, id);
        var cards = new TreeMap<RelationId, RelationCard>(Comparator.comparing(RelationId::text));
        cards.putAll(parsed.office().cards().foundById());
        var hasCsv = !Files.notExists(inCsv);
        if (hasCsv && readCards(inCsv, Optional.empty(), problems) instanceof Lookup.Found<Cards>(var found, _)) {
            cards.putAll(found.foundById());
        }
        if (problems.isEmpty()) {
            lint.look(file, parsed.office().settings(), cards.values().stream());
            lint.lookAtNames(file, cards.keySet().stream());
        }
        var settings = YamlJson.of(parsed.section()).without(CARDS);
        return new WrittenOffice(id, settings, hasCsv || parsed.section().has(CARDS) ? Optional.of(cards) : Optional.empty());
    }

    /// How many problems are of single cards: each spoils no more than its card.
    private long readCards(Section relations, Cards.Builder cards, Problems problems) {
        var ofCards = 0L;
        for (var key : relations.keys()) {
            var before = problems.count();
            var section = relations.section(key);
            var relation = RelationId.parse(key.strip());
            if (relation.isEmpty()) {
                section.problem("", SettingsCode.RELATION_INVALID, "not a relation id: empty, over 128 characters, or with control characters");
            }
            var card = cardReader.read(section);
            section.close();
            var own = problems.count() - before;
            ofCards += own;
            relation.ifPresent(known -> {
                if (own == 0) {
                    cards.put(known, card);
                } else {
                    cards.spoil(known, section.file() + ": the card of " + known + " has a mistake in it");
                }
            });
        }
        return ofCards;
    }

    private Lookup<Cards> readCards(Path file, Optional<Cards> before, Problems problems) {
        return text(file, problems).then(text -> {
            var cards = new Cards.Builder(before, time.instant());
            return new RelationsCsv(file, text.value(), roles, problems).readInto(cards)
                    ? new Lookup.Found<>(cards.build(OfficeReader.version(text.value())), text.loadedAt())
                    : unusable(problems);
        });
    }

    private static <T> Lookup<T> unusable(Problems problems) {
        return new Lookup.Unusable<>(problems.list().getFirst().toString());
    }

    private Lookup<String> text(Path file, Problems problems) {
        return switch (TextFile.read(file, LARGEST_BYTES)) {
            case TextFile.Content.Text(var text) -> new Lookup.Found<>(text, time.instant());
            case TextFile.Content.Unreadable(var line, var reason, var fault) -> {
                problems.add(file, line, "", reason);
                yield switch (fault) {
                    case CONTENT -> unusable(problems);
                    case ACCESS -> new Lookup.Unavailable<>(file + " can't be read");
                };
            }
        };
    }
}
