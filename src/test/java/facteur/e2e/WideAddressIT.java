package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sender whose local part is not US-ASCII gets the replies only when the upstream has said that it takes such addresses.
final class WideAddressIT {
    @TempDir
    private Path folder;

    @Test
    void repliesGoToTheWideAddressOnceTheUpstreamTakesIt() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var relay = relay(upstream)) {
            assertThat(replyTo(relay, upstream, 1)).describedAs("nothing is known yet").isEqualTo("Cabinet Dupont <office@dupont.example>");
            assertThat(replyTo(relay, upstream, 2)).isEqualTo("=?UTF-8?B?SsO8cmdlbg==?= <jürgen@dupont.example>");
        }
    }

    @Test
    void repliesGoToTheCompanyWhenTheUpstreamDoesNot() throws Exception {
        try (var upstream = ScriptedUpstream.start().offer("PIPELINING", "8BITMIME");
                var relay = relay(upstream)) {
            assertThat(replyTo(relay, upstream, 1)).isEqualTo("Cabinet Dupont <office@dupont.example>");
        }
    }

    private Daemon relay(ScriptedUpstream upstream) {
        return new RelayFolder(folder)
                .office("dupont", "company: Cabinet Dupont <office@dupont.example>\nreply-to: sender\n")
                .relayingTo(upstream.port())
                .start(new RecordingJournal());
    }

    /// Without SMTPUTF8 at the upstream the letter goes all the same, if nothing else in its header needs it.
    private static String replyTo(Daemon relay, ScriptedUpstream upstream, int count) throws IOException {
        try (var app = AppConnection.greeted(relay.ports().getFirst())) {
            var letter = "From: Jürgen <jürgen@dupont.example>\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);
            assertThat(app.submit("<app@dupont.example> SMTPUTF8", List.of("client@example.com"), letter).code()).isEqualTo(250);
        }
        var header = new String(upstream.awaitLetters(count).getLast().octets(), StandardCharsets.UTF_8);
        return header.lines().filter(line -> line.startsWith("Reply-To: ")).findFirst().orElseThrow().substring("Reply-To: ".length());
    }
}
