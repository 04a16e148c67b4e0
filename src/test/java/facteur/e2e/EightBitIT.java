package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.Corpus;
import facteur.fixture.Corpus.SampleLetter;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.Dkimpy;
import facteur.fixture.MimeReading;
import facteur.fixture.PlainVerifier;
import facteur.fixture.PythonReading;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.SignedCorpus;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters with 8-bit octets, and a smarthost that doesn't offer 8BITMIME.
final class EightBitIT {
    private static final String TEXT = "Überweisung über 1.250,00 € – bitte bis 20. prüfen.\r\n-- \r\nJan\r\n".repeat(3);
    private static final String ATTACHED = "--b\r\nContent-Type: text/csv\r\n\r\nfrom;to\r\n.;=  \r\n--b--\r\n";

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start().offer("PIPELINING", "SIZE");

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void arrivesInSevenBitsWithTheSameTextAndSigned() throws Exception {
        var published = new SignedCorpus(folder, journal).publish("dupont.example");
        try (var relay = office().start(journal)) {
            submit(relay.ports().getFirst(), "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                    + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + octets(TEXT) + "\r\n" + ATTACHED);
            var arrived = upstream.awaitLetters(1).getFirst();

            assertThat(arrived.data()).matches(data -> data.chars().allMatch(c -> c < 128)).endsWith(ATTACHED);
            assertThat(arrived.mail()).doesNotContain("BODY").contains(" SIZE=" + arrived.data().length());
            assertThat(MimeReading.contents(arrived.data()))
                    .containsExactly("text/plain; charset=utf-8: " + octets(TEXT), "text/csv: from;to\r\n.;=  ");
            assertThat(verdicts(published, arrived.data())).allSatisfy((verifier, words) -> assertThat(words).containsExactly("pass", "pass"));
            journal.await(MailEvent.Relayed.class, 1);
            assertThat(journal.events(MailEvent.Converted.class)).hasSize(1);
        }
    }

    @Test
    void saysTheSameToMailProgramsAsTheOriginal() throws Exception {
        try (var relay = office().start(journal)) {
            for (var letter : converted()) {
                var before = upstream.letters().size();
                submitWhole(relay.ports().getFirst(), letter.text());
                var arrived = upstream.awaitLetters(before + 1).getLast().data();
                assertThat(MimeReading.contents(arrived)).as(letter.name()).isEqualTo(MimeReading.contents(letter.text()));
                if (PythonReading.isHere()) {
                    assertThat(PythonReading.contents(arrived)).as(letter.name()).isEqualTo(PythonReading.contents(letter.text()));
                }
            }
        }
    }

    @Test
    void takesALargeBodyThroughAFileAndKeepsNone() throws Exception {
        try (var relay = office().start(journal)) {
            submit(relay.ports().getFirst(), "Content-Type: text/plain; charset=utf-8\r\n\r\n" + octets(TEXT).repeat(3_000));
            var arrived = upstream.awaitLetters(1).getFirst().data();

            assertThat(MimeReading.contents(arrived)).containsExactly("text/plain; charset=utf-8: " + octets(TEXT).repeat(3_000));
            journal.await(MailEvent.Relayed.class, 1);
            assertThat(new RelayFolder(folder).state().resolve("incoming")).isEmptyDirectory();
        }
    }

    @Test
    void givesBackWhatIsSignedInsideByAReportThatArrives() throws Exception {
        try (var relay = office().start(journal)) {
            submit(relay.ports().getFirst(), "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n" + octets(TEXT) + "\r\n--b--\r\n");
            var report = upstream.awaitLetters(1).getFirst();

            assertThat(report.mail()).startsWith("MAIL FROM:<>");
            assertThat(report.data()).contains("5.6.3", "a part that is signed holds 8-bit octets")
                    .matches(data -> data.chars().allMatch(c -> c < 128));
            assertThat(journal.events(MailEvent.Failed.class)).hasSize(1);
            assertThat(journal.events(MailEvent.Dropped.class)).isEmpty();
        }
    }

    /// Those of the corpus that are, and whose own header is US-ASCII.
    private static List<SampleLetter> converted() {
        return Corpus.letters().stream()
                .filter(letter -> letter.isEightBit() && letter.isHeaderAscii() && letter.parts().without().size() > 3)
                .toList();
    }

    private RelayFolder office() {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port());
    }

    private static void submit(int port, String rest) throws IOException {
        submitWhole(port, "From: jan@dupont.example\r\nTo: bob@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + rest);
    }

    private static void submitWhole(int port, String letter) throws IOException {
        try (var app = AppConnection.greeted(port)) {
            var reply = app.submit("<jan@dupont.example> BODY=8BITMIME", List.of("bob@example.com"), letter.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(reply.code()).isEqualTo(250);
        }
    }

    /// UTF-8, each octet a character.
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Map<String, List<String>> verdicts(List<Published> published, String letter) throws IOException {
        var verdicts = new HashMap<>(Map.of("plain", new PlainVerifier(published).verify(letter)));
        var dkimpy = Dkimpy.start(folder, published);
        if (dkimpy.isPresent()) {
            try (var verifier = dkimpy.get()) {
                verdicts.put("dkimpy", verifier.verify(letter));
            }
        }
        return verdicts;
    }
}
