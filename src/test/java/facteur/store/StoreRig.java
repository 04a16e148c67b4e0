package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A store in a database of its own.
abstract class StoreRig {
    static final Address SHARED = Address.of("inbox@relay.example");
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final OfficeId DURAND = new OfficeId("durand");
    static final Precondition ANY = new Precondition.None();
    static final Precondition ABSENT = new Precondition.Absent();
    static final Author JAN = new Author(Via.API, "suite", "Jan Janssens", "192.0.2.1", "as agreed");
    static final Author ROOT = new Author(Via.COMMAND, "uid=0(root)", "", "", "");
    static final JsonValue A = json("{'company': 'Dupont <office@dupont.example>'}");
    static final JsonValue B = json("{'company': 'Dupont <office@dupont.example>', 'reply-to': 'sender'}");
    static final JsonValue WRONG = json("{'company': 'nobody', 'colour': 'red'}");

    final TestTime time = new TestTime();
    final List<StoreChange> changes = new ArrayList<>();
    final List<Saved> saved = new ArrayList<>();

    @TempDir
    Path state;

    Database database;
    Store store;
    SettingsStore settings;
    SettingsHistory history;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = openDatabase();
        store = new Store(database, () -> new OfficeReader(SHARED, Roles.DEFAULT), () -> Roles.DEFAULT, time);
        settings = store.settings();
        history = store.history();
        store.onChange(changes::add);
        store.onSaved(saved::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    StoreSource source() {
        return new StoreSource(database, SHARED, Roles.DEFAULT, time);
    }

    /// With `'` for `"`.
    static JsonValue json(String text) {
        try {
            return JsonReader.read(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    static long number(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed(var number, _) -> number;
            case ChangeResult.Unchanged _, ChangeResult.Invalid _, ChangeResult.Stale _, ChangeResult.Missing _, ChangeResult.Conflict _ ->
                throw new AssertionError(result);
        };
    }

    long put(JsonValue office) throws SQLException {
        return number(settings.put(DUPONT, office, ANY, JAN));
    }

    void assertSettings(String text) throws SQLException {
        assertThat(settings.office(DUPONT).orElseThrow().settings()).isEqualTo(json(text));
    }
}
