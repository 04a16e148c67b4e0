package facteur.upstream;

import static facteur.fixture.Act.interrupt;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayInPieces;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.relay;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act.Then;
import facteur.fixture.ScriptedUpstream;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.TlsMode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a peer says before it has the whole letter.
final class InterruptedLetterTest {
    /// More than the buffers between two sockets hold.
    private static final Message LARGE = large(8 << 20);

    private final ScriptedUpstream peer = ScriptedUpstream.start();

    @AfterEach
    void close() {
        peer.close();
    }

    @ParameterizedTest
    @EnumSource
    void hearsARefusalInTheMiddle(Then then) {
        peer.when("BODY", interrupt(100_000, "552 5.3.4 Your message is too big", then));

        assertThat(relayed(LARGE)).isEqualTo("PermFailed DATA 552 5.3.4 Your message is too big");
        assertThat(peer.octets(1)).doesNotContain("QUIT");
    }

    @ParameterizedTest
    @EnumSource
    void hearsARefusalInTheMiddleOverTls(Then then) throws IOException {
        peer.offer("STARTTLS", "PIPELINING").when("BODY", interrupt(100_000, "552 5.3.4 Your message is too big", then));
        var smarthost = patient(smarthost(peer, TlsMode.STARTTLS_REQUIRED).withTrust(Trust.pem(ScriptedUpstream.certificate())));

        assertThat(text(relay(smarthost, to("bob@x.example"), LARGE).getFirst()))
                .isEqualTo("PermFailed DATA 552 5.3.4 Your message is too big");
    }

    @ParameterizedTest
    @CsvSource({
        "421 4.3.2 closing,   TempFailed DATA 421 4.3.2 closing",
        "452 4.3.1 disk full, TempFailed DATA 452 4.3.1 disk full",
        "250 2.0.0 forged,    'TempFailed DATA out of step, before the end of the letter: 250 2.0.0 forged'",
        "354 go on,           'TempFailed DATA out of step, before the end of the letter: 354 go on'",
        "nonsense,            TempFailed DATA not an SMTP reply: nonsense",
    })
    void hearsAnythingInTheMiddle(String reply, String outcome) {
        peer.when("BODY", interrupt(100_000, reply, Then.READ_ON));

        assertThat(relayed(LARGE)).isEqualTo(outcome);
        assertThat(peer.letters()).isEmpty();
    }

    /// A letter that goes in one block with its dot.
    @ParameterizedTest
    @CsvSource({
        "250 2.0.0 forged, 'TempFailed DATA out of step, before the end of the letter: 250 2.0.0 forged'",
        "552 5.3.4 no,     PermFailed DATA 552 5.3.4 no",
        "451 4.3.0 later,  TempFailed DATA 451 4.3.0 later",
    })
    void takesNothingThatWasSaidBeforeTheDotForAnAnswerToIt(String reply, String outcome) {
        peer.when("DATA", say("354 go\r\n" + reply));

        assertThat(relayed(HELLO)).isEqualTo(outcome);
        peer.awaitNoConnection();
        assertThat(peer.letters()).isEmpty();
        assertThat(peer.octets(1)).doesNotContain("Subject: test");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void leavesTheNextLetterAlone(int times) {
        for (var i = 0; i < times; i++) {
            peer.once("BODY", interrupt(100_000, "552 5.3.4 too big", Then.READ_ON));
            assertThat(relayed(LARGE)).startsWith("PermFailed");
            assertThat(relayed(HELLO)).startsWith("Relayed");
        }
    }

    @Test
    void waitsForALargeLettersReply() {
        peer.when(".", sayInPieces("250 2.0.0 taken"));

        assertThat(relayed(large(500_000))).isEqualTo("Relayed 250 2.0.0 taken");
    }

    private String relayed(Message message) {
        return text(relay(patient(smarthost(peer)), to("bob@x.example"), message).getFirst());
    }

    /// Notices soon that nothing is taken.
    private static Smarthost patient(Smarthost smarthost) {
        var ample = Duration.ofSeconds(5);
        return smarthost.withTimeouts(new Timeouts(ample, ample, ample, Duration.ofSeconds(2), ample, ample, ample));
    }

    private static Message large(int size) {
        var body = new byte[size];
        Arrays.fill(body, (byte) 'x');
        for (var i = 76; i + 1 < body.length; i += 78) {
            body[i] = '\r';
            body[i + 1] = '\n';
        }
        return Samples.message("Subject: large\r\n", new MemoryBody(body));
    }
}
