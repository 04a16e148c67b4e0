package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.PostgresExtension;
import facteur.fixture.RelayFolder;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import facteur.store.Author;
import facteur.store.ChangeKind;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.Version;
import facteur.store.Via;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two packaged programs on one PostgreSQL, while settings change beside them, nodes are killed and the database is. The model is
/// what the store said last: a letter to any node uses it a second later, and nothing older from then on.
@Timeout(180)
final class StoreNodesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final RelationId CLIENT = new RelationId("R-1");
    private static final Author AUTHOR = new Author(Via.COMMAND, "root", "", "", "");
    private static final Pattern QUEUED = Pattern.compile("250 2\\.0\\.0 Ok: queued as (\\S+)\\s*");
    private static final String GONE = "gone";
    private static final int STEPS = 20;
    private static final long SEED = 20_261_130;

    @TempDir
    private Path temp;

    private final Random random = new Random(SEED);

    /// What a letter is decided by: a version such as `v42`, or [#GONE].
    private String model = GONE;

    /// By which card, as far as there is an office: `v43`, or nothing.
    private String card = "";

    private RelayFolder node(String name) {
        return new RelayFolder(temp.resolve(name)).configured("settings: { source: store, fresh-for: 1h, missing-for: 1h }\n"
                + "spool: { url: \"" + POSTGRES.url() + "\", user: postgres, timeout: 1s }\n"
                + "upstreams: [{ name: out, kind: discard }]\n");
    }

    @Test
    void lettersGoByWhatWasSavedASecondAgoOnEveryNode() throws Exception {
        var folders = List.of(node("first"), node("second"));
        var nodes = new PackagedRelay[] {PackagedRelay.run(folders.get(0).config()), PackagedRelay.run(folders.get(1).config())};
        try (var database = POSTGRES.settings().open()) {
            var store = new Store(database, () -> new OfficeReader(Address.of("inbox@shared.example"), Roles.DEFAULT), () -> Roles.DEFAULT,
                    InstantSource.system());
            for (var step = 1; step <= STEPS; step++) {
                switch (step % 10) {
                    case 4 -> {
                        var victim = random.nextInt(nodes.length);
                        nodes[victim].kill();
                        nodes[victim] = PackagedRelay.run(folders.get(victim).config());
                    }
                    case 8 -> {
                        POSTGRES.server().stopImmediately();
                        assertThat(submit(nodes[0])).startsWith(model.equals(GONE) ? "550 5.7.1 " : "451 4.3.0 ");
                        POSTGRES.server().startAgain();
                    }
                    default -> change(store);
                }
                for (var node : nodes) {
                    assertFollows(node, "seed " + SEED + ", step " + step);
                }
            }
            assertThat(store.history().versions(DUPONT, OptionalLong.empty(), STEPS)).extracting(Version::kind).contains(ChangeKind.values());
        } finally {
            for (var node : nodes) {
                node.close();
            }
        }
    }

    private void change(Store store) throws SQLException {
        var none = new Precondition.None();
        model = switch (random.nextInt(7)) {
            case 0 -> {
                var _ = store.settings().remove(DUPONT, none, AUTHOR);
                yield GONE;
            }
            case 1 -> saved(store.settings().put(DUPONT, json("{'company': 'Dupont <o@dupont.example>', 'reply-to': 'partner'}"), none, AUTHOR));
            case 2 -> {
                assertThat(store.settings().put(DUPONT, json("{'company': 'nobody'}"), none, AUTHOR)).isInstanceOf(ChangeResult.Invalid.class);
                yield model;
            }
            case 3 -> {
                card = store.cards().delete(DUPONT, CLIENT, none, AUTHOR) instanceof ChangeResult.Changed ? "" : card;
                yield model;
            }
            case 4 -> {
                var people = json("{'partner': ['p" + random.nextInt(100) + "@dupont.example']}");
                card = store.cards().put(DUPONT, CLIENT, people, none, AUTHOR) instanceof ChangeResult.Changed(var version, _) ? "v" + version : card;
                yield model;
            }
            default -> saved(store.settings().put(
                    DUPONT, json("{'company': 'Dupont " + random.nextInt() + " <o@dupont.example>', 'reply-to': 'partner'}"), none, AUTHOR));
        };
    }

    private static String saved(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed(var version, _) -> "v" + version;
            case ChangeResult.Unchanged(var version, _) -> "v" + version;
            case ChangeResult.Invalid _, ChangeResult.Stale _, ChangeResult.Missing _, ChangeResult.Conflict _ -> throw new AssertionError(result);
        };
    }

    /// As soon as the node has looked, with its database there; then for good. The second that is promised is a second of a machine that is
    /// not busy with other tests: a node looks twice in it.
    private void assertFollows(PackagedRelay node, String when) throws IOException, SQLException {
        await().atMost(Duration.ofSeconds(10)).until(() -> !submit(node).startsWith("451"));
        await(when).atMost(Duration.ofSeconds(15)).until(() -> follows(node));
        assertThat(follows(node)).as(when).isTrue();
    }

    private boolean follows(PackagedRelay node) throws IOException, SQLException {
        var reply = submit(node);
        if (reply.startsWith("550 5.7.1 ")) {
            return model.equals(GONE);
        }
        var queued = QUEUED.matcher(reply);
        assertThat(queued.matches()).as(reply).isTrue();
        return POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".letter where id = '" + queued.group(1)
                + "' and settings_version = '" + model + "' and card_version = '" + card + "'") == 1;
    }

    private static String submit(PackagedRelay node) throws IOException {
        try (var app = AppConnection.greeted(node.port())) {
            return app.submit("<app@dupont.example>", List.of("client@example.com"),
                    "From: jan@dupont.example\r\nX-Relation-Id: R-1\r\n\r\nletter\r\n".getBytes(StandardCharsets.US_ASCII)).toString();
        }
    }

    private static JsonValue json(String text) {
        try {
            return JsonReader.read(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }
}
