package facteur.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsSource;
import facteur.store.CardImport.Format;
import facteur.store.CardImport.Mode;
import facteur.store.CardImport.OnError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A store with the office dupont, and its cards in short words.
final class CardRig {
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final Author SUITE = new Author(Via.API, "suite", "", "192.0.2.1", "");
    static final Author OTHER_APP = new Author(Via.API, "crm", "", "", "");
    static final Author JAN = new Author(Via.CONSOLE, "jan", "", "", "");
    static final Author OPERATOR = new Author(Via.COMMAND, "root", "", "", "");
    static final Roles ROLES = Roles.of(Role.COLLABORATOR, Role.SUBSTITUTE, Role.RESPONSIBLE, Role.PARTNER, new Role("senior"));

    final Database database;
    final TestTime time = new TestTime();
    final StoreWriter writer;
    final List<Duration> pauses = new ArrayList<>();
    final CardStore cards;
    final CardImport imports;
    final CardPushes pushes;
    final SettingsHistory history;
    final CardUndo undo;
    private final Path folder;

    CardRig(Database database, Path folder) throws SQLException {
        this.database = database;
        this.folder = folder;
        this.writer = new StoreWriter(database, time);
        var rest = new CardSeries.Rest(database.dialect().hasOneWriter(), () -> 0, pauses::add);
        cards = new CardStore(writer, () -> ROLES, rest);
        imports = new CardImport(writer, () -> ROLES, rest);
        pushes = new CardPushes(writer, () -> ROLES, imports, rest);
        undo = new CardUndo(writer, rest);
        var store = new Store(database, () -> new OfficeReader(Address.of("inbox@example.org"), ROLES), () -> ROLES, time);
        history = store.history();
        empty();
        add(store, DUPONT);
    }

    private void empty() throws SQLException {
        writer.write(transaction -> {
            for (var table : List.of("office", "office_change", "card", "card_change", "own_address", "settings_feed", "card_writer", "card_push",
                    "card_push_name")) {
                transaction.statements().update("delete from " + table);
            }
            return transaction;
        });
    }

    private static void add(Store store, OfficeId office) throws SQLException {
        var added = store.settings().put(office, json("{'company': 'Dupont <office@dupont.example>'}"), new Precondition.Absent(), OPERATOR);
        assertThat(added).isInstanceOf(ChangeResult.Changed.class);
    }

    static JsonValue json(String text) {
        try {
            return JsonReader.read(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    static CardImport.Options options(Mode mode, OnError onError) {
        return new CardImport.Options(Format.NDJSON, mode, onError);
    }

    /// A file of these lines; `'` is written as `"`.
    Path body(String... lines) {
        return file(String.join("\n", lines).replace('\'', '"').getBytes(UTF_8));
    }

    Path file(byte[] octets) {
        try {
            return Files.write(Files.createTempFile(folder, "body", ""), octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CardsResult merge(Author author, String... lines) throws SQLException, IOException {
        return imports.run(DUPONT, body(lines), options(Mode.MERGE, OnError.REFUSE), author);
    }

    CardsResult csv(Author author, String... lines) throws SQLException, IOException {
        return imports.run(DUPONT, body(lines), new CardImport.Options(Format.CSV, Mode.MERGE, OnError.REFUSE), author);
    }

    CardsResult add(String push, String... lines) throws SQLException, IOException {
        return pushes.add(DUPONT, push, body(lines), options(Mode.MERGE, OnError.REFUSE), SUITE);
    }

    CardsResult finish(String push, CardPushes.Rest rest) throws SQLException, IOException {
        return pushes.finish(DUPONT, push, rest, OptionalLong.empty(), SUITE);
    }

    String begin(Author author) throws SQLException {
        var begun = pushes.begin(DUPONT, author);
        assertThat(begun).isInstanceOf(CardPushes.Begun.class);
        return ((CardPushes.Begun) begun).push();
    }

    ChangeResult put(Author author, String relation, String card) throws SQLException {
        return cards.put(DUPONT, new RelationId(relation), json(card), new Precondition.None(), author);
    }

    static CardCounts counts(CardsResult result) {
        assertThat(result).isInstanceOf(CardsResult.Written.class);
        return ((CardsResult.Written) result).counts();
    }

    static List<String> problems(CardsResult result) {
        assertThat(result).isInstanceOf(CardsResult.Refused.class);
        return ((CardsResult.Refused) result).problems().stream().map(Object::toString).toList();
    }

    /// All cards: id to what it says.
    SortedMap<String, String> all() throws SQLException {
        var all = new TreeMap<String, String>();
        var rows = database.reading(statements -> statements.list(
                "select " + CardRow.COLUMNS + " from card where office = ?", CardRow::of, DUPONT.text()));
        rows.forEach(row -> all.put(row.relation().text(), row.text().json().replace('"', '\'')));
        return all;
    }

    long version() throws SQLException {
        return database.reading(statements -> OfficeRow.read(statements, DUPONT)).orElseThrow().version();
    }

    Version version(long number) throws SQLException {
        return database.reading(statements -> ChangeRows.one(statements, DUPONT, number)).orElseThrow();
    }

    String keeper() throws SQLException {
        return database.reading(statements -> OfficeRow.read(statements, DUPONT)).orElseThrow().cardsKeptBy();
    }

    /// What all versions together make of no cards at all: what is there, if the history is true.
    SortedMap<String, String> replayed() throws SQLException {
        var replayed = new TreeMap<String, String>();
        record Change(String relation, String before, String after) {}
        var changes = database.reading(statements -> statements.list(
                "select relation, before, after from card_change where office = ? order by number, relation",
                row -> new Change(row.getString(1), row.getString(2), row.getString(3)),
                DUPONT.text()));
        for (var change : changes) {
            assertThat(replayed.getOrDefault(change.relation(), "")).isEqualTo(change.before().replace('"', '\''));
            if (change.after().isEmpty()) {
                replayed.remove(change.relation());
            } else {
                replayed.put(change.relation(), change.after().replace('"', '\''));
            }
        }
        return replayed;
    }

    static String[] lines(int count) {
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> "{'relation':'R-%05d','partner':'p%d@d.example'}".formatted(i, i % 7))
                .toArray(String[]::new);
    }

    SettingsSource source() {
        return new StoreSource(database, Address.of("inbox@example.org"), ROLES, time);
    }

    Optional<StoredCard> card(String relation) throws SQLException {
        return cards.card(DUPONT, new RelationId(relation));
    }
}
