package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the packaged program has answered 250 to outlives `kill -9`; and that it has, so that none leaves twice.
final class KillIT {
    private static final int LETTERS = 20;

    /// Over 256 KB: it lies in a file of its own.
    private static final String LARGE = ("x".repeat(76) + "\r\n").repeat(4_000);

    @TempDir
    private Path folder;

    private final List<String> answers = new ArrayList<>();

    @Test
    void losesNothingThatGotA250() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("CONNECT", Act.say("421 4.3.2 not now"));
            var relay = new RelayFolder(folder)
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(upstream.port(), "delivery: { retry: [1s] }\n");
            try (var first = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(first.port())) {
                for (var i = 0; i < LETTERS; i++) {
                    answers.add(submit(app, i));
                }
                assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("250 ")).doesNotHaveDuplicates();
                first.kill();
            }

            upstream.when("CONNECT", Act.say("220 upstream.example ready"));
            try (var second = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(second.port())) {
                // One in the row, and a large one: their app has heard nothing of the 250, and sends them again.
                assertThat(List.of(submit(app, 3), submit(app, 10))).containsExactly(answers.get(3), answers.get(10));
                var bodies = upstream.awaitLetters(LETTERS).stream().map(TakenLetter::body).toList();
                assertThat(bodies).containsExactlyInAnyOrderElementsOf(expectedBodies());
                assertThat(second.stop()).isEqualTo(143);
            }
        }
    }

    private static String submit(AppConnection app, int number) throws IOException {
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter(number)).toString();
    }

    private static List<String> expectedBodies() {
        var bodies = new ArrayList<String>();
        for (var i = 0; i < LETTERS; i++) {
            bodies.add(body(i));
        }
        return bodies;
    }

    private static byte[] letter(int number) {
        return ("From: jan@dupont.example\r\nMessage-ID: <" + number + "@dupont.example>\r\nSubject: " + number + "\r\n\r\n" + body(number))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String body(int number) {
        return "letter " + number + "\r\n" + (number % 10 == 0 ? LARGE : "");
    }
}
