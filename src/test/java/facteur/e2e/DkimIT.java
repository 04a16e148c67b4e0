package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.Act;
import facteur.fixture.DkimVerifier;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.Dkimpy;
import facteur.fixture.FreePort;
import facteur.fixture.PlainVerifier;
import facteur.fixture.Postfix;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.SignedCorpus;
import facteur.fixture.TakenLetter;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.dkim.KeyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What leaves the relay carries signatures that other programs verify: as it leaves, and behind a Postfix that relays it
/// further. Verifiers are a plain one of ours and, where it is installed, Debian's python3-dkim.
final class DkimIT {
    private static final Instant PUBLISHED_AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final String OFFICE = "dupont.example";
    private static final String SHARED = "shared.example";
    private static final String PLAIN = "plain";
    private static final String DKIMPY = "dkimpy";

    private static final Path HOP = Path.of("src/test/resources/client/postfix-hop").toAbsolutePath();

    /// Postfix folds lines over 998 octets (RFC 5321 §4.5.3.1.6), and changes them by that.
    private static final List<String> CHANGED_BY_POSTFIX = List.of("15-line-5000", "16-line-60000", "69-long-header-lines");

    /// It has a blank before a colon (RFC 5322 §4.5), which dkimpy takes for no header; Postfix takes the blank away.
    private static final List<String> UNREAD_BY_DKIMPY = List.of("32-odd-field-names");

    @TempDir
    private Path folder;

    @TempDir
    private Path hop;

    private final RecordingJournal journal = new RecordingJournal();

    @Test
    void signsTheWholeCorpusSoThatOthersVerifyIt() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            var published = corpus().publish(OFFICE);
            var failures = relayCorpus(upstream.port(), upstream, published);

