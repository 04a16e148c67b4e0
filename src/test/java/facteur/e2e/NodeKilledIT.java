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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two packaged programs on one PostgreSQL; one is killed (`kill -9`), and the other relays what it had taken, once: also when
/// the app sends it again, to the other.
@Timeout(180)
final class NodeKilledIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    /// Over 256 KB: in rows of its own.
    private static final String LARGE = ("x".repeat(76) + "\r\n").repeat(4_000);

    @TempDir
    private Path temp;

    private final Set<String> sent = new HashSet<>();

    @Test
    void losesNothingOfANodeThatIsKilled() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("RCPT TO:<stalled@", Act.stall()).when("RCPT TO:<later@", Act.say("450 4.2.1 later"));
            var first = node("first", upstream);
            var second = node("second", upstream);
            try (var killed = PackagedRelay.run(first.config());
                    var other = PackagedRelay.run(second.config())) {
                var answers = submit(killed, "stalled@example.com", 0, 3);
                submit(killed, "later@example.com", 3, 2);
                submit(other, "later@example.com", 5, 2);
                await().until(() -> count("state = 'deferred'") == 4 && count("state = 'active'") == 3);
                killed.kill();
                assertThat(submit(other, "stalled@example.com", 0, 3)).isEqualTo(answers);
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
    ///
    /// @return the answers
    private List<String> submit(PackagedRelay node, String recipient, int from, int count) throws IOException {
        var answers = new ArrayList<String>();
        try (var app = AppConnection.greeted(node.port())) {
            for (var i = from; i < from + count; i++) {
                var body = "letter " + i + "\r\n" + (i == from ? LARGE : "");
                sent.add(body);
                var header = "From: jan@dupont.example\r\nMessage-ID: <" + i + "@dupont.example>\r\n\r\n";
                answers.add(app.submit("<jan@dupont.example>", List.of(recipient), (header + body).getBytes(StandardCharsets.US_ASCII)).toString());
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("250 "));
        return answers;
    }
}
