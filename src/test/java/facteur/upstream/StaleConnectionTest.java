package facteur.upstream;

import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.breaker;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.mail.smtp.TlsMode;
import facteur.platform.clock.SteadyTime;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a connection that has served before says of itself is not held against the next letter.
final class StaleConnectionTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private SmtpUpstream upstream = Samples.upstream(smarthost(peer), breaker(SteadyTime.system()), SteadyTime.system());

    @AfterEach
    void close() {
        peer.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 421 4.4.2 idle for too long",
        "MAIL, 421 4.7.0 too many messages in this connection",
        "MAIL, 451 4.4.2 Timeout waiting for data from client.",
        "MAIL, 554 5.4.2 idle",
        "MAIL, 554 too much of this connection; try again later",
        "MAIL, 503 5.5.1 Sender already given",
        "MAIL, 503 nested MAIL command",
        "MAIL, 550 5.7.0 Too many messages in this connection",
        "MAIL, 452 4.5.3 Too many messages",
        "MAIL, 530 5.7.0 Authentication required",
        "MAIL, 250-what",
        "MAIL, 354 what",
        "RCPT, 421 4.4.2 idle for too long",
        "RCPT, 503 5.5.1 MAIL first",
        "RCPT, 451 4.4.2 timeout",
        "RCPT, 550 too many mails per session",
        "DATA, 421 4.3.2 closing",
        "DATA, 503 5.5.1 RCPT first",
        "DATA, 451 4.4.2 timeout",
    })
    void sendsTheNextLetterOverAFreshOne(String cue, String reply) {
        relayed();
        peer.once(cue, reply.startsWith("421") || reply.endsWith("what") ? sayAndDrop(reply) : say(reply));

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters()).hasSize(2);
        assertThat(peer.connections()).isEqualTo(2);
        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void sendsTheNextLetterOverAFreshOneWhenItIsGone(String cue) {
        relayed();
        peer.once(cue, drop());

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 5.4.2 idle for too long", "451 4.4.2 timeout", "250 2.0.0 forged", "nonsense"})
    void hearsWhatWasSaidBeforeMail(String reply) throws IOException {
        relayed();
        peer.mutter(reply);

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.octets(1)).containsOnlyOnce("MAIL");
    }

    @Test
    void keepsATlsConnectionThatOnlySentTickets() throws IOException {
        upstream = Samples.upstream(
                smarthost(peer, TlsMode.STARTTLS_REQUIRED).withTrust(Trust.pem(ScriptedUpstream.certificate())),
                breaker(SteadyTime.system()),
                SteadyTime.system());
        peer.offer("STARTTLS", "PIPELINING");

        relayed();
        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void believesARefusalThatAFreshOneRepeats() {
        relayed();
        peer.when("MAIL", say("550 5.7.1 sender not allowed"));

        assertThat(relayed()).isEqualTo("PermFailed MAIL 550 5.7.1 sender not allowed");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "MAIL, 553 5.1.8 sender's domain unknown",
        "MAIL, 552 5.3.4 too big",
        "RCPT, 550 5.1.1 no such user",
        "DATA, 554 5.7.1 no",
        "., 554 5.6.0 no",
    })
    void believesAtOnceWhatIsPlainlyAboutTheLetter(String row) {
        relayed();
        var cells = row.split(", ", 2);
        peer.once(cells[0], say(cells[1]));

        assertThat(relayed()).startsWith("PermFailed").endsWith(cells[1]);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void sendsNothingTwiceOnceTheDotHasLeft() {
        relayed();
        peer.once(".", sayAndDrop("451 4.4.2 timeout"));

        assertThat(relayed()).isEqualTo("TempFailed END_OF_DATA 451 4.4.2 timeout");
        assertThat(peer.letters()).hasSize(2);
        assertThat(peer.connections()).isEqualTo(1);
    }

    /// The letter after it has its own fresh connection, and each letter of a host that serves two on one arrives at once.
    @Test
    void isNotHinderedByAHostThatServesTwoLettersAConnection() {
        for (var i = 0; i < 3; i++) {
            relayed();
            relayed();
            peer.once("MAIL", say("550 5.7.0 Too many messages in this connection"));
        }

        assertThat(peer.letters()).hasSize(6);
        assertThat(peer.connections()).isEqualTo(3);
    }

    @Test
    void keepsARefusalThatCameBeforeTheConnectionWasAtItsEnd() {
        relayed();
        peer.once("RCPT TO:<bob@", say("550 5.1.1 unknown")).once("RCPT TO:<eve@", say("451 4.4.2 timeout"));

        var outcomes = upstream.relay(ID, to("bob@x.example", "eve@x.example", "kim@x.example"), HELLO);

        assertThat(outcomes.stream().map(Samples::text))
                .isEqualTo(List.of("PermFailed RCPT 550 5.1.1 unknown", "Relayed 250 2.0.0 taken", "Relayed 250 2.0.0 taken"));
        assertThat(peer.letters().getLast().recipients()).containsExactly("RCPT TO:<eve@x.example>", "RCPT TO:<kim@x.example>");
    }

    private String relayed() {
        return text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst());
    }
}
