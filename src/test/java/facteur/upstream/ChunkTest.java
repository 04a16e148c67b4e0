package facteur.upstream;

import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAfter;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.sayHalf;
import static facteur.fixture.Act.sayInPieces;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.breaker;
import static facteur.upstream.Samples.message;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.to;
import static facteur.upstream.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.TlsMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Letters that go as a chunk in one flight with their envelope. What holds for any replies is in [ChunkRepliesTest].
final class ChunkTest {
    private static final String EXAMINED = "EHLO relay.example\r\nBDAT 6 LAST\r\nDATA\r\nRSET\r\n";
    private static final String TAKEN = "Relayed 250 2.0.0 taken";
    private static final Envelope THREE = to("a@x.example", "b@x.example", "c@x.example");

    private final TestTime time = new TestTime();
    private final ScriptedUpstream peer =
            ScriptedUpstream.start().offer("PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "SIZE 50000000");
    private SmtpUpstream upstream = Samples.upstream(smarthost(peer), breaker(time), time);

    @AfterEach
    void close() {
        upstream.close();
        peer.close();
    }

    private List<String> relay(Envelope envelope, Message letter) {
        return upstream.relay(ID, envelope, letter).stream().map(Samples::text).toList();
    }

    private List<String> relay(Envelope envelope) {
        return relay(envelope, HELLO);
    }

    private long times(String command) {
        return peer.commands().stream().filter(line -> line.startsWith(command)).count();
    }

    @Test
    void goInOneFlight() {
        // All that follows comes without a reply to MAIL.
        peer.once("MAIL", sayAfter(4, "250 ok"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(relay(THREE, message(".dot\r\n.\r\n"))).isEqualTo(Collections.nCopies(3, TAKEN));
        upstream.close();

        assertThat(peer.octets(1)).isEqualTo(EXAMINED
                + "MAIL FROM:<app@office.example> SIZE=24\r\n"
                + "RCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nRCPT TO:<c@x.example>\r\n"
                + "BDAT 24 LAST\r\nSubject: test\r\n\r\nHello\r\nRSET\r\n"
                + "MAIL FROM:<app@office.example> SIZE=26\r\n"
                + "RCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nRCPT TO:<c@x.example>\r\n"
                + "BDAT 26 LAST\r\nSubject: test\r\n\r\n.dot\r\n.\r\nRSET\r\n"
                + "QUIT\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHUNKING", "PIPELINING", "CHUNKED PIPELINING"})
    void needBothExtensions(String offer) {
        peer.offer(offer.split(" ", -1));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.commands()).contains("DATA").noneMatch(command -> command.startsWith("BDAT"));
    }

    @Test
    void goOverTls() throws IOException {
        upstream = Samples.upstream(
                smarthost(peer, TlsMode.STARTTLS_REQUIRED).withTrust(Trust.pem(ScriptedUpstream.certificate())), breaker(time), time);
        peer.offer("STARTTLS", "PIPELINING", "CHUNKING");
        var large = message("x".repeat(76).concat("\r\n").repeat(500));

        assertThat(relay(THREE, large)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.letters()).allMatch(letter -> letter.isTls()).first().returns(large.sizeBytes(), it -> (long) it.data().length());
        assertThat(times("DATA")).isZero();
    }

    @Test
    void sayWhatDataSays() {
        var wide = message("Subject: Zoë\r\n", new MemoryBody(new byte[] {'h', (byte) 0xE9, '\r', '\n'}));

        assertThat(relay(with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8), wide)).containsExactly(TAKEN);
        assertThat(peer.letters().getFirst())
                .returns("MAIL FROM:<app@office.example> SIZE=21 BODY=8BITMIME SMTPUTF8", letter -> letter.mail())
                .returns("Subject: Zo\u00c3\u00ab\r\n\r\nh\u00e9\r\n", letter -> letter.data());
    }

    private static Message ofSize(int octets) {
        return message("x".repeat(octets - 19) + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"65535, 1", "65536, 1", "65537, 0", "1000000, 0"})
    void areSmall(int octets, int chunks) {
        var letter = ofSize(octets);
        assertThat(letter.sizeBytes()).isEqualTo(octets);

        assertThat(relay(THREE, letter)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.letters().getFirst().data()).hasSize(octets);
        assertThat(times("BDAT " + octets)).isEqualTo(chunks);
    }

    @ParameterizedTest
    @CsvSource({
        "'no end',        'no end\r\n',            1",
        "'',              '',                      1",
        "'\r\n',          '\r\n',                  1",
        "'a\nb\r\n',      'a\r\nb\r\n',            0",
        "'a\rb\r\n',      'a\r\nb\r\n',            0",
        "'a\r\r\n',       'a\r\n\r\n',             0",
        "'a\r',           'a\r\n',                 0",
        "'a\n',           'a\r\n',                 0",
    })
    void holdWholeLines(String body, String received, int chunks) {
        assertThat(relay(to("bob@x.example"), message(body))).containsExactly(TAKEN);
        assertThat(peer.letters().getFirst().body()).isEqualTo(received);
        assertThat(peer.commands().stream().filter(command -> command.matches("BDAT \\d\\d+ LAST"))).hasSize(chunks);
    }

    @Test
    void whoseBodyIsGoneAreNotHeldAgainstTheUpstream() {
        var lost = message("Subject: x\r\n", new FileBody(Path.of("/nowhere/body"), 100));

        assertThat(relay(THREE, lost)).allMatch(text -> text.startsWith("TempFailed DATA cannot read the letter"));
        assertThat(peer.letters()).isEmpty();
    }

    // Who gets them

    @Test
    void goToNoHostThatRunsThemAsCommands() {
        peer.runRefusedChunks();

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        relay(THREE);

        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.octets(1)).isEqualTo(EXAMINED);
        assertThat(times("BDAT")).isEqualTo(1);
        assertThat(times("DATA")).as("the chunk that was run, and two letters").isEqualTo(3);
        time.advance(Duration.ofHours(1));
        relay(THREE);
        assertThat(times("BDAT")).isEqualTo(2);
        assertThat(peer.letters()).hasSize(4 - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 fine", "421 go away", "354 go on", "what?"})
    void goToNoHostThatAnswersOddly(String reply) {
        peer.once("BDAT", reply.startsWith("421") ? sayAndDrop(reply) : say(reply));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.connections()).isEqualTo(2);
        assertThat(times("BDAT")).isEqualTo(1);
    }

    @Test
    void goToNoHostThatAnswersTwice() {
        peer.once("RSET", say("250 ok\r\n250 ok"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.connections()).isEqualTo(2);
        assertThat(times("BDAT")).isEqualTo(1);
    }

    @Test
    void goToAHostThatIsAskedOncePerDay() {
        var patient = smarthost(peer).withLimits(new ConnectionLimits(1, 1, Duration.ofHours(1), Duration.ofHours(1)));
        upstream = Samples.upstream(patient, breaker(time), time);
        for (var i = 0; i < 3; i++) {
            relay(THREE);
        }
        assertThat(peer.connections()).isEqualTo(3);
        assertThat(times("BDAT 6 ")).isEqualTo(1);
        assertThat(times("BDAT 24 ")).isEqualTo(3);

        time.advance(Duration.ofDays(1));
        relay(THREE);
        assertThat(times("BDAT 6 ")).isEqualTo(2);
        assertThat(times("BDAT 24 ")).isEqualTo(4);
    }

    /// A host may have hung up by then: over DATA that costs nothing.
    @Test
    void goOverNoConnectionThatWasQuiet() {
        relay(THREE);
        time.advance(Duration.ofSeconds(2));
        relay(THREE);
        relay(THREE);
        assertThat(peer.commands().stream().filter(command -> command.matches("BDAT 24 LAST|DATA")))
                .containsExactly("BDAT 24 LAST", "DATA", "BDAT 24 LAST");

        time.advance(Duration.ofSeconds(2));
        peer.dropConnections();
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "STARTTLS_REQUIRED"})
    void goOverAFreshConnectionWhenTheOldOneWasClosed(TlsMode tls) throws IOException {
        peer.offer("STARTTLS", "PIPELINING", "CHUNKING");
        upstream = Samples.upstream(smarthost(peer, tls).withTrust(Trust.pem(ScriptedUpstream.certificate())), breaker(time), time);
        relay(THREE);
        time.advance(Duration.ofMillis(50));
        relay(THREE);
        assertThat(peer.connections()).isEqualTo(1);
        time.advance(Duration.ofMillis(50));
        peer.dropConnections();

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.commands()).endsWith("BDAT 24 LAST", "RSET").doesNotContain("DATA");
    }

