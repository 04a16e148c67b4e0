package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.FreePort;
import facteur.fixture.OpenDkim;
import facteur.fixture.Postfix;
import facteur.fixture.RecordingJournal;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.SignedCorpus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures as a receiver sees them: a Postfix with Debian's OpenDKIM, behind a Postfix that has relayed the letter.
final class OpenDkimIT {
    private static final Path RECEIVER = Path.of("src/test/resources/client/postfix-receiver").toAbsolutePath();

    /// The hop folds lines over 998 octets, and changes them by that.
    private static final List<String> CHANGED_BY_POSTFIX = List.of("15-line-5000", "16-line-60000", "69-long-header-lines");

    @TempDir
    private Path folder;

    @TempDir
    private Path mailer;

    @Test
    void believesBothSignaturesBehindAHop() throws Exception {
        assumeTrue(OpenDkim.isHere(), "no OpenDKIM (opendkim)");
        assumeTrue(Postfix.isHere(), "no Postfix, or not root");
        var corpus = new SignedCorpus(folder, new RecordingJournal());
        var published = corpus.publish("dupont.example");
        var port = FreePort.next();
        var receiver = FreePort.next();
        try (var sink = ScriptedUpstream.start();
                var openDkim = OpenDkim.start(mailer, published);
                var postfix = Postfix.start(
                        mailer,
                        List.of(RECEIVER.resolve("main.cf"), RECEIVER.resolve("master.cf")),
                        Map.of(
                                "PORT", Integer.toString(port),
                                "RECEIVER", Integer.toString(receiver),
                                "SINK", Integer.toString(sink.port())))) {
            SignedCorpus.awaitPort(port);
            SignedCorpus.awaitPort(receiver);
            var failures = corpus.relay(port, sink, Map.of("OpenDKIM", openDkim));

            assertThat(postfix.log()).contains("status=sent").doesNotContain("fatal:");
            assertThat(failures).containsEntry("OpenDKIM", CHANGED_BY_POSTFIX);
        }
    }
}
