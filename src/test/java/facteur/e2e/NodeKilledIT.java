package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.PostgresExtension;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two packaged programs on one PostgreSQL; one is killed (`kill -9`), and the other relays what it had taken.
@Timeout(180)
final class NodeKilledIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    /// Over 256 KB: in rows of its own.
    private static final String LARGE = ("x".repeat(76) + "\r\n").repeat(4_000);

    @TempDir
    private Path temp;

    private final List<String> sent = new ArrayList<>();

    @Test
    void losesNothingOfANodeThatIsKilled() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("RCPT TO:<stalled@", Act.stall()).when("RCPT TO:<later@", Act.say("450 4.2.1 later"));
            var first = node("first", upstream);
            var second = node("second", upstream);
            try (var killed = PackagedRelay.run(first.config());
                    var other = PackagedRelay.run(second.config())) {
                submit(killed, "stalled@example.com", 3);
                submit(killed, "later@example.com", 2);
                submit(other, "later@example.com", 2);
                await().until(() -> count("state = 'deferred'") == 4 && count("state = 'active'") == 3);
                killed.kill();
                upstream.recover();

                var name = Files.readString(first.state().resolve("node"));
                awaitLetters(upstream, 7);
                await().until(() -> count("true") == 0);
                assertThat(upstream.letters().stream().map(TakenLetter::body)).containsExactlyInAnyOrderElementsOf(sent);
                assertThat(other.said()).containsOnlyOnce("event=node-taken-over node=" + name + " letters=3");
                assertThat(other.stop()).isEqualTo(143);
            }
        }
    }

    private RelayFolder node(String name, ScriptedUpstream upstream) throws IOException {
        return new RelayFolder(temp.resolve(name))
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(upstream.port(), "delivery: { retry: [1s] }\nspool: { url: \"" + POSTGRES.url() + "\", user: postgres, lease: 5s }\n")
                .edited("command: 5s", "command: 5m");
    }

    private static int count(String condition) throws SQLException {
        return POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue where " + condition);
    }

    private static void awaitLetters(ScriptedUpstream upstream, int count) {
        await().atMost(Duration.ofSeconds(90)).until(() -> upstream.letters().size() >= count);
    }

    /// The first of them is large.
    private void submit(PackagedRelay node, String recipient, int count) throws IOException {
        try (var app = AppConnection.greeted(node.port())) {
            for (var i = 0; i < count; i++) {
                var body = "letter " + sent.size() + "\r\n" + (i == 0 ? LARGE : "");
                sent.add(body);
                var letter = ("From: jan@dupont.example\r\nSubject: one\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
                assertThat(app.submit("<jan@dupont.example>", List.of(recipient), letter).code()).isEqualTo(250);
            }
        }
    }
}
