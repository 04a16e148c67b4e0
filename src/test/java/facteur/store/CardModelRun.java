package facteur.store;

import static facteur.store.CardRig.DUPONT;
import static facteur.store.CardRig.JAN;
import static facteur.store.CardRig.counts;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.RelationId;
import facteur.store.CardImport.Format;
import facteur.store.CardImport.Mode;
import facteur.store.CardImport.OnError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Any sequence of changes, made to the store and to a plain map: after each both say the same, the counts are those of the map,
/// and all versions replayed from the first make what is there.
final class CardModelRun {
    private static final List<String> ROLES = List.of("collaborator", "partner", "senior");
    private static final List<String> PEOPLE = List.of("a@d.example", "b@d.example", "Jan <c@d.example>");
    private static final int CLIENTS = 8;
    private static final int STEPS = 12;

    /// What a card says; roles that name nobody are left out.
    private record Card(String name, TreeMap<String, List<String>> people) {
        String text() {
            var members = new ArrayList<String>();
            if (!name.isEmpty()) {
                members.add("'name':'" + name + "'");
            }
            people.forEach((role, mailboxes) -> members.add("'" + role + "':['" + String.join("','", mailboxes) + "']"));
            return members.stream().collect(Collectors.joining(",", "{", "}"));
        }
    }

    /// A line of a body: what it names, or nothing that can be read.
    private record Said(String relation, boolean isDeletion, boolean isBad, Optional<String> name, TreeMap<String, List<String>> people) {}

    private record Change(Optional<Card> before, Optional<Card> after) {}

    private final CardRig rig;
    private final Random random;
    private final Map<Long, Map<String, Change>> versions = new HashMap<>();
    private TreeMap<String, Card> model = new TreeMap<>();

    CardModelRun(CardRig rig, long seed) {
        this.rig = rig;
        this.random = new Random(seed);
    }

    void run() throws SQLException, IOException {
        for (var step = 0; step < STEPS; step++) {
            var before = new TreeMap<>(model);
            var version = rig.version();
            switch (random.nextInt(8)) {
                case 0 -> single();
                case 1 -> undo();
                case 2 -> replace();
                case 3 -> push();
                default -> body();
            }
            assertThat(rig.all()).isEqualTo(texts());
            assertThat(rig.replayed()).isEqualTo(rig.all());
            var changes = changes(before);
            // Of a push, one body may have taken back what another did.
            assertThat(rig.version()).isBetween(changes.isEmpty() ? version : version + 1, version + 1);
            if (rig.version() > version) {
                versions.put(version + 1, changes);
                assertThat(rig.version(version + 1).cards()).isEqualTo(changes.size());
            }
        }
    }

    private void body() throws SQLException, IOException {
        var said = lines();
        var format = random.nextBoolean() ? Format.NDJSON : Format.CSV;
        var mode = random.nextBoolean() ? Mode.MERGE : Mode.REPLACE;
        var onError = random.nextInt(3) == 0 ? OnError.REFUSE : OnError.SKIP;
        var before = new TreeMap<>(model);
        var result = rig.imports.run(DUPONT, written(said, format), new CardImport.Options(format, mode, onError), JAN);
        var isGood = said.stream().noneMatch(Said::isBad) && relations(said).size() == said.size();
        if (onError == OnError.REFUSE && !isGood) {
            assertThat(result).isInstanceOf(CardsResult.Refused.class);
            return;
        }
        var good = good(said);
        good.forEach(line -> apply(asRead(line, format), mode));
        var counts = counts(result);
        var changes = changes(before);
        assertThat(counts.created()).isEqualTo(changes.values().stream().filter(change -> change.before().isEmpty()).count());
        assertThat(counts.deleted()).isEqualTo(changes.values().stream().filter(change -> change.after().isEmpty()).count());
        assertThat(counts.created() + counts.changed() + counts.deleted()).isEqualTo(changes.size());
        assertThat(counts.unchanged()).isEqualTo(good.size() - changes.size());
        assertThat(counts.refusals()).isEqualTo(said.size() - good.size());
    }

