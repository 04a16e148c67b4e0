package facteur.platform.config;

import facteur.platform.config.References.Expansion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// A mapping of a [ConfigFile] or a [Document], read key by key. One thread.
///
/// A reader never throws for what the operator wrote: it records a [Problem] and returns the fallback, so that one pass
/// finds all mistakes. A key with an empty value (`key:` or `key: ~`) counts as not set. `${env:NAME}`,
/// `${file:PATH}` and `${credential:NAME}` are expanded in every value, and what they expand to is never part of a message.
///
/// The section remembers which keys it was asked for. After the last question [#close()] on the root reports all the
/// others, in every section handed out. A section whose value was no mapping, or whose text couldn't be parsed, is
/// empty and says nothing more: that problem is known.
///
/// It is longer than most classes because it is the whole vocabulary of the configuration; each reader is one line on
/// top of [#value(String, Function)] or [#values(String, Function)].
public final class Section {
    private enum Standing {
        SOUND,
        BROKEN
    }

    /// Which child: of a key itself (index -1), or of an item in its list.
    private record Place(String key, int index) {}

    private final Origin origin;
    private final String path;
    private final int line;
    private final SequencedMap<String, Entry> entries;
    private final Standing standing;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<Place, Section> children = new HashMap<>();

    private Section(
            Origin origin, String path, int line, SequencedMap<String, Entry> entries, Standing standing) {
        this.origin = origin;
        this.path = path;
        this.line = line;
        this.entries = entries;
        this.standing = standing;
    }

    static Section root(Origin origin, Node node) {
        return of(origin, Entry.of("", node));
    }

    static Section empty(Origin origin) {
        return new Section(origin, "", 1, new LinkedHashMap<>(), Standing.SOUND);
    }

    static Section broken(Origin origin) {
        return new Section(origin, "", 1, new LinkedHashMap<>(), Standing.BROKEN);
    }

    private static Section of(Origin origin, Entry entry) {
        if (!origin.isSet(entry)) {
            return new Section(origin, entry.path(), entry.line(), new LinkedHashMap<>(), Standing.SOUND);
        }
        if (entry.node() instanceof MappingNode mapping && !mapping.isRecursive()) {
            SequencedMap<String, Entry> entries = Entry.entries(mapping, entry.path(), origin);
            return new Section(origin, entry.path(), entry.line(), entries, Standing.SOUND);
        }
        String message = entry.node().isRecursive()
                ? "a value must not contain itself"
                : "must be a mapping (lines of 'key: value'), not " + entry.kind();
        origin.problem(entry.line(), entry.path(), ProblemCode.VALUE_TYPE, message);
        return new Section(origin, entry.path(), entry.line(), new LinkedHashMap<>(), Standing.BROKEN);
    }

    /// The file as it was named to [ConfigFile].
    ///
    /// @throws IllegalStateException when the section is of a [Document]
    public Path file() {
        return origin.file().orElseThrow(() -> new IllegalStateException(origin.name() + " is no file"));
    }

    /// Where the key stands; where the section begins, when it has no such key.
    public int line(String key) {
        Entry entry = entries.get(key);
        return entry == null ? line : entry.line();
    }

