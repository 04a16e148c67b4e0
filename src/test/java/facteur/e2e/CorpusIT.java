package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import facteur.fixture.AppConnection;
import facteur.fixture.Corpus;
import facteur.fixture.Corpus.Parts;
import facteur.fixture.Corpus.SampleLetter;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.junit.FacteurExtension;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every letter of the corpus through the relay, to GreenMail and to an upstream that keeps the octets: fields that no
/// rule names arrive byte for byte and in order, and so does the body.
final class CorpusIT {
    /// Design §2.3: replaced or removed.
    private static final String[] NAMED = {
        "From", "Reply-To", "X-Context", "X-Relation-Id", "X-Office-Id", "Bcc", "Resent-Bcc", "Return-Path", "Sender",
        "DKIM-Signature", "Disposition-Notification-To", "Return-Receipt-To"
    };

    private static final GreenMail GREEN_MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final ScriptedUpstream SCRIPTED = ScriptedUpstream.start();

    @RegisterExtension
    static final FacteurExtension toGreenMail = relay(() -> GREEN_MAIL.getSmtp().getPort());

    @RegisterExtension
    static final FacteurExtension toScripted = relay(SCRIPTED::port);

    private static FacteurExtension relay(IntSupplier port) {
        return FacteurExtension.create().office("dupont", RelayFolder.DUPONT).trusting("dupont.example").relayingTo(port);
    }

    @BeforeAll
    static void start() {
        GREEN_MAIL.start();
    }

    @AfterAll
    static void stop() {
        GREEN_MAIL.stop();
        SCRIPTED.close();
    }

    static List<SampleLetter> letters() {
        return Corpus.letters();
    }

    /// GreenMail replaces octets of a header that are neither US-ASCII nor UTF-8.
    static List<SampleLetter> lettersForGreenMail() {
        return letters().stream().filter(letter -> letter.isUtf8() || letter.isHeaderAscii()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lettersForGreenMail")
    void reachesGreenMailUnchanged(SampleLetter letter) throws Exception {
        GREEN_MAIL.purgeEmailFromAllMailboxes();
        submit(toGreenMail, letter, letter.isUtf8() ? " SMTPUTF8" : "");
        assertThat(GREEN_MAIL.waitForIncomingEmail(10_000, 1)).isTrue();
        // GreenMail counts the line end before the final dot to the dot, not to the letter.
        var body = overTheWire(letter.parts().body());
        assertUnchanged(letter, text(GREEN_MAIL.getReceivedMessages()[0], letter), body.replaceAll("\r\n\\z", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("letters")
    void reachesTheWireUnchanged(SampleLetter letter) throws Exception {
        var before = SCRIPTED.letters().size();
        // What the app declares is what it could do: the letter goes as what it holds.
        submit(toScripted, letter, " BODY=8BITMIME SMTPUTF8");
        var taken = SCRIPTED.awaitLetters(before + 1).getLast();
        assertUnchanged(letter, taken.data(), overTheWire(letter.parts().body()));
        assertThat(taken.mail().contains("BODY=8BITMIME")).isEqualTo(isEightBit(taken.data()));
        assertThat(taken.mail().contains("SMTPUTF8")).isEqualTo(isEightBit(String.join("", Parts.of(taken.data()).fields())));
    }

    private static boolean isEightBit(String octets) {
        return octets.chars().anyMatch(c -> c > 127);
    }

    private static void submit(FacteurExtension relay, SampleLetter letter, String parameters) throws Exception {
        try (var app = AppConnection.greeted(relay.port())) {
            var reply = app.submit("<jan@dupont.example>" + parameters, List.of("client@example.com"), letter.octets());
            assertThat(reply.code()).as(reply.toString()).isEqualTo(250);
        }
    }

    private static void assertUnchanged(SampleLetter letter, String arrived, String body) {
        var before = letter.parts();
        var after = Parts.of(arrived);

        var added = new ArrayList<>(List.of(after.fields().getFirst()));
        for (var name : List.of("Date", "Message-ID")) {
            if (before.named(name).isEmpty()) {
                assertThat(after.named(name)).hasSize(1);
                added.addAll(after.named(name));
            }
        }
        assertThat(added.getFirst()).startsWith("Received: from app.example ([127.0.0.1])\r\n\tby relay.example.org with ");
        assertThat(after.without(NAMED).stream().filter(field -> !added.contains(field)))
                .containsExactlyElementsOf(before.without(NAMED));
        assertThat(after.named("From")).hasSize(1);
        assertThat(after.named("Reply-To")).hasSize(1);
        assertThat(after.named("X-Context", "X-Relation-Id", "X-Office-Id", "Bcc", "Resent-Bcc", "Return-Path", "Sender", "DKIM-Signature"))
                .isEmpty();
        assertThat(after.body()).isEqualTo(body);
    }

    /// SMTP ends every line: a letter that doesn't gets its last line end on the way (RFC 5321 §4.1.1.4).
    private static String overTheWire(String body) {
        return body.isEmpty() || body.endsWith("\r\n") ? body : body + "\r\n";
    }

    private static String text(MimeMessage message, SampleLetter letter) throws Exception {
        var out = new ByteArrayOutputStream();
        var charset = letter.isUtf8() && decodesUtf8(message) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        var lines = Collections.list(message.getAllHeaderLines());
        // GreenMail puts Return-Path and Received of its own on top.
        var ours = lines.indexOf(lines.stream().filter(line -> line.contains("by relay.example.org")).findFirst().orElseThrow());
        for (var line : lines.subList(ours, lines.size())) {
            out.write((line + "\r\n").getBytes(charset));
        }
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        message.getRawInputStream().transferTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /// GreenMail parses with the JVM's default mail session. Its first caller sets its properties: behind a test with Wiser the
    /// fields are Latin-1.
    private static boolean decodesUtf8(MimeMessage message) {
        return Boolean.parseBoolean(message.getSession().getProperty("mail.mime.allowutf8"));
    }
}
