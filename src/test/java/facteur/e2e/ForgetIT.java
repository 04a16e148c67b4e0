package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person is forgotten beside the running daemon.
final class ForgetIT {
    private static final String ZOE = "zoe.bakker@client.example";

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void inThisFolder() {
        relay = new RelayFolder(folder);
    }

    @Test
    void takesAPersonOutOfTheLogAndOfCapturedLettersAndSaysWhatIsLeft() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            relay.office("dupont", RelayFolder.DUPONT).configured("""
                    upstreams: [{ name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none, capture-copy: true }]
                    """.formatted(upstream.port()));
            try (var daemon = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(daemon.port())) {
                var both = submit(app, ZOE, "an@client.example");
                var other = submit(app, "an@client.example");
                await().until(() -> facteur("log", "an@client.example").out().lines().filter(line -> line.contains("  ended  ")).count() == 2);
                upstream.when("RCPT", Act.say("450 4.2.1 not now"));
                var waiting = submit(app, ZOE);
                assertThat(facteur("queue", "hold", "--recipient", ZOE).exitCode()).isZero();

                var dry = facteur("forget", "--address", ZOE, "--dry-run");
                assertThat(dry.out()).startsWith("nothing was changed\n1 letter in the message log\n1 letter in ")
                        .contains("1 letter in the queue: " + waiting);
                assertThat(dry.exitCode()).isEqualTo(75);
                assertThat(facteur("log", both).out()).contains(ZOE);

                var done = facteur("forget", "--address", "Zoe.Bakker@client.example");
                assertThat(done.out()).contains("1 letter in the message log: the person is removed", ": deleted", waiting,
                        "not touched: backups, the log of the daemon");
                assertThat(done.exitCode()).isEqualTo(75);
                assertThat(facteur("log", both).out()).contains("forgotten@forgotten.invalid", "an@client.example")
                        .doesNotContainIgnoringCase("bakker");
                var captured = relay.state().resolve("captured");
                assertThat(captured.resolve(both + ".eml")).doesNotExist();
                assertThat(captured.resolve(both + ".json")).doesNotExist();
                assertThat(captured.resolve(other + ".eml")).exists();

                var acts = facteur("log", "--acts").out();
                assertThat(acts).containsPattern("  forget --address [0-9a-f]{12}: 1 letter, " + both)
                        .contains("queue hold --recipient ***@client.example")
                        .doesNotContainIgnoringCase("bakker");
                await().until(() -> daemon.said().contains(" event=acted ") && daemon.said().contains("command=\"forget --address "));

                assertThat(facteur("queue", "remove", waiting).exitCode()).isZero();
                assertThat(facteur("forget", "--address", ZOE).exitCode()).isZero();
                assertThat(facteur("log", ZOE)).isEqualTo(new Ended(0, "", "facteur: the message log has no such letter: " + ZOE + "\n"));
                assertThat(daemon.stop()).isEqualTo(143);
            }
            assertThat(Files.readString(relay.state().resolve("facteur.db"), StandardCharsets.ISO_8859_1)).doesNotContainIgnoringCase("zoe.bakker");
        }
        assertThat(facteur("forget", "--address", "@client.example").exitCode()).isEqualTo(64);
        assertThat(facteur("forget").exitCode()).isEqualTo(64);
    }

    private static String submit(AppConnection app, String... recipients) throws IOException {
        var reply =
                app.submit("<jan@dupont.example>", List.of(recipients), "From: jan@dupont.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.code()).isEqualTo(250);
        return reply.toString().replaceAll(".* ", "");
    }

    private Ended facteur(String... words) {
        return Command.run(relay.config(), words);
    }
}
