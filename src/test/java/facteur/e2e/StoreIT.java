package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.admin.ReloadResult;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.relay.Daemon;
import facteur.settings.OfficeReader;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.Via;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon whose settings are in the store: letters use what was saved, at once, and after a restart.
final class StoreIT {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Author JAN = new Author(Via.API, "suite", "Jan Janssens", "192.0.2.1", "");

    /// Long enough for an answer of before to be still in use, were it not evicted.
    private static final String STORE = "settings: { source: store, fresh-for: 1h, missing-for: 1h }\n";

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void configure() {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(STORE);
    }

    private static JsonValue repliesTo(String who) {
        try {
            return JsonReader.read("{\"company\": \"Dupont <office@dupont.example>\", \"reply-to\": \"" + who + "\"}");
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static long saved(Store store, JsonValue settings) throws SQLException {
        return store.settings().put(DUPONT, settings, new Precondition.None(), JAN) instanceof ChangeResult.Changed(var version, _) ? version : -1;
    }

    private static String submit(AppConnection app) throws IOException {
        var letter = "From: jan@dupont.example\r\n\r\nletter\r\n".getBytes(StandardCharsets.US_ASCII);
        return app.submit("<app@dupont.example>", List.of("client@example.com"), letter).toString();
    }

    /// The version that decided a letter, and its rule for Reply-To.
    private String decided(AppConnection app, Daemon daemon) throws IOException, SQLException {
        var reply = submit(app);
        assertThat(reply).startsWith("250 ");
        var last = journal.events(MailEvent.Accepted.class).getLast();
        return last.replyToRule() + " " + daemon.store().history().versions(DUPONT, OptionalLong.empty(), 1).getFirst().number();
    }

    @Test
    void theNextLetterGoesByWhatWasSaved() throws IOException, SQLException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(submit(app)).startsWith("550 5.7.1 ");
            for (var round = 0; round < 10; round++) {
                assertThat(saved(daemon.store(), repliesTo("company"))).isEqualTo(4L * round + 1);
                assertThat(decided(app, daemon)).startsWith("general.company ");
                assertThat(saved(daemon.store(), repliesTo("sender"))).isEqualTo(4L * round + 2);
                assertThat(decided(app, daemon)).startsWith("general.sender ");
                daemon.store().history().undo(DUPONT, 4L * round + 2, JAN);
                assertThat(decided(app, daemon)).startsWith("general.company ");
                daemon.store().settings().remove(DUPONT, new Precondition.None(), JAN);
                assertThat(submit(app)).startsWith("550 5.7.1 ");
            }
        }
        assertThat(journal.events(MailEvent.SettingsSaved.class)).hasSize(40)
                .contains(new MailEvent.SettingsSaved("dupont", 40, "removed", 0, "api", "suite", "Jan Janssens", "192.0.2.1"));
    }

    @Test
    void aRestartFindsWhatWasSaved() throws IOException, SQLException {
        try (var daemon = relay.start(journal)) {
            assertThat(saved(daemon.store(), repliesTo("sender"))).isOne();
        }
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(decided(app, daemon)).isEqualTo("general.sender 1");
            assertThat(saved(daemon.store(), repliesTo("sender"))).as("nothing has changed").isEqualTo(-1);
        }
    }

    @Test
    void followsWhatAnotherProcessSaves() throws IOException, SQLException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst());
                var beside = Database.openBeside(relay.state())) {
            var command = new Store(beside, () -> new OfficeReader(Address.of("inbox@shared.example"), Roles.DEFAULT), () -> Roles.DEFAULT,
                    InstantSource.system());
            for (var who : List.of("sender", "company", "sender")) {
                saved(command, repliesTo(who));
                await().atMost(Duration.ofSeconds(1)).until(() -> submit(app).startsWith("250 ")
                        && journal.events(MailEvent.Accepted.class).getLast().replyToRule().equals("general." + who));
            }
            assertThat(journal.events(MailEvent.SettingsSaved.class)).as("it was not this process").isEmpty();
        }
    }

    @Test
    void aReloadGoesFromFilesToTheStoreAndBack() throws IOException, SQLException {
        relay.configured("settings: { source: files, fresh-for: 1h }\n");
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            saved(daemon.store(), repliesTo("sender"));
            assertThat(decided(app, daemon)).startsWith("general.company ");
            relay.configured(STORE);
            assertThat(daemon.reload()).isInstanceOf(ReloadResult.Applied.class);
            assertThat(decided(app, daemon)).startsWith("general.sender ");
            saved(daemon.store(), repliesTo("partner"));
            assertThat(decided(app, daemon)).startsWith("general.role");
            relay.configured("settings: { source: files, fresh-for: 1h }\n");
            assertThat(daemon.reload()).isInstanceOf(ReloadResult.Applied.class);
            assertThat(decided(app, daemon)).startsWith("general.company ");
        }
    }

    @Test
    void aRoleThatAnOfficeOfTheStoreUsesCantBeTakenAway() throws IOException, SQLException {
        relay.configured(STORE + "roles: [senior, partner]\n");
        try (var daemon = relay.start(new TestTime(), journal)) {
            saved(daemon.store(), repliesTo("senior"));
            relay.configured(STORE + "roles: [partner]\n");
            assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class, refused -> assertThat(refused.problems())
                    .singleElement().asString().contains("office dupont", "reply-to", "'senior'"));
        }
    }
}
