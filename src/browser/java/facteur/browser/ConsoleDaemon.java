package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import facteur.access.NewSession;
import facteur.access.Persons;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.office.OfficeId;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.platform.json.MergePatch;
import facteur.relay.Daemon;
import facteur.spool.LetterLogReplay;
import facteur.store.Author;
import facteur.store.CardImport;
import facteur.store.CardsResult;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.Via;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A daemon in this JVM that keeps settings itself, with its console on a port of the kernel's choice, and captures letters. Office
/// dupont is at version 42; office martin is new. For one thread.
public final class ConsoleDaemon implements AutoCloseable {
    public static final OfficeId DUPONT = new OfficeId("dupont");
    public static final OfficeId MARTIN = new OfficeId("martin");

    /// Which version of dupont is in force.
    public static final int VERSION = 42;

    /// What dupont's settings are.
    public static final String SETTINGS = """
            {"company": "Cabinet Dupont <office@dupont.example>",
             "from": {"address": "office@dupont.example", "name": "Cabinet Dupont SRL"},
             "reply-to": "company",
             "contexts": {
               "task": {"reply-to": "general", "address": "tasks@dupont.example"},
               "invoice": {"reply-to": "responsible"}},
             "users": ["Jan Janssens <jan@dupont.example>", "An Peeters <an@dupont.example>"]}""";

    private static final String MARTINS = """
            {"company": "Bureau Martin <bureau@martin.example>"}""";

    private static final String CARDS = """
            {"relation": "R-1042", "name": "Bakkerij Peeters", "collaborator": ["Jan Janssens <jan@dupont.example>"], "responsible": ["An Peeters <an@dupont.example>"]}
            {"relation": "R-1043", "name": "Garage Claes", "collaborator": ["An Peeters <an@dupont.example>"], "partner": ["Luc Dupont <luc@dupont.example>"]}
            {"relation": "R-1044", "name": "Fleuriste Mertens", "responsible": ["Jan Janssens <jan@dupont.example>"]}
            """;

    private static final Author JAN = new Author(Via.CONSOLE, "jan", "", "192.0.2.7", "");
    private static final Author SUITE = new Author(Via.API, "suite", "Jan Janssens", "192.0.2.8", "");
    private static final Pattern QUEUED = Pattern.compile("250 2\\.0\\.0 Ok: queued as (\\S+)\\s*");

    private static final String DATABASE = "facteur.db";

    /// A database with all that a test finds there.
    private static byte @Nullable [] template;

    private final RelayFolder folder;
    private final RecordingJournal journal;
    private final Derivations derivations = new Derivations(new Pbkdf2());
    private final Daemon daemon;
    private final Database database;
    private final Sessions sessions;
    private final Persons persons;

    private ConsoleDaemon(RelayFolder folder, RecordingJournal journal, Daemon daemon, Database database) {
        this.folder = folder;
        this.journal = journal;
        this.daemon = daemon;
        this.database = database;
        var time = InstantSource.system();
        sessions = new Sessions(database, () -> SessionLimits.STANDARD, time, new SecureRandom());
        persons = new Persons(database, derivations, time, SteadyTime.system(), new SecureRandom());
    }

    /// @param place where all its files go
    public static ConsoleDaemon start(Path place) throws IOException, SQLException {
        return start(new RelayFolder(place).configured(lines("")), place);
    }

    /// @param console more keys of the section `console`, such as `, language: fr`
    public static String lines(String console) {
        return "settings: { source: store, fresh-for: 1h, missing-for: 1h }\n"
                + "console: { address: \"127.0.0.1:0\", zone: Europe/Brussels, second-step: none" + console + " }\n";
    }

    /// As it is configured.
    ///
    /// @param place where the cards of dupont may lie for a moment
    public static ConsoleDaemon start(RelayFolder folder, Path place) throws IOException, SQLException {
        var database = preparedDatabase(place);
        Files.createDirectories(folder.state());
        Files.write(folder.state().resolve(DATABASE), database);
        return bare(folder);
    }

    /// Made by the first daemon of this JVM: it takes longer than all other starts.
    private static synchronized byte[] preparedDatabase(Path place) throws IOException, SQLException {
        if (template == null) {
            var first = new RelayFolder(place.resolve("first")).configured(lines(""));
            try (var started = bare(first)) {
                started.addPersons();
                started.prepare(place);
            }
            template = Files.readAllBytes(first.state().resolve(DATABASE));
        }
        return template;
    }

    private static ConsoleDaemon bare(RelayFolder folder) throws SQLException {
        var journal = new RecordingJournal();
        var daemon = folder.start(journal);
        return new ConsoleDaemon(folder, journal, daemon, Database.openBeside(folder.state()));
    }

    /// With persons and with no settings: those are kept elsewhere, as configured.
    public static ConsoleDaemon startBare(RelayFolder folder) throws SQLException {
        var started = bare(folder);
        started.addPersons();
        return started;
    }