    // What is answered

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void goToTheOthersWhenOneIsRefused(String refused) {
        peer.when("RCPT TO:<" + refused + "@", say("550 5.1.1 unknown"));

        assertThat(relay(THREE)).isEqualTo(Stream.of("a", "b", "c")
                .map(name -> name.equals(refused) ? "PermFailed RCPT 550 5.1.1 unknown" : TAKEN)
                .toList());
        assertThat(peer.letters()).singleElement().satisfies(letter -> assertThat(letter.recipients())
                .hasSize(2)
                .noneMatch(rcpt -> rcpt.contains("<" + refused + "@")));
    }

    @Test
    void areForgottenWhenAllAreRefused() {
        peer.once("RCPT", say("550 5.1.1 a")).once("RCPT", say("451 4.7.1 b")).once("RCPT", say("550 5.7.1 c"));

        assertThat(relay(THREE))
                .containsExactly("PermFailed RCPT 550 5.1.1 a", "TempFailed RCPT 451 4.7.1 b", "PermFailed RCPT 550 5.7.1 c");
        assertThat(peer.letters()).isEmpty();
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.connections()).isEqualTo(1);
        assertThat(peer.commands().subList(3, 9))
                .startsWith("MAIL FROM:<app@office.example> SIZE=24")
                .endsWith("BDAT 24 LAST", "RSET");
    }

    @Test
    void areForgottenWhenMailIsRefused() {
        peer.once("MAIL", say("550 5.1.8 who?"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, "PermFailed MAIL 550 5.1.8 who?"));
        assertThat(peer.letters()).isEmpty();
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "550 5.7.1 spam,       PermFailed END_OF_DATA 550 5.7.1 spam",
        "554 5.6.0 no,         PermFailed END_OF_DATA 554 5.6.0 no",
        "552 5.3.4 too big,    PermFailed END_OF_DATA 552 5.3.4 too big",
        "451 4.3.0 later,      TempFailed END_OF_DATA 451 4.3.0 later",
        "250 ok,               Relayed 250 ok",
        "299 fine,             Relayed 299 fine",
    })
    void haveOneReply(String reply, String outcome) {
        peer.once("CHUNK", say(reply));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, outcome));
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.connections()).isEqualTo(1);
        assertThat(times("RSET")).as("behind the question and each letter").isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "501 how?", "502 5.5.1 not here", "503 5.5.1 not now", "504 no", "354 go on"})
    void goBehindDataWhereBdatIsUnknown(String reply) {
        peer.when("CHUNK", say(reply));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        relay(THREE);
        assertThat(peer.commands().stream().filter(command -> command.matches("BDAT \\d\\d+ LAST|DATA")))
                .containsExactly("BDAT 24 LAST", "DATA", "DATA");
        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.octets(1)).doesNotContain("QUIT");
    }

    @Test
    void goInSeveralTransactionsWhereRecipientsAreTooMany() {
        peer.whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients");

        assertThat(relay(to("a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example")))
                .isEqualTo(Collections.nCopies(5, TAKEN));
        assertThat(peer.letters()).extracting(letter -> letter.recipients().size()).containsExactly(2, 2, 1);
        assertThat(times("BDAT 24")).isEqualTo(3);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void followTheLastOfManyRecipients() {
        assertThat(relay(to(IntStream.range(0, 250).mapToObj(i -> "r" + i + "@x.example").toArray(String[]::new))))
                .isEqualTo(Collections.nCopies(250, TAKEN));
        assertThat(peer.letters()).singleElement().satisfies(letter -> assertThat(letter.recipients()).hasSize(250));
        assertThat(times("DATA")).isZero();
    }

    // How it may end

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT TO:<a@", "RCPT TO:<b@", "RCPT TO:<c@", "CHUNK"})
    void areInDoubtWhenTheConnectionIsLost(String cue) {
        for (var act : List.of(drop(), sayHalf("25"), say("what?"))) {
            peer.once(cue, act);

            assertThat(relay(THREE)).hasSize(3).allMatch(text -> text.startsWith("InDoubt "));
            // Next time the host shows first whether it takes the envelope.
            relay(THREE);
            assertThat(peer.commands()).endsWith("RCPT TO:<c@x.example>", "DATA");
            upstream.close();
            upstream = Samples.upstream(smarthost(peer), breaker(time), time);
        }
    }

    @Test
    void areNotInDoubtForThoseWhoWereRefusedBefore() {
        peer.once("RCPT TO:<a@", say("550 5.1.1 unknown")).once("RCPT TO:<c@", drop());

        assertThat(relay(THREE)).satisfiesExactly(
                a -> assertThat(a).isEqualTo("PermFailed RCPT 550 5.1.1 unknown"),
                b -> assertThat(b).startsWith("InDoubt "),
                c -> assertThat(c).startsWith("InDoubt "));
    }

    @ParameterizedTest
    @CsvSource({"MAIL, MAIL", "RCPT TO:<a@, RCPT", "RCPT TO:<c@, RCPT", "CHUNK, DATA"})
    void areNotInDoubtWhenTheHostSaysThatItEnds(String cue, String stage) {
        peer.once(cue, sayAndDrop("421 4.3.2 closing"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, "TempFailed " + stage + " 421 4.3.2 closing"));
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.commands()).as("it did nothing odd").endsWith("BDAT 24 LAST", "RSET").doesNotContain("DATA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT TO:<a@", "RCPT TO:<c@", "CHUNK"})
    void goOverAFreshConnectionWhenOneIsAtItsEnd(String cue) {
        relay(THREE);
        peer.once(cue, sayAndDrop("421 4.7.0 too many messages in this connection"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.commands()).endsWith("BDAT 24 LAST", "RSET").doesNotContain("DATA");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"451 4.4.2 idle", "550 5.7.0 Too many messages in this connection", "503 nested MAIL command"})
    void goOverAFreshConnectionWhenMailIsRefusedForTheOldOne(String reply) {
        relay(THREE);
        peer.once("MAIL", say(reply));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.letters()).hasSize(2);
        assertThat(times("BDAT 24")).isEqualTo(3);
    }

    @Test
    void goToTheOthersThoughOneIsRefusedForTheOldConnection() {
        relay(THREE);
        peer.once("RCPT TO:<b@", say("451 4.4.2 timeout"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.letters()).extracting(letter -> letter.recipients().size()).containsExactly(3, 2, 1);
    }

    @Test
    void areInDoubtForTheOthersThoughOneIsRefusedForTheOldConnection() {
        relay(THREE);
        peer.once("RCPT TO:<b@", say("451 4.4.2 timeout")).once("CHUNK", drop());

        assertThat(relay(THREE)).satisfiesExactly(
                a -> assertThat(a).startsWith("InDoubt "),
                b -> assertThat(b).isEqualTo(TAKEN),
                c -> assertThat(c).startsWith("InDoubt "));
        assertThat(peer.letters()).extracting(letter -> letter.recipients().size()).containsExactly(3, 2, 1);
    }

    /// That before it seems to be the chunk's.
    @Test
    void areInDoubtWithAReplyTooMany() {
        peer.once("RCPT TO:<a@", say("250 ok\r\n250 ok")).once("CHUNK", say("554 5.7.1 no"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, "InDoubt a reply too many: 554 5.7.1 no"));
        relay(THREE);
        assertThat(peer.commands()).endsWith("RCPT TO:<c@x.example>", "DATA");
    }

    @Test
    void areRelayedWhenTheyAreTakenInSpiteOfAReplyTooMany() {
        peer.once("RCPT TO:<a@", say("250 ok\r\n250 ok"));

        assertThat(relay(THREE)).hasSize(3).allMatch(text -> text.startsWith("Relayed "));
        assertThat(peer.letters()).hasSize(1);
    }

    @Test
    void areRelayedByAHostThatEndsRightAfter() {
        peer.once("CHUNK", sayAndDrop("250 2.0.0 taken\r\n421 4.7.0 enough for now"));

        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(relay(THREE)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(peer.letters()).hasSize(2);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void areRelayedWhenRepliesComeInPieces() {
        peer.once("MAIL", sayInPieces("250-one\r\n250 two"))
                .once("RCPT", sayInPieces("250 ok"))
                .once("RCPT", sayInPieces("550 5.1.1 no"))
                .once("CHUNK", sayInPieces("250-2.0.0 taken\r\n250 2.0.0 really"));

        assertThat(relay(THREE)).containsExactly(
                "Relayed 250 2.0.0 taken really", "PermFailed RCPT 550 5.1.1 no", "Relayed 250 2.0.0 taken really");
    }

    /// All its replies are out before it reads on: they must find room.
    @Test
    void neverMakeBothSidesWait() {
        var recipients = IntStream.range(0, 99).mapToObj(i -> "r" + i + "@x.example").toArray(String[]::new);
        peer.when("RCPT", say("250 2.1.5 " + "x".repeat(500)));

        assertThat(relay(to(recipients), ofSize(65_536))).isEqualTo(Collections.nCopies(99, TAKEN));
        assertThat(times("BDAT 65536")).isEqualTo(1);
    }

    @Test
    void areNotSentWhenTheyAreNoLongerOurs() {
        var notOurs = new Upstream.Progress() {
            @Override
            public void settled(List<Outcome> outcomes) {
                throw new AssertionError("one transaction is enough");
            }

            @Override
            public boolean isOurs() {
                return false;
            }
        };
        assertThat(upstream.relay(ID, THREE, HELLO, notOurs)).containsOnly(Upstream.Progress.NOT_OURS);
        assertThat(times("MAIL")).isZero();
    }
}