            assertThat(failures.get(PLAIN)).isEmpty();
            assertThat(asDkimpySays(failures)).isEqualTo(UNREAD_BY_DKIMPY);
        }
    }

    @Test
    void keepsItsSignaturesThroughPostfix() throws Exception {
        assumeTrue(Postfix.isHere(), "no Postfix, or not root");
        try (var sink = ScriptedUpstream.start()) {
            var published = corpus().publish(OFFICE);
            var port = FreePort.next();
            try (var postfix = Postfix.start(
                    hop,
                    List.of(HOP.resolve("main.cf"), HOP.resolve("master.cf")),
                    Map.of("PORT", Integer.toString(port), "SINK", Integer.toString(sink.port())))) {
                SignedCorpus.awaitPort(port);
                var failures = relayCorpus(port, sink, published);

                assertThat(postfix.log()).contains("status=sent").doesNotContain("fatal:");
                assertThat(failures.get(PLAIN)).isEqualTo(CHANGED_BY_POSTFIX);
                assertThat(asDkimpySays(failures)).isEqualTo(CHANGED_BY_POSTFIX);
            }
        }
    }

    private Map<String, List<String>> relayCorpus(int port, ScriptedUpstream sink, List<Published> published) throws IOException {
        var verifiers = new HashMap<String, DkimVerifier>();
        verifiers.put(PLAIN, new PlainVerifier(published));
        var dkimpy = Dkimpy.start(folder, published);
        dkimpy.ifPresent(other -> verifiers.put(DKIMPY, other));
        try {
            return corpus().relay(port, sink, verifiers);
        } finally {
            dkimpy.ifPresent(Dkimpy::close);
        }
    }

    private static List<String> asDkimpySays(Map<String, List<String>> failures) {
        var names = failures.get(DKIMPY);
        assumeTrue(names != null, "verified by the plain verifier only: no python3-dkim");
        return names;
    }

    @Test
    void signsForTheSharedAddressWithTheKeyOfItsOwnDomain() throws Exception {
        corpus().publish(OFFICE);
        var published = corpus().publish(SHARED);
        try (var upstream = ScriptedUpstream.start();
                var relay = relays().office("durand", "company: Etude Durand <etude@durand.example>\n")
                        .relayingTo(upstream.port())
                        .start(journal)) {
            SignedCorpus.submit(relay.ports().getFirst(), "X-Office-Id: durand\r\nFrom: jan@dupont.example\r\n\r\nGood day!\r\n", "");

            var letter = upstream.awaitLetters(1).getFirst().data();
            assertThat(letter).contains("d=shared.example;").doesNotContain("d=dupont.example");
            assertThat(new PlainVerifier(published).verify(letter)).containsExactly("pass", "pass");
        }
    }

    @Test
    void signsItsOwnReports() throws Exception {
        var verifier = new PlainVerifier(corpus().publish(SHARED));
        var time = new TestTime();
        try (var upstream = ScriptedUpstream.start();
                var relay = relays().office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port()).start(time, journal)) {
            upstream.when("RCPT TO:<client@", Act.say("451 4.2.1 later"));
            SignedCorpus.submit(relay.ports().getFirst(), "From: jan@dupont.example\r\n\r\nGood day!\r\n", "");
            journal.await(MailEvent.Deferred.class, 1);

            time.advance(Duration.ofHours(5));
            journal.await(MailEvent.DelayReported.class, 1);
            upstream.awaitLetters(1);
            time.advance(Duration.ofDays(5));
            assertThat(upstream.awaitLetters(2)).extracting(TakenLetter::data)
                    .allSatisfy(report -> assertThat(report).contains("\r\nFrom: Mail Delivery System <mailer-daemon@shared.example>\r\n"))
                    .allSatisfy(report -> assertThat(verifier.verify(report)).startsWith("pass", "pass"))
                    .satisfiesExactly(
                            report -> assertThat(report).contains("Action: delayed"),
                            report -> assertThat(report).contains("Action: failed"));
        }
    }

    @Test
    void signsWithWhatIsActiveOnly() throws Exception {
        var keys = new KeyFolder(relays().state());
        var ed25519 = keys.create(OFFICE, PUBLISHED_AT).keys().getLast().key();
        try (var upstream = ScriptedUpstream.start(); var relay = relays().office("dupont", RelayFolder.DUPONT)
                .relayingTo(upstream.port())
                .start(journal)) {
            SignedCorpus.submit(relay.ports().getFirst(), "From: jan@dupont.example\r\n\r\nGood day!\r\n", "");
            assertThat(upstream.awaitLetters(1).getFirst().data()).doesNotContain("DKIM-Signature");
            assertThat(journal.await(MailEvent.Accepted.class, 1).getFirst().dkimSelectors()).isEmpty();
        }
        keys.activate(OFFICE, ed25519.selector(), PUBLISHED_AT);
        Files.writeString(relays().state().resolve("keys").resolve(OFFICE).resolve("damaged.pem"), "not a key");
        try (var upstream = ScriptedUpstream.start(); var relay = relays().relayingTo(upstream.port()).start(journal)) {
            SignedCorpus.submit(relay.ports().getFirst(), "From: jan@dupont.example\r\n\r\nGood day!\r\n", "");
            SignedCorpus.submit(relay.ports().getFirst(), "From: jan@dupont.example\r\n\r\nGood day!\r\n", "");
            var verifier = new PlainVerifier(Published.of(OFFICE, List.of(ed25519)));
            assertThat(upstream.awaitLetters(2)).allSatisfy(letter -> assertThat(verifier.verify(letter.data())).containsExactly("pass"));
            assertThat(journal.await(MailEvent.Accepted.class, 3).getLast().dkimSelectors()).containsExactly(ed25519.selector());
            assertThat(journal.events(MailEvent.KeyTrouble.class)).singleElement()
                    .satisfies(trouble -> assertThat(trouble.what()).contains("damaged.pem holds no private key"));
        }
    }

    private RelayFolder relays() {
        return new RelayFolder(folder);
    }

    private SignedCorpus corpus() {
        return new SignedCorpus(folder, journal);
    }
}