    private void push() throws SQLException, IOException {
        var push = rig.begin(JAN);
        var named = new TreeSet<String>();
        for (var body = random.nextInt(3); body >= 0; body--) {
            var said = good(lines());
            said.forEach(line -> apply(line, Mode.MERGE));
            said.forEach(line -> named.add(line.relation()));
            var result = rig.pushes.add(DUPONT, push, written(said, Format.NDJSON), CardRig.options(Mode.MERGE, OnError.REFUSE), JAN);
            assertThat(result).isInstanceOf(CardsResult.Written.class);
        }
        if (random.nextBoolean()) {
            assertThat(rig.pushes.finish(DUPONT, push, CardPushes.Rest.KEEP, OptionalLong.empty(), JAN)).isInstanceOf(CardsResult.Written.class);
            return;
        }
        var going = model.keySet().stream().filter(relation -> !named.contains(relation)).count();
        assertThat(rig.pushes.finish(DUPONT, push, CardPushes.Rest.DELETE, OptionalLong.of(going), JAN)).isInstanceOf(CardsResult.Written.class);
        model.keySet().removeIf(relation -> !named.contains(relation));
    }

    private void single() throws SQLException {
        var line = line(false);
        var id = new RelationId(line.relation());
        var isThere = model.containsKey(line.relation());
        if (line.isDeletion()) {
            rig.cards.delete(DUPONT, id, new Precondition.None(), JAN);
        } else if (isThere && random.nextBoolean()) {
            rig.cards.patch(DUPONT, id, CardRig.json(json(line)), new Precondition.None(), JAN);
            apply(line, Mode.MERGE);
            return;
        } else {
            rig.cards.put(DUPONT, id, CardRig.json(json(line)), new Precondition.None(), JAN);
        }
        apply(line, Mode.REPLACE);
    }