    /// All keys that are written, also those with an empty value, in their order. Doesn't count as asking for them.
    public SequencedSet<String> keys() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(entries.sequencedKeySet()));
    }

    /// All that is written here. Doesn't count as asking for it.
    public ConfigSnapshot written() {
        return ConfigSnapshot.of(entries.values(), origin.references());
    }

    /// All that is written here, made into something else. References stay as they are written. Doesn't count as asking for it.
    public <T> T build(TreeBuilder<T> builder) {
        return new TreeWalk<>(builder).mapping(entries);
    }

    /// Whether the key is set.
    public boolean has(String key) {
        return entry(key).isPresent();
    }

    /// Records a problem at this key, which needn't be set; an empty key means the section itself.
    public void problem(String key, String message) {
        problem(key, ProblemCode.VALUE_INVALID, message);
    }

    /// As [#problem(String, String)].
    ///
    /// @param code what programs know the mistake by
    public void problem(String key, String code, String message) {
        if (standing == Standing.SOUND) {
            origin.problem(line(key), fullKey(key), code, message);
        }
    }

    /// Records a warning at this key, which needn't be set; an empty key means the section itself.
    public void warning(String key, String message) {
        warning(key, ProblemCode.VALUE_INVALID, message);
    }

    /// As [#warning(String, String)].
    ///
    /// @param code what programs know it by
    public void warning(String key, String code, String message) {
        if (standing == Standing.SOUND) {
            origin.warning(line(key), fullKey(key), code, message);
        }
    }

    public Optional<String> text(String key) {
        return value(key, text -> text);
    }

    public String text(String key, String fallback) {
        return text(key).orElse(fallback);
    }

    /// The text; when it is missing or blank a problem, and `""`.
    public String requiredText(String key) {
        return requiredValue(key, Section::notBlank, "");
    }

    public int integer(String key, int fallback, int min, int max) {
        return value(key, new Range(min, max)::parse).orElse(fallback);
    }

    /// Such as `250ms`, `60s`, `5m`, `24h`, `5d`.
    public Duration duration(String key, Duration fallback) {
        return value(key, Durations::parse).orElse(fallback);
    }

    /// A duration within bounds, both included.
    public Duration duration(String key, Duration fallback, Duration min, Duration max) {
        return value(key, text -> within(Durations.parse(text), min, max)).orElse(fallback);
    }

    /// @return the same
    /// @throws IllegalArgumentException when it is outside the bounds
    public static Duration within(Duration duration, Duration min, Duration max) {
        if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException("must be from " + Durations.print(min) + " to " + Durations.print(max)
                    + ", not " + Durations.print(duration));
        }
        return duration;
    }

    /// A list of durations, or one alone.
    public List<Duration> durations(String key, List<Duration> fallback) {
        return has(key) ? values(key, Durations::parse) : fallback;
    }

    /// Such as `512B`, `256KB`, `35MB`, `1GB`.
    public DataSize size(String key, DataSize fallback) {
        return value(key, DataSize::parse).orElse(fallback);
    }

    /// A list of texts, or one alone.
    public List<String> texts(String key, List<String> fallback) {
        return has(key) ? values(key, text -> text) : fallback;
    }

    /// A constant by its name in lower case, with `-` for `_`.
    public <E extends Enum<E>> E choice(String key, E fallback) {
        return choice(key, fallback.getDeclaringClass()).orElse(fallback);
    }

    /// A constant by its name in lower case, with `-` for `_`.
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> constants) {
        return value(key, Choice.of(constants)::parse);
    }

    /// `true` or `false`.
    public boolean flag(String key, boolean fallback) {
        return value(key, Section::parseFlag).orElse(fallback);
    }

    /// A path; when it is relative it starts from the folder of the file, and so does the fallback.
    public Path path(String key, Path fallback) {
        return path(key).orElseGet(() -> origin.folder().resolve(fallback).normalize());
    }

    /// A path; when it is relative it starts from the folder of the file.
    public Optional<Path> path(String key) {
        Optional<Path> path = value(key, text -> origin.folder().resolve(notBlank(text)).normalize());
        path.ifPresent(named -> entry(key).ifPresent(entry -> origin.names(named, entry)));
        return path;
    }

    /// The files and folders that the values read so far name, in the whole text.
    public List<NamedFile> named() {
        return List.copyOf(origin.named());
    }

    /// A text that prints as `***`. An empty one is a problem.
    public Optional<Secret> secret(String key) {
        return value(key, text -> Secret.of(notBlank(text)));
    }

    /// A single value, parsed.
    ///
    /// @param parser throws [IllegalArgumentException] whose message becomes the problem
    public <T> Optional<T> value(String key, Function<? super String, ? extends T> parser) {
        return entry(key).flatMap(entry -> parse(entry, parser));
    }

    /// A single value, parsed; when it is missing a problem, and the stand-in.
    ///
    /// @param parser throws [IllegalArgumentException] whose message becomes the problem
    public <T> T requiredValue(String key, Function<? super String, ? extends T> parser, T standIn) {
        return requiredValue(key, ProblemCode.VALUE_MISSING, parser, standIn);
    }

    /// As [#requiredValue(String, Function, Object)].
    ///
    /// @param code of the problem when the value is missing
    public <T> T requiredValue(String key, String code, Function<? super String, ? extends T> parser, T standIn) {
        if (!has(key)) {
            problem(key, code, "is missing");
            return standIn;
        }
        return this.<T>value(key, parser).orElse(standIn);
    }

    /// The values of a list, or one alone, parsed; those with a problem are left out. Empty when not set.
    ///
    /// @param parser throws [IllegalArgumentException] whose message becomes the problem
    public <T> List<T> values(String key, Function<? super String, ? extends T> parser) {
        List<T> values = new ArrayList<>();
        entry(key).ifPresent(entry -> {
            List<Entry> items = entry.isList() ? entry.items() : List.of(entry);
            for (Entry item : items) {
                if (!origin.isPassedOver(item)) {
                    this.<T>parse(item, parser).ifPresent(values::add);
                }
            }
        });
        return List.copyOf(values);
    }

    /// The mapping under this key; an empty one when it is not set.
    public Section section(String key) {
        Entry entry = entry(key).orElse(null);
        return children.computeIfAbsent(new Place(key, -1), _ -> entry == null
                ? new Section(origin, fullKey(key), line(key), new LinkedHashMap<>(), standing)
                : of(origin, entry));
    }

    /// The list of mappings under this key; empty when it is not set.
    public List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        entry(key).ifPresent(entry -> {
            if (!entry.isList()) {
                origin.problem(entry.line(), entry.path(), ProblemCode.VALUE_TYPE, "must be a list of mappings, not " + entry.kind());
                return;
            }
            for (Entry item : entry.items()) {
                if (item.isSet()) {
                    Place place = new Place(key, sections.size());
                    sections.add(children.computeIfAbsent(place, _ -> of(origin, item)));
                } else {
                    origin.problem(item.line(), item.path(), ProblemCode.VALUE_MISSING, "must not be empty");
                }
            }
        });
        return List.copyOf(sections);
    }

    /// The list of mappings under this key, or one alone, where a single value stands for a mapping of nothing but
    /// the given name to it; empty when it is not set.
    public List<Section> sections(String key, String name) {
        List<Section> sections = new ArrayList<>();
        entry(key).ifPresent(entry -> {
            for (Entry item : entry.isList() ? entry.items() : List.of(entry)) {
                if (item.isSet()) {
                    Place place = new Place(key, sections.size());
                    sections.add(children.computeIfAbsent(place, _ -> item.scalar().isEmpty() ? of(origin, item) : named(name, item)));
                } else {
                    origin.problem(item.line(), item.path(), ProblemCode.VALUE_MISSING, "must not be empty");
                }
            }
        });
        return List.copyOf(sections);
    }

    private Section named(String name, Entry value) {
        SequencedMap<String, Entry> only = new LinkedHashMap<>();
        only.put(name, value);
        return new Section(origin, value.path(), value.line(), only, Standing.SOUND);
    }

    /// The mapping of free names to mappings under this key, in order; empty when it is not set. A name with an empty
    /// value has an empty mapping.
    public SequencedMap<String, Section> entries(String key) {
        Section names = section(key);
        SequencedMap<String, Section> named = new LinkedHashMap<>();
        names.keys().forEach(name -> named.put(name, names.section(name)));
        return Collections.unmodifiableSequencedMap(named);
    }

    /// The full keys that were asked for, here and in all sections handed out, written or not: what can be configured.
    /// Indices are left out: `apps.name`.
    public SequencedSet<String> asked() {
        SequencedSet<String> keys = new LinkedHashSet<>();
        asked.forEach(key -> keys.add(fullKey(key).replaceAll("\\[\\d+]", "")));
        children.values().forEach(child -> keys.addAll(child.asked()));
        return keys;
    }

    /// Reports every key that was never asked for, here and in all sections handed out.
    public void close() {
        List<String> known = List.copyOf(asked);
        for (Map.Entry<String, Entry> written : entries.entrySet()) {
            if (!asked.add(written.getKey())) {
                continue;
            }
            if (origin.problems().isFull()) {
                origin.problems().countOne();
            } else {
                unknown(written.getKey(), known);
            }
        }
        children.values().forEach(Section::close);
    }

    private void unknown(String key, List<String> known) {
        if (standing == Standing.SOUND) {
            Optional<String> nearest = Nearest.of(key, known);
            String message = "unknown key" + Nearest.hint(nearest);
            origin.problem(line(key), fullKey(key), ProblemCode.KEY_UNKNOWN, message, nearest);
        }
    }

    /// The full key of the section, such as `settings.files`; empty for the root.
    @Override
    public String toString() {
        return path;
    }

    private Optional<Entry> entry(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).filter(origin::isSet);
    }

    private String fullKey(String key) {
        return key.isEmpty() || path.isEmpty() ? path + key : path + "." + key;
    }

    private <T> Optional<T> parse(Entry entry, Function<? super String, ? extends T> parser) {
        Optional<String> raw = entry.scalar();
        if (raw.isEmpty()) {
            origin.problem(entry.line(), entry.path(), ProblemCode.VALUE_TYPE, "must be a single value, not " + entry.kind());
            return Optional.empty();
        }
        if (!entry.isSet()) {
            origin.problem(entry.line(), entry.path(), ProblemCode.VALUE_MISSING, "must not be empty");
            return Optional.empty();
        }
        origin.references().files(raw.get()).forEach(file -> origin.names(file, entry));
        return switch (origin.references().expand(raw.get())) {
            case Expansion.Failed(String reason) -> {
                origin.problem(entry.line(), entry.path(), ProblemCode.VALUE_INVALID, reason);
                yield Optional.empty();
            }
            case Expansion.Text(String text) -> {
                try {
                    yield Optional.of(parser.apply(text));
                } catch (IllegalArgumentException failure) {
                    invalid(entry, raw.get(), text, failure);
                    yield Optional.empty();
                }
            }
        };
    }

    private void invalid(Entry entry, String raw, String text, IllegalArgumentException failure) {
        String code = failure instanceof InvalidValueException known ? known.code() : ProblemCode.VALUE_INVALID;
        if (!text.equals(raw)) {
            // The parser's words may quote the value, and what a reference stands for must not be seen.
            origin.problem(entry.line(), entry.path(), code, "the value of '" + raw + "' is not valid here");
            return;
        }
        Optional<String> nearest =
                failure instanceof InvalidValueException known ? known.nearest() : Optional.empty();
        origin.problem(entry.line(), entry.path(), code, String.valueOf(failure.getMessage()), nearest);
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new InvalidValueException(ProblemCode.VALUE_MISSING, "must not be empty");
        }
        return text;
    }

    private static boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not one of true, false");
        };
    }
}