    /// On a server's database.
    ///
    /// @param folder whose configuration names it, too
    public static ConsoleDaemon start(RelayFolder folder, Path place, DatabaseSettings server) throws IOException, SQLException {
        var journal = new RecordingJournal();
        var daemon = folder.start(journal);
        var started = new ConsoleDaemon(folder, journal, daemon, server.open());
        started.addPersons();
        started.prepare(place);
        return started;
    }

    private void addPersons() throws SQLException {
        for (var as : As.values()) {
            var _ = persons.add(as.person(), "test");
        }
    }

    /// Cards are version 2: the suite pushed them. Then people tried this and that, until 42.
    private void prepare(Path place) throws IOException, SQLException {
        put(DUPONT, patched("{\"reply-to\": \"sender\"}"), JAN);
        var body = Files.writeString(place.resolve("cards.ndjson"), CARDS);
        var options = new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.REPLACE, CardImport.OnError.REFUSE);
        assertThat(store().imports().run(DUPONT, body, options, SUITE)).isInstanceOf(CardsResult.Written.class);
        for (var version = 3; version < VERSION; version++) {
            put(DUPONT, patched(version % 2 == 0 ? "{\"reply-to\": \"sender\"}" : "{\"reply-to\": \"partner\"}"), version % 5 == 0 ? SUITE : JAN);
        }
        put(DUPONT, json(SETTINGS), JAN);
        put(MARTIN, json(MARTINS), JAN);
    }

    /// The settings of dupont with a few others.
    static JsonValue patched(String mergePatch) {
        return MergePatch.apply(json(SETTINGS), json(mergePatch));
    }

    static JsonValue json(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /// Saves settings, as somebody beside the browser does.
    ///
    /// @return the version
    public long put(OfficeId office, JsonValue settings, Author author) throws SQLException {
        var result = store().settings().put(office, settings, new Precondition.None(), author);
        if (result instanceof ChangeResult.Changed(var version, _)) {
            return version;
        }
        throw new AssertionError(result);
    }

    /// What dupont's settings are now.
    public JsonValue settings() throws SQLException {
        return store().settings().office(DUPONT).orElseThrow().settings();
    }

    public long version() throws SQLException {
        return store().settings().office(DUPONT).orElseThrow().settingsAt();
    }

    public Store store() {
        return daemon.store();
    }

    public Daemon daemon() {
        return daemon;
    }

    public RelayFolder folder() {
        return folder;
    }

    public RecordingJournal journal() {
        return journal;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Persons persons() {
        return persons;
    }

    /// @param path with a query
    public String url(String path) {
        return "http://localhost:" + daemon.consolePort().orElseThrow() + path;
    }

    /// Puts the cookie of a new session into the browser.
    public void signIn(Tab tab, As as) throws SQLException {
        var person = persons.find(as.login()).orElseThrow();
        var begun = sessions.begin(NewSession.of(person, false, "127.0.0.1", "test"));
        tab.put(new Cookie("facteur", begun.cookie()).setUrl(url("/")).setHttpOnly(true));
    }

    /// Opens a page in a window of somebody who has signed in.
    public Tab open(Browser browser, Look look, As as, String path) throws SQLException {
        var tab = browser.open(look);
        signIn(tab, as);
        tab.go(url(path));
        return tab;
    }

    /// Sends a letter as an app does.
    ///
    /// @param fields of the header, such as `X-Context: task`, each with its end
    /// @return its queue id
    public String send(String fields) throws IOException {
        return send(daemon, fields);
    }

    /// The same to another node.
    static String send(Daemon node, String fields) throws IOException {
        try (var app = AppConnection.greeted(node.ports().getFirst())) {
            var letter = ("From: Jan Janssens <jan@dupont.example>\r\nTo: client@example.com\r\nSubject: Letter\r\n" + fields + "\r\nText\r\n");
            var reply = app.submit("<app@dupont.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.UTF_8)).toString();
            var queued = QUEUED.matcher(reply);
            assertThat(queued.matches()).as(reply).isTrue();
            return queued.group(1);
        }
    }

    /// Writes what a bounce leaves of a letter's recipient: the relay here takes none.
    ///
    /// @param letter that [#send] sent
    public void bounce(String letter) throws SQLException {
        var words = "550 5.1.1 <client@example.com>: Recipient address rejected: User unknown in virtual mailbox table";
        var now = InstantSource.system().millis();
        LetterLogReplay.beside(folder.state(), database);
        database.inTransaction(statements -> {
            statements.update("insert into letter_return (id, letter_id, kind, sender, digest, at) values (?, ?, 'report', '<>', '', ?)",
                    letter, letter, now);
            statements.update(
                    """
                    insert into return_status (return_id, number, letter_id, position, address, action, status, diagnostic, host)
                    values (?, 0, ?, 0, 'client@example.com', 'failed', '5.1.1', ?, 'mx.example.com')""",
                    letter, letter, words);
            statements.update("insert into bad_address values ('dupont', ?, ?, ?, 1, '5.1.1', ?, ?)",
                    letter + "@example.com", now, now, words, letter);
            return statements.update("update recipient set status = 'returned' where letter_id = ?", letter);
        });
    }

    @Override
    public void close() {
        daemon.close();
        database.close();
        derivations.close();
    }
}
