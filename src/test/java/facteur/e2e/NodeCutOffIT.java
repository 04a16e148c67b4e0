package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.CutLink;
import facteur.fixture.PackagedRelay;
import facteur.fixture.PostgresExtension;
import facteur.fixture.PostgresServer;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two packaged programs on one PostgreSQL; one of them doesn't reach it for a while, or stands still, while letters are sent.
@Timeout(180)
final class NodeCutOffIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final int LETTERS = 3;

    @TempDir
    private Path temp;

    private RelayFolder node(String name, ScriptedUpstream upstream, String url, String lease) throws IOException {
        return new RelayFolder(temp.resolve(name))
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(upstream.port(),
                        "delivery: { retry: [1s] }\nspool: { url: \"" + url + "\", user: postgres, timeout: 1s, lease: " + lease + " }\n")
                .edited("command: 5s", "command: 1m")
                .edited("end-of-data: 5s", "end-of-data: 1m");
    }

    @Test
    void writesWhatBecameOfItsLettersWhenItIsBack() throws Exception {
        var reply = new CountDownLatch(1);
        try (var upstream = ScriptedUpstream.start();
                var link = CutLink.to(POSTGRES.server().port())) {
            upstream.when(".", Act.sayWhen(reply, "250 2.0.0 taken"));
            var first = node("first", upstream, PostgresServer.url(POSTGRES.schema(), link.port()), "1m");
            try (var cutOff = PackagedRelay.run(first.config());
                    var other = PackagedRelay.run(node("second", upstream, POSTGRES.url(), "1m").config())) {
                submit(cutOff);
                await().until(() -> upstream.letters().size() == LETTERS);
                link.cut();
                reply.countDown();
                awaitKept(first);
                link.restore();
                await().atMost(Duration.ofSeconds(60)).until(() -> queued() == 0);
                await().atMost(Duration.ofSeconds(10)).until(() -> !Files.exists(first.state().resolve("unsettled")));
                assertThat(upstream.letters()).hasSize(LETTERS);
                assertThat(other.said()).doesNotContain("node-taken-over");
                assertThat(cutOff.said())
                        .containsOnlyOnce("event=database-failed")
                        .containsOnlyOnce("event=database-recovered")
                        .contains(" kept=" + LETTERS)
                        .doesNotContain("spool-trouble", "stack=", "lease-lost");
            }
        }
    }

    @Test
    void writesThemAtItsNextStartWhenItDiesMeanwhile() throws Exception {
        var reply = new CountDownLatch(1);
        try (var upstream = ScriptedUpstream.start();
                var link = CutLink.to(POSTGRES.server().port())) {
            upstream.when(".", Act.sayWhen(reply, "250 2.0.0 taken"));
            var first = node("first", upstream, PostgresServer.url(POSTGRES.schema(), link.port()), "1m");
            try (var other = PackagedRelay.run(node("second", upstream, POSTGRES.url(), "1m").config())) {
                try (var cutOff = PackagedRelay.run(first.config())) {
                    submit(cutOff);
                    await().until(() -> upstream.letters().size() == LETTERS);
                    link.cut();
                    reply.countDown();
                    awaitKept(first);
                    cutOff.kill();
                }
                link.restore();
                assertThat(queued()).isEqualTo(LETTERS);
                try (var again = PackagedRelay.run(first.config())) {
                    assertThat(queued()).isZero();
                    assertThat(again.stop()).isEqualTo(143);
                }
                assertThat(upstream.letters()).hasSize(LETTERS);
                assertThat(other.said()).doesNotContain("node-taken-over");
            }
        }
    }

    /// It stood still in the middle of a transaction, until long after another had relayed the letter.
    @Test
    void sendsNoDotWhenItGoesOnTooLate() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var upstream = ScriptedUpstream.start().once("DATA", Act.sayWhen(goOn, "354 go on"));
                var stopped = PackagedRelay.run(node("first", upstream, POSTGRES.url(), "5s").config());
                var other = PackagedRelay.run(node("second", upstream, POSTGRES.url(), "5s").config())) {
            submit(stopped, 1);
            upstream.awaitCommand("DATA");
            signal(stopped, "STOP");
            await().atMost(Duration.ofSeconds(60)).until(() -> upstream.letters().size() == 1);
            assertThat(other.said()).contains("event=node-taken-over");
            goOn.countDown();
            signal(stopped, "CONT");
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped.said().contains("another node may have the letter by now"));
            await().atMost(Duration.ofSeconds(30)).until(() -> queued() == 0);
            assertThat(upstream.letters()).hasSize(1);
        }
    }

    private static void signal(PackagedRelay relay, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(relay.pid())).start().waitFor()).isZero();
    }

    private static void awaitKept(RelayFolder node) {
        var file = node.state().resolve("unsettled");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(file) && Files.readString(file).lines().filter(line -> !line.isEmpty()).count() == LETTERS);
    }

    private static int queued() throws SQLException {
        return POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue");
    }

    private static void submit(PackagedRelay node) throws IOException {
        submit(node, LETTERS);
    }

    private static void submit(PackagedRelay node, int count) throws IOException {
        try (var app = AppConnection.greeted(node.port())) {
            for (var i = 0; i < count; i++) {
                var letter = "From: jan@dupont.example\r\nSubject: " + i + "\r\n\r\nletter\r\n";
                assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.US_ASCII)).code())
                        .isEqualTo(250);
            }
        }
    }
}