    private void undo() throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        var number = List.copyOf(versions.keySet()).get(random.nextInt(versions.size()));
        var left = new TreeSet<String>();
        requireNonNull(versions.get(number)).forEach((relation, change) -> {
            var present = Optional.ofNullable(model.get(relation));
            if (present.equals(change.after())) {
                put(relation, change.before());
            } else if (!present.equals(change.before())) {
                left.add(relation);
            }
        });
        var undone = rig.history.undo(DUPONT, number, JAN);
        assertThat(undone).isInstanceOf(UndoResult.Undone.class);
        assertThat(((UndoResult.Undone) undone).left()).extracting(RelationId::text).containsExactlyInAnyOrderElementsOf(left);
    }

    private void replace() throws SQLException {
        var from = Mailbox.parse(PEOPLE.get(random.nextInt(PEOPLE.size()))).orElseThrow();
        var to = Optional.of(PEOPLE.get(random.nextInt(PEOPLE.size()))).filter(_ -> random.nextBoolean());
        model.replaceAll((_, card) -> {
            var people = new TreeMap<>(card.people());
            people.replaceAll((_, mailboxes) -> mailboxes.stream()
                    .flatMap(mailbox -> mailbox.equals(from.written()) ? to.stream() : Optional.of(mailbox).stream())
                    .collect(Collectors.collectingAndThen(Collectors.toList(), list -> once(list, to))));
            // A list that did not name the person stays as it is.
            card.people().forEach((role, mailboxes) -> {
                if (!mailboxes.contains(from.written())) {
                    people.put(role, mailboxes);
                }
            });
            people.values().removeIf(List::isEmpty);
            return new Card(card.name(), people);
        });
        rig.cards.replacePerson(DUPONT, Address.of(from.address().toString()), to.flatMap(Mailbox::parse), Set.of(), JAN);
    }

    private static List<String> once(List<String> mailboxes, Optional<String> person) {
        var once = new ArrayList<String>();
        mailboxes.forEach(mailbox -> {
            if (person.isEmpty() || !mailbox.equals(person.get()) || !once.contains(mailbox)) {
                once.add(mailbox);
            }
        });
        return once;
    }

    private void apply(Said line, Mode mode) {
        if (line.isDeletion()) {
            put(line.relation(), Optional.empty());
            return;
        }
        var before = mode == Mode.REPLACE ? new Card("", new TreeMap<>()) : model.getOrDefault(line.relation(), new Card("", new TreeMap<>()));
        var people = new TreeMap<>(before.people());
        people.putAll(line.people());
        people.values().removeIf(List::isEmpty);
        put(line.relation(), Optional.of(new Card(line.name().orElse(before.name()), people)));
    }

    private void put(String relation, Optional<Card> card) {
        card.ifPresentOrElse(value -> model.put(relation, value), () -> model.remove(relation));
    }

    private Map<String, Change> changes(Map<String, Card> before) {
        var all = new TreeSet<>(before.keySet());
        all.addAll(model.keySet());
        var changes = new HashMap<String, Change>();
        for (var relation : all) {
            var change = new Change(Optional.ofNullable(before.get(relation)), Optional.ofNullable(model.get(relation)));
            if (!change.before().equals(change.after())) {
                changes.put(relation, change);
            }
        }
        return changes;
    }

    private SortedMap<String, String> texts() {
        var texts = new TreeMap<String, String>();
        model.forEach((relation, card) -> texts.put(relation, card.text()));
        return texts;
    }

    private List<Said> lines() {
        var lines = new ArrayList<Said>();
        for (var count = random.nextInt(6); count >= 0; count--) {
            lines.add(line(random.nextInt(6) == 0));
        }
        return lines;
    }

    private Said line(boolean isBad) {
        var people = new TreeMap<String, List<String>>();
        for (var role : ROLES) {
            if (random.nextBoolean()) {
                people.put(role, PEOPLE.stream().filter(_ -> random.nextInt(3) == 0).toList());
            }
        }
        var name = random.nextBoolean() ? Optional.of(random.nextBoolean() ? "" : "N" + random.nextInt(3)) : Optional.<String>empty();
        return new Said("R-" + random.nextInt(CLIENTS), random.nextInt(5) == 0, isBad, name, people);
    }

    private static Set<String> relations(List<Said> lines) {
        return lines.stream().map(Said::relation).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Lines that count: those that can be read, of clients that have one such line.
    private static List<Said> good(List<Said> lines) {
        var count = lines.stream().filter(line -> !line.isBad()).collect(Collectors.groupingBy(Said::relation, Collectors.counting()));
        return lines.stream().filter(line -> !line.isBad() && count.getOrDefault(line.relation(), 0L) == 1).toList();
    }

    private Path written(List<Said> lines, Format format) {
        return switch (format) {
            case NDJSON -> rig.body(lines.stream().map(line -> json(line)).toArray(String[]::new));
            case CSV -> rig.body(Stream.concat(Stream.of("delete,partner,relation,name,senior,collaborator"), lines.stream().map(line -> csv(line)))
                    .toArray(String[]::new));
        };
    }

    private static String json(Said line) {
        var members = new ArrayList<String>();
        members.add("'relation':'" + line.relation() + "'");
        line.name().ifPresent(name -> members.add("'name':'" + name + "'"));
        line.people().forEach(
                (role, mailboxes) -> members.add("'" + role + "':" + (mailboxes.isEmpty() ? "null" : "['" + String.join("','", mailboxes) + "']")));
        if (line.isDeletion()) {
            members.add("'delete':true");
        }
        if (line.isBad()) {
            members.add("'patner':[]");
        }
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private static String csv(Said line) {
        return String.join(",", line.isDeletion() ? "true" : "", cell(line, "partner"), line.relation(), line.name().orElse(""), cell(line, "senior"),
                line.isBad() ? "nonsense" : cell(line, "collaborator"));
    }

    private static String cell(Said line, String role) {
        return "'" + String.join(", ", line.people().getOrDefault(role, List.of())) + "'";
    }

    /// A column names its key on every line.
    private static Said asRead(Said line, Format format) {
        if (format == Format.NDJSON) {
            return line;
        }
        var people = new TreeMap<>(line.people());
        ROLES.forEach(role -> people.putIfAbsent(role, List.of()));
        return new Said(line.relation(), line.isDeletion(), line.isBad(), Optional.of(line.name().orElse("")), people);
    }
}
