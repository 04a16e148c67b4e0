package facteur.upstream;

import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAfter;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.message;
import static facteur.upstream.Samples.relay;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static facteur.upstream.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Which octets the peer gets to see.
class WireTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void sendsTheWholeEnvelopeAndDataBeforeAReplyIsRead() {
        // Answers MAIL only after four more lines: who waits for the reply first waits for ever.
        peer.when("MAIL", sayAfter(4, "250 2.1.0 ok"));

        var outcomes = relay(peer, to("a@x.example", "b@x.example", "c@x.example"));

        assertThat(outcomes).hasSize(3).allMatch(Outcome.Relayed.class::isInstance);
    }

    @Test
    void sendsOneCommandAtATimeWithoutPipelining() {
        peer.offer("8BITMIME");

        relay(peer, to("a@x.example", "b@x.example"));

        assertThat(peer.transcript())
                .containsSequence(
                        "C: MAIL FROM:<app@office.example>",
                        "S: 250 2.1.0 sender ok",
                        "C: RCPT TO:<a@x.example>",
                        "S: 250 2.1.5 recipient ok",
                        "C: RCPT TO:<b@x.example>",
                        "S: 250 2.1.5 recipient ok",
                        "C: DATA");
    }

    @Test
    void sendsManyRecipientsInSeveralFlights() {
        var recipients = IntStream.range(0, 250).mapToObj(i -> "r" + i + "@x.example").toArray(String[]::new);
        peer.when("RCPT TO:<r199@", say("550 5.1.1 unknown"));

        var outcomes = relay(peer, to(recipients));

        assertThat(outcomes).hasSize(250).filteredOn(Outcome.Relayed.class::isInstance).hasSize(249);
        assertThat(text(outcomes.get(199))).isEqualTo("PermFailed RCPT 550 5.1.1 unknown");
    }

    @Test
    void stopsAfterTheFlightInWhichMailIsRefused() {
        var recipients = IntStream.range(0, 250).mapToObj(i -> "r" + i + "@x.example").toArray(String[]::new);
        peer.when("MAIL", say("550 5.7.1 never"));

        assertThat(relay(peer, to(recipients))).allMatch(outcome -> text(outcome).equals("PermFailed MAIL 550 5.7.1 never"));
        assertThat(peer.commands()).hasSizeLessThan(105).doesNotContain("RSET");
    }

    private static final Message WIDE = message("Subject: Zoë\r\n", new MemoryBody("h\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1)));

    @Test
    void namesItselfAndTheParametersThatAreOffered() {
        var envelope = with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8);

        relay(smarthost(peer), envelope, WIDE);

        assertThat(peer.commands())
                .startsWith(
                        "EHLO relay.example",
                        "MAIL FROM:<app@office.example> SIZE=" + WIDE.sizeBytes() + " BODY=8BITMIME SMTPUTF8");
    }

    @Test
    void saysNoSmtpUtf8ForALetterOfAscii() {
        relay(peer, with(to("bob@bücher.example"), BodyType.SEVEN_BIT, HeaderEncoding.UTF8));

        assertThat(peer.commands()).containsSequence(
                "MAIL FROM:<app@office.example> SIZE=" + HELLO.sizeBytes(), "RCPT TO:<bob@xn--bcher-kva.example>");
    }

    /// No app declared it: it goes as it is, as with Postfix and Exim.
    @Test
    void saysEightBitForAHeaderThatIs() {
        var header = message("Subject: Zoë\r\n", new MemoryBody(new byte[0]));

        relay(smarthost(peer), to("bob@x.example"), header);

        assertThat(peer.commands()).contains("MAIL FROM:<app@office.example> SIZE=" + header.sizeBytes() + " BODY=8BITMIME");
    }

    @Test
    void sendsAHeaderThatIsEightBitToAnUpstreamWithoutItAsItIs() {
        peer.offer("SIZE");

        var outcomes = relay(smarthost(peer), to("bob@x.example"), message("Subject: Zoë\r\n", new MemoryBody(new byte[0])));

        assertThat(text(outcomes.getFirst())).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.octets(1)).contains("Subject: Zo\u00c3\u00ab\r\n");
    }

    @Test
    void leavesOutParametersThatAreNotNeeded() {
        relay(peer, to("bob@x.example").withReversePath(ReversePath.NULL));

        assertThat(peer.commands()).contains("MAIL FROM:<> SIZE=" + HELLO.sizeBytes());
    }

    @Test
    void leavesOutParametersThatAreNotOffered() {
        peer.offer("ENHANCEDSTATUSCODES");

        relay(peer, with(to("bob@x.example"), BodyType.SEVEN_BIT, HeaderEncoding.UTF8));

        assertThat(peer.commands()).contains("MAIL FROM:<app@office.example>");
    }

    @Test
    void passesOnWhatWasSaidOfReports() {
        peer.offer("DSN", "SMTPUTF8", "8BITMIME", "PIPELINING");

        assertThat(relay(peer, askingForReports(HeaderEncoding.UTF8)))
                .allMatch(outcome -> outcome instanceof Outcome.Relayed(_, var report, _) && report == Outcome.SuccessReport.BY_UPSTREAM);

        assertThat(peer.commands()).containsSequence(
                "MAIL FROM:<app@office.example> RET=HDRS ENVID=QQ+20314159",
                "RCPT TO:<a@x.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bb@old.example",
                "RCPT TO:<b@x.example> NOTIFY=NEVER ORCPT=utf-8;zo\\x{EB}@x.example",
                "RCPT TO:<c@x.example>");
    }

    /// Reports come to us then, and people of the office are told of failures whatever the app wants.
    @Test
    void asksForFailuresWhereTheLetterLeavesWithAReturnAddress() {
        peer.offer("DSN", "SMTPUTF8", "8BITMIME", "PIPELINING");

        relay(peer, askingForReports(HeaderEncoding.UTF8)
                .withReversePath(ReversePath.of(Address.of("b-01m8qbjdpxs7yyzt00jtctmy1ar41rsm3t@return.example"))));

        assertThat(peer.commands()).containsSequence(
                "MAIL FROM:<b-01m8qbjdpxs7yyzt00jtctmy1ar41rsm3t@return.example> RET=HDRS ENVID=QQ+20314159",
                "RCPT TO:<a@x.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a+2Bb@old.example",
                "RCPT TO:<b@x.example> NOTIFY=FAILURE ORCPT=utf-8;zo\\x{EB}@x.example",
                "RCPT TO:<c@x.example>");
    }

    @Test
    void passesOnAnOriginalRecipientInUtf8WhereTheLetterNeedsIt() {
        peer.offer("DSN", "SMTPUTF8", "8BITMIME", "PIPELINING");

        relay(smarthost(peer), askingForReports(HeaderEncoding.UTF8), WIDE);

        assertThat(peer.commands()).contains("RCPT TO:<b@x.example> NOTIFY=NEVER ORCPT=utf-8;zoë@x.example");
    }

    @Test
    void writesAnOriginalRecipientInAsciiWithoutSmtpUtf8() {
        peer.offer("DSN");

        relay(peer, askingForReports(HeaderEncoding.UTF8));

        assertThat(peer.commands()).contains("RCPT TO:<b@x.example> NOTIFY=NEVER ORCPT=utf-8;zo\\x{EB}@x.example");
    }

    @Test
    void saysNothingOfReportsToAnUpstreamWithoutThem() {
        assertThat(relay(peer, askingForReports(HeaderEncoding.ASCII)))
                .allMatch(outcome -> outcome instanceof Outcome.Relayed(_, var report, _) && report == Outcome.SuccessReport.BY_US);

        assertThat(peer.commands()).containsSequence(
                "MAIL FROM:<app@office.example> SIZE=" + HELLO.sizeBytes(),
                "RCPT TO:<a@x.example>",
                "RCPT TO:<b@x.example>",
                "RCPT TO:<c@x.example>");
    }

    private static Envelope askingForReports(HeaderEncoding encoding) {
        return new Envelope(
                ReversePath.of(Address.of("app@office.example")),
                List.of(
                        new ForwardPath(
                                Address.of("a@x.example"),
                                Notify.parse("SUCCESS,DELAY"),
                                Optional.of(OriginalRecipient.of("rfc822;a+2Bb@old.example"))),
                        new ForwardPath(
                                Address.of("b@x.example"),
                                Notify.parse("NEVER"),
                                Optional.of(OriginalRecipient.of("utf-8;zoë@x.example"))),
                        ForwardPath.of(Address.of("c@x.example"))),
                BodyType.SEVEN_BIT,
                encoding,
                new DsnRequest(Optional.of(ReturnContent.HDRS), Xtext.parse("QQ+20314159")));
    }

    @Test
    void refusesEightBitForAnUpstreamWithoutItWhenToldTo() {
        peer.offer("SIZE");

        var outcomes = relay(
                smarthost(peer).withEightBit(EightBit.BOUNCE),
                with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.ASCII),
                WIDE);

        assertThat(text(outcomes.getFirst())).startsWith("PermFailed MAIL 550 5.6.3");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void sendsEightBitAllTheSameWhenToldTo() {
        peer.offer("SIZE");

        var outcomes = relay(
                smarthost(peer).withEightBit(EightBit.SEND),
                with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8),
                WIDE);

        assertThat(text(outcomes.getFirst())).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.commands()).contains("MAIL FROM:<app@office.example> SIZE=" + WIDE.sizeBytes());
        assertThat(peer.octets(1)).contains("Subject: Zo\u00c3\u00ab\r\n\r\nh\u00e9\r\n.\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAWideReversePathForAnUpstreamWithoutSmtpUtf8(EightBit eightBit) {
        peer.offer("8BITMIME");
        var wide = with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8)
                .withReversePath(ReversePath.of(Address.of("zoë@x.example")));

        assertThat(text(relay(smarthost(peer).withEightBit(eightBit), wide, HELLO).getFirst()))
                .startsWith("PermFailed MAIL 550 5.6.7");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWideRecipientsAloneForAnUpstreamWithoutSmtpUtf8(EightBit eightBit) {
        peer.offer("8BITMIME", "PIPELINING").when("RCPT TO:<kim@", say("550 5.1.1 unknown"));
        var mixed = with(
                to("zoë@x.example", "bob@x.example", "chloé@x.example", "kim@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8);

        var outcomes = relay(smarthost(peer).withEightBit(eightBit), mixed, HELLO);

        assertThat(outcomes.stream().map(Samples::text)).satisfiesExactly(
                zoe -> assertThat(zoe).startsWith("PermFailed RCPT 553 5.6.7"),
                bob -> assertThat(bob).isEqualTo("Relayed 250 2.0.0 taken"),
                chloe -> assertThat(chloe).startsWith("PermFailed RCPT 553 5.6.7"),
                kim -> assertThat(kim).isEqualTo("PermFailed RCPT 550 5.1.1 unknown"));
        assertThat(peer.letters().getFirst().recipients()).containsExactly("RCPT TO:<bob@x.example>");
    }

    @Test
    void saysNothingWhenNobodyCanBeWrittenTo() {
        peer.offer("8BITMIME");

        assertThat(relay(peer, with(to("zoë@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8)))
                .allMatch(outcome -> text(outcome).startsWith("PermFailed RCPT 553 5.6.7"));
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void refusesAHeaderInUtf8ForAnUpstreamWithoutSmtpUtf8() {
        peer.offer("8BITMIME");

        var outcomes = relay(
                smarthost(peer),
                with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8),
                message("Subject: Zoë\r\n", new MemoryBody(new byte[0])));

        assertThat(text(outcomes.getFirst())).startsWith("PermFailed MAIL 550 5.6.7");
    }

    /// Angus stuffs dots in chunks, too (RFC 3030 §2 doesn't).
    @Test
    void sendsNoChunksThoughTheyAreOffered() {
        peer.offer("CHUNKING", "BINARYMIME", "8BITMIME", "PIPELINING");

        relay(smarthost(peer), with(to("bob@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.ASCII), message(".dot\r\n"));

        assertThat(peer.commands()).contains("DATA").noneMatch(command -> command.startsWith("BDAT"));
        assertThat(peer.letters().getFirst().body()).isEqualTo(".dot\r\n");
    }

    @Test
    void writesAddressesAsUtf8() {
        // The low octet of U+010A is a line feed.
        relay(peer, with(to("\u010Aoë@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8));

        assertThat(peer.commands()).contains("RCPT TO:<\u010Aoë@x.example>");
    }

    @Test
    void writesDomainsInAscii() {
        relay(peer, to("bob@bücher.example"));

        assertThat(peer.commands()).contains("RCPT TO:<bob@xn--bcher-kva.example>");
    }

    /// Also where the upstream takes UTF-8: its rules for domains may be older than ours.
    @Test
    void writesDomainsInAsciiBesideAWideLocalPart() {
        relay(peer, with(to("jürgen@faß.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8));

        assertThat(peer.commands()).contains("RCPT TO:<jürgen@xn--fa-hia.example>");
    }

    /// What programs make and telephone companies gave out: VERP, tickets, dots.
    @Test
    void writesAddressesOfAllSorts() {
        var verp = "bounces+123456-7f3c-" + "a".repeat(60) + "=x.example@em.example";
        relay(peer, new Envelope(
                ReversePath.of(Address.of(verp)),
                List.of(ForwardPath.of(Address.of("try..this..0511@docomo.ne.jp")), ForwardPath.of(Address.of("o'neil@x.example."))),
                BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII,
                DsnRequest.NONE));

        assertThat(peer.commands())
                .anyMatch(command -> command.startsWith("MAIL FROM:<" + verp + ">"))
                .contains("RCPT TO:<\"try..this..0511\"@docomo.ne.jp>", "RCPT TO:<o'neil@x.example>");
    }

    @Test
    void keepsQuotedLocalParts() {
        relay(peer, new Envelope(
                ReversePath.NULL,
                List.of(Address.of("\"a b\\\"c\"@x.example")),
                BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII));

        assertThat(peer.commands()).contains("RCPT TO:<\"a b\\\"c\"@x.example>");
    }

    @ParameterizedTest
    @CsvSource({
        "'.\r\n',                   '..\r\n',                    '.\r\n'",
        "'.one\r\n..two\r\nx.\r\n', '..one\r\n...two\r\nx.\r\n', '.one\r\n..two\r\nx.\r\n'",
        "'no line end',             'no line end\r\n',           'no line end\r\n'",
        "'a\n.\nb\r\n',             'a\r\n..\r\nb\r\n',          'a\r\n.\r\nb\r\n'",
        "'a\r.\rb\r\n',             'a\r\n..\r\nb\r\n',          'a\r\n.\r\nb\r\n'",
        "'a\n.\r\nb\r\n',           'a\r\n..\r\nb\r\n',          'a\r\n.\r\nb\r\n'",
        "'\r\n\r\n',                '\r\n\r\n',                  '\r\n\r\n'",
        "'',                        '',                          ''",
    })
    void stuffsDotsAndEndsLines(String body, String wire, String received) {
        relay(smarthost(peer), to("bob@x.example"), message(body));

        assertThat(peer.octets(1)).contains("DATA\r\nSubject: test\r\n\r\n" + wire + ".\r\nQUIT\r\n");
        assertThat(peer.letters()).hasSize(1).first().returns(received, letter -> letter.body());
    }

    @Test
    void neverSendsABareLineEnd() {
        relay(smarthost(peer), to("bob@x.example"), message("a\rb\nc\r\r\nd\n\re\r\n.\n.\r.\r\n"));

        assertThat(peer.octets(1).replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(peer.letters()).hasSize(1);
    }

    @Test
    void streamsABodyFromItsFile(@TempDir Path folder) throws IOException {
        var text = ".a line of thirty octets, dot\r\n".repeat(10_000);
        var file = Files.writeString(folder.resolve("body"), text);

        var outcomes =
                relay(smarthost(peer), to("bob@x.example"), message("Subject: x\r\n", new FileBody(file, text.length())));

        assertThat(outcomes).allMatch(Outcome.Relayed.class::isInstance);
        assertThat(peer.letters().getFirst().body()).isEqualTo(text);
    }
}
