package facteur.upstream;

import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.message;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static facteur.upstream.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.RecordingJournal;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.mail.message.FileBody;
import facteur.mail.message.Message;
import facteur.mail.mime.Conversion;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.platform.clock.SteadyTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A letter with 8-bit octets, and upstreams that offer 8BITMIME or don't. What a conversion does is in the tests of `mime`.
final class ConvertedLetterTest {
    private static final Message WIDE = message("h\u00e9\r\n");
    private static final Message NARROW = message("h=E9, and more\r\n");
    private static final Envelope ENVELOPE = with(to("bob@x.example", "an@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.ASCII);

    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream peer = ScriptedUpstream.start().offer("SIZE");
    private final List<Message> asked = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        peer.close();
    }

    private SmtpUpstream upstream(SevenBitForm form) {
        var time = SteadyTime.system();
        SevenBitForm counted = message -> {
            asked.add(message);
            return form.of(message);
        };
        return new SmtpUpstream(smarthost(peer), new SendingRate(List.of()), Samples.breaker(time), counted, journal, time);
    }

    private List<String> relayed(SevenBitForm form) {
        try (var upstream = upstream(form)) {
            return upstream.relay(ID, ENVELOPE, WIDE).stream().map(outcome -> text(outcome)).toList();
        }
    }

    @Test
    void sendsTheSevenBitFormAndItsSize() {
        assertThat(relayed(_ -> new Conversion.Converted(NARROW))).containsOnly("Relayed 250 2.0.0 taken");

        assertThat(peer.commands()).contains("MAIL FROM:<app@office.example> SIZE=" + NARROW.sizeBytes());
        assertThat(peer.letters().getFirst().body()).isEqualTo("h=E9, and more\r\n");
        assertThat(journal.events()).containsExactly(new MailEvent.Converted(ID.text(), "smarthost"));
    }

    @Test
    void convertsNothingForAnUpstreamThatTakesEightBits() {
        peer.offer("8BITMIME");

        assertThat(relayed(_ -> new Conversion.Converted(NARROW))).containsOnly("Relayed 250 2.0.0 taken");

        assertThat(peer.commands()).contains("MAIL FROM:<app@office.example> BODY=8BITMIME");
        assertThat(peer.letters().getFirst().body()).isEqualTo("h\u00e9\r\n");
        assertThat(asked).isEmpty();
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void sendsALetterAsItIsWhenThereIsNothingToConvert() {
        assertThat(relayed(_ -> new Conversion.Unchanged())).containsOnly("Relayed 250 2.0.0 taken");

        assertThat(peer.letters().getFirst().body()).isEqualTo("h\u00e9\r\n");
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void givesBackWhatCantBeConvertedAndSaysWhy() {
        assertThat(relayed(_ -> new Conversion.Unfit("a part that is signed holds 8-bit octets")))
                .containsOnly("PermFailed MAIL 550 5.6.3 The upstream does not offer 8BITMIME, and this letter can't be converted: "
                        + "a part that is signed holds 8-bit octets");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void triesAgainLaterWhenTheDiskIsFullAndBlamesNoUpstream() {
        assertThat(relayed(_ -> {
            throw new IOException("No space left on device");
        }))
                .allMatch(outcome -> outcome.startsWith("TempFailed DATA") && outcome.endsWith("No space left on device"));
        assertThat(FailureScope.of(Stage.DATA, new FailureCause.Trouble("cannot convert the letter"))).isEqualTo(FailureScope.LETTER);
    }

    @Test
    void convertsOnceThoughTheFirstConnectionIsDead() {
        try (var upstream = upstream(_ -> new Conversion.Converted(NARROW))) {
            assertThat(upstream.relay(ID, to("bob@x.example"), WIDE).getFirst()).isInstanceOf(Outcome.Relayed.class);
            peer.once("MAIL", Act.drop());

            assertThat(upstream.relay(ID, ENVELOPE, WIDE).getFirst()).isInstanceOf(Outcome.Relayed.class);
            assertThat(peer.connections()).isEqualTo(2);
            assertThat(asked).containsExactly(WIDE);
        }
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        var file = Files.writeString(folder.resolve("new.body"), "h=E9\r\n", StandardCharsets.US_ASCII);
        var large = new Message(WIDE.header(), new FileBody(file, 6));

        assertThat(relayed(_ -> new Conversion.Converted(large))).containsOnly("Relayed 250 2.0.0 taken");

        assertThat(peer.letters().getFirst().body()).isEqualTo("h=E9\r\n");
        assertThat(folder).isEmptyDirectory();
    }
}
