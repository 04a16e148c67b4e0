package facteur.upstream;

import static facteur.fixture.Act.drip;
import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.sayHalf;
import static facteur.fixture.Act.sayInPieces;
import static facteur.fixture.Act.sip;
import static facteur.fixture.Act.stall;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.relay;
import static facteur.upstream.Samples.shortTimeouts;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.ScriptedUpstream;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.smtp.TlsMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each recipient gets for what the peer does. See also [SilentPeerTest].
class OutcomeTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();

    /// Loads the classes of both sides, so that short timeouts measure the peer alone.
    @BeforeAll
    static void warmUp() {
        try (var peer = ScriptedUpstream.start()) {
            relay(peer, to("bob@x.example"));
        }
    }

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void relaysWhatIsTaken() {
        assertThat(texts("bob@x.example")).containsExactly("Relayed 250 2.0.0 taken");
        assertThat(peer.letters().getFirst().recipients()).containsExactly("RCPT TO:<bob@x.example>");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, 554 5.3.2 not today,  TempFailed GREETING 554 5.3.2 not today",
        "CONNECT, 421 4.3.2 closing,    TempFailed GREETING 421 4.3.2 closing",
        "EHLO,    421 4.3.2 closing,    TempFailed EHLO 421 4.3.2 closing",
        "EHLO,    451 4.3.0 later,      TempFailed EHLO 451 4.3.0 later",
        "MAIL,    451 4.7.1 later,      TempFailed MAIL 451 4.7.1 later",
        "MAIL,    421 4.3.2 closing,    TempFailed MAIL 421 4.3.2 closing",
        "MAIL,    550 5.7.1 never,      PermFailed MAIL 550 5.7.1 never",
        "MAIL,    530 5.7.0 log in,     TempFailed MAIL 530 5.7.0 log in",
        "MAIL,    354 what,             TempFailed MAIL 354 what",
        "RCPT,    450 4.2.1 later,      TempFailed RCPT 450 4.2.1 later",
        "RCPT,    421 4.3.2 closing,    TempFailed RCPT 421 4.3.2 closing",
        "RCPT,    550 5.1.1 unknown,     PermFailed RCPT 550 5.1.1 unknown",
        "RCPT,    552 too many,         TempFailed RCPT 552 too many",
        "RCPT,    251 forwarded,        Relayed 250 2.0.0 taken",
        "DATA,    451 4.3.0 later,      TempFailed DATA 451 4.3.0 later",
        "DATA,    421 4.3.2 closing,    TempFailed DATA 421 4.3.2 closing",
        "DATA,    554 5.7.1 never,      PermFailed DATA 554 5.7.1 never",
        "DATA,    250 what,             TempFailed DATA 250 what",
        ".,       451 4.3.0 later,      TempFailed END_OF_DATA 451 4.3.0 later",
        ".,       421 4.3.2 closing,    TempFailed END_OF_DATA 421 4.3.2 closing",
        ".,       552 5.3.4 too big,    PermFailed END_OF_DATA 552 5.3.4 too big",
        ".,       251 taken too,        Relayed 251 taken too",
        ".,       200 fine,             Relayed 200 fine",
    })
    void judgesReplies(String cue, String reply, String outcome) {
        peer.when(cue, say(reply));

        assertThat(texts("bob@x.example", "eve@x.example")).containsExactly(outcome, outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, TempFailed GREETING connection closed by the upstream",
        "EHLO,    TempFailed EHLO connection closed by the upstream",
        "MAIL,    TempFailed MAIL connection closed by the upstream",
        "RCPT,    TempFailed RCPT connection closed by the upstream",
        "DATA,    TempFailed DATA connection closed by the upstream",
        ".,       InDoubt connection closed by the upstream",
    })
    void triesAgainWhenTheConnectionDrops(String cue, String outcome) {
        peer.offer("8BITMIME").when(cue, drop());

        assertThat(texts("bob@x.example")).containsExactly(outcome);
    }

    @Test
    void triesAgainWhenTheHandshakeDrips() {
        peer.when("CONNECT", drip(""));

        var outcomes = relay(smarthost(peer, TlsMode.IMPLICIT).withTimeouts(shortTimeouts()), to("bob@x.example"), HELLO);

        assertThat(text(outcomes.getFirst())).startsWith("TempFailed TLS");
    }

    @Test
    void triesAgainWhenTheLetterIsSippedForEver() {
        peer.when("BODY", sip());
        var ample = Duration.ofSeconds(5);
        // That of a block is how often the whole is looked at.
        var timeouts = new Timeouts(ample, ample, ample, Duration.ofSeconds(1), Duration.ofMillis(300), ample, ample);
        var large = Samples.message("Subject: large\r\n", new MemoryBody(new byte[12 << 20]));

        var outcomes = relay(smarthost(peer).withTimeouts(timeouts), to("bob@x.example"), large);

        assertThat(text(outcomes.getFirst())).isEqualTo("TempFailed DATA letter not taken within 0.3s");
    }

    @Test
    void keepsTheReplyThatDrops() {
        peer.when("RCPT TO:<eve@", sayAndDrop("421 4.7.0 too many of yours"));

        assertThat(texts("bob@x.example", "eve@x.example", "kim@x.example"))
                .containsOnly("TempFailed RCPT 421 4.7.0 too many of yours");
    }

    @Test
    void keepsRefusalsThatCameBeforeTheConnectionWasLost() {
        peer.when("RCPT TO:<bob@", say("550 5.1.1 unknown")).when("RCPT TO:<kim@", sayAndDrop("421 4.3.2 closing"));

        assertThat(texts("bob@x.example", "eve@x.example", "kim@x.example"))
                .containsExactly(
                        "PermFailed RCPT 550 5.1.1 unknown",
                        "TempFailed RCPT 421 4.3.2 closing",
                        "TempFailed RCPT 421 4.3.2 closing");
    }

    @Test
    void givesEachRecipientItsOwnReply() {
        peer.when("RCPT TO:<eve@", say("550 5.1.1 unknown")).when("RCPT TO:<kim@", say("450 4.2.1 later"));

        assertThat(texts("bob@x.example", "eve@x.example", "kim@x.example"))
                .containsExactly(
                        "Relayed 250 2.0.0 taken", "PermFailed RCPT 550 5.1.1 unknown", "TempFailed RCPT 450 4.2.1 later");
        assertThat(peer.letters().getFirst().recipients()).containsExactly("RCPT TO:<bob@x.example>");
    }

    @Test
    void asksForDataOnlyWhenARecipientIsTakenWithoutPipelining() {
        peer.offer("8BITMIME").when("RCPT", say("550 5.1.1 unknown"));

        relay(peer, to("bob@x.example", "eve@x.example"));

        assertThat(peer.commands()).contains("RSET").doesNotContain("DATA");
    }

    @Test
    void forgetsALetterThatNobodyTakesThoughDataWasSentAlong() {
        peer.when("RCPT", say("550 5.1.1 unknown")).when("DATA", say("503 5.5.1 to whom?"));

        assertThat(texts("bob@x.example", "eve@x.example")).containsOnly("PermFailed RCPT 550 5.1.1 unknown");
        assertThat(peer.commands()).containsSubsequence("DATA", "RSET", "QUIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 2.0.0 taken", "554 5.5.1 to whom?"})
    void sendsNothingOfALetterToAPeerThatWaitsForOneToNobody(String reply) {
        peer.when("RCPT", say("550 5.1.1 unknown")).when("DATA", say("354 go on")).once(".", say(reply));

        assertThat(texts("bob@x.example")).containsExactly("PermFailed RCPT 550 5.1.1 unknown");
        assertThat(peer.octets(1)).contains("DATA\r\n.\r\nQUIT\r\n");
    }

    @Test
    void sendsNothingOfALetterWhoseSenderIsRefused() {
        peer.when("MAIL", say("550 5.7.1 never")).when("DATA", say("354 go on"));

        assertThat(texts("bob@x.example")).containsExactly("PermFailed MAIL 550 5.7.1 never");
        assertThat(peer.octets(1)).contains("DATA\r\n.\r\nQUIT\r\n");
    }

    @Test
    void keepsRefusalsThatCameBeforeTheConnectionWasLostAtData() {
        peer.when("RCPT TO:<bob@", say("550 5.1.1 unknown")).when("DATA", sayAndDrop("421 4.3.2 closing"));

        assertThat(texts("bob@x.example", "eve@x.example"))
                .containsExactly("PermFailed RCPT 550 5.1.1 unknown", "TempFailed DATA 421 4.3.2 closing");
    }

    @Test
    void forgetsALetterThatDataRefuses() {
        peer.when("DATA", say("451 4.3.0 later"));

        relay(peer, to("bob@x.example"));

        assertThat(peer.commands()).containsSubsequence("DATA", "RSET", "QUIT");
    }

    @Test
    void readsAReplyOfManyLinesInManyPieces() {
        peer.when(".", sayInPieces("250-2.0.0 first\r\n250-2.0.0 second\r\n250 2.0.0 third"));

        assertThat(texts("bob@x.example")).containsExactly("Relayed 250 2.0.0 first second third");
    }

    /// For the DSN and the history: every line; what isn't US-ASCII is marked; no line of ours without end.
    @Test
    void keepsTheWholeTextOfAReply() {
        peer.when("RCPT", say("550-5.7.1 [192.0.2.1] Refusé\r\n550-5.7.1\r\n550-5.7.1\ttab\u0007bell\r\n550 5.7.1 " + "x".repeat(4_000)));

        var reply = ((Outcome.PermFailed) relay(peer, to("bob@x.example")).getFirst()).reply();

        assertThat(reply.status()).isEqualTo("5.7.1");
        assertThat(reply.lines()).hasSize(4).last().isEqualTo("x".repeat(394));
        assertThat(reply.text()).matches("\\[192\\.0\\.2\\.1] Refus\\?{1,2}  .*tab bell x+");
    }

    @Test
    void keepsFiftyLinesOfAReply() {
        var lines = IntStream.range(0, 200).mapToObj(i -> "550-5.7.1 line " + i + "\r\n").collect(Collectors.joining());
        peer.when(".", say(lines + "550 5.7.1 end"));

        var reply = ((Outcome.PermFailed) relay(peer, to("bob@x.example")).getFirst()).reply();

        assertThat(reply.lines()).hasSize(50).startsWith("line 0").endsWith("line 49");
    }

    @Test
    void doubtsHalfAReplyAfterTheDot() {
        peer.when(".", sayHalf("250-2.0.0 taken\r\n25"));

        assertThat(texts("bob@x.example")).containsExactly("InDoubt not an SMTP reply: 250-2.0.0 taken 25");
    }

    @Test
    void doubtsAGarbledReplyAfterTheDot() {
        peer.when(".", say("ha\r\nha\r\nha"));

        assertThat(texts("bob@x.example")).containsExactly("InDoubt not an SMTP reply: ha");
    }

    @Test
    void givesUpOnGarbledReplies() {
        peer.when("MAIL", say("oops\r\n".repeat(20_000)));

        assertThat(texts("bob@x.example")).containsExactly("TempFailed MAIL not an SMTP reply: oops");
    }

    @Test
    void givesUpOnAReplyWithoutEnd() {
        peer.when("MAIL", say("250-more\r\n".repeat(40_000)));

        assertThat(texts("bob@x.example")).containsExactly("TempFailed MAIL reply over 262144 octets");
    }

    @Test
    void cutsAWriteThatNobodyReads() {
        peer.when("BODY", stall());
        var large = Samples.message("Subject: large\r\n", new MemoryBody(new byte[12 << 20]));

        var outcomes = relay(smarthost(peer).withTimeouts(shortTimeouts()), to("bob@x.example"), large);

        assertThat(text(outcomes.getFirst())).isEqualTo("TempFailed DATA nothing taken within 0.15s");
    }

    @Test
    void failsForNowWhenTheBodyIsGone() {
        var gone = Samples.message("Subject: gone\r\n", new FileBody(Path.of("target/no-such-body"), 10));

        var outcomes = relay(smarthost(peer), to("bob@x.example"), gone);

        assertThat(text(outcomes.getFirst())).startsWith("TempFailed DATA cannot read the letter");
        peer.awaitNoConnection();
        assertThat(peer.letters()).isEmpty();
        assertThat(peer.octets(1)).doesNotContain("QUIT");
    }

    @Test
    void triesAgainWhenNobodyListens() {
        peer.close();

        assertThat(texts("bob@x.example").getFirst()).startsWith("TempFailed CONNECT localhost:" + peer.port());
    }

    @Test
    void triesAgainWhenTheHostIsUnknown() {
        var nowhere = Smarthost.of("smarthost", "no-such-host.invalid", 25, TlsMode.NONE, "relay.example");

        assertThat(text(relay(nowhere, to("bob@x.example"), HELLO).getFirst())).startsWith("TempFailed CONNECT");
    }

    @Test
    void fallsBackToHelo() {
        peer.when("EHLO", Act.say("502 5.5.2 no such command"));

        assertThat(texts("bob@x.example")).containsExactly("Relayed 250 2.0.0 taken");
        assertThat(peer.commands()).contains("HELO relay.example", "MAIL FROM:<app@office.example>");
    }

    private List<String> texts(String... recipients) {
        return relay(peer, to(recipients)).stream().map(Samples::text).toList();
    }
}
