package facteur.rewrite;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Corpus;
import facteur.fixture.Corpus.SampleLetter;
import facteur.mail.message.Collected;
import facteur.mail.message.Header;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.TlsSession;
import facteur.policy.Decision;
import facteur.policy.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RewriterTest {
    private static final String RECEIVED = """
            Received: from app.dupont.example ([192.0.2.10])
            \tby relay.example.org with ESMTPS id 0123456789abcdef;
            \tMon, 23 Nov 2026 08:00:00 +0000
            """;
    private static final String FROM = "From: Cabinet Dupont <inbox@relay.example>\n";
    private static final String REPLY_TO = "Reply-To: Jan Janssens <jan@dupont.example>\n";
    private static final String DATE = "Date: Mon, 23 Nov 2026 08:00:00 +0000\n";
    private static final String MESSAGE_ID = "Message-ID: <0123456789abcdef@relay.example.org>\n";
    private static final String DATED = "Date: 1 Jan 26 0:00 Z\nMessage-ID: y\n";

    @Test
    void writesAWholeHeaderWhereThereIsNone() {
        assertThat(rewritten("")).isEqualTo(RECEIVED + FROM + REPLY_TO + DATE + MESSAGE_ID);
    }

    @Test
    void putsBothInThePlaceOfTheAppsOwn() {
        assertThat(rewritten("To: a\nFrom: b\nSubject: c\nReply-To: d\n" + DATED))
                .isEqualTo(RECEIVED + "To: a\n" + FROM + "Subject: c\n" + REPLY_TO + DATED);
        assertThat(rewritten("Reply-To: d\nTo: a\nFrom: b\n" + DATED)).isEqualTo(RECEIVED + REPLY_TO + "To: a\n" + FROM + DATED);
    }

    @Test
    void putsReplyToBehindFromWhenTheAppHasNone() {
        assertThat(rewritten("To: a\nfrom : b\n c\nSubject: c\n" + DATED))
                .isEqualTo(RECEIVED + "To: a\n" + FROM + REPLY_TO + "Subject: c\n" + DATED);
    }

    @Test
    void putsFromAtTheEndWhenTheAppHasNone() {
        assertThat(rewritten("Reply-To: d\nTo: a\n" + DATED)).isEqualTo(RECEIVED + REPLY_TO + "To: a\n" + DATED + FROM);
    }

    @Test
    void writesEachOnceHoweverOftenTheAppDid() {
        assertThat(rewritten("From: a\nReply-To: b\nFrom: c\nREPLY-TO: d\nFrom\t: e\n" + FROM + REPLY_TO + DATED))
                .isEqualTo(RECEIVED + FROM + REPLY_TO + DATED);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Context, true",
        "x-context, true",
        "X-Relation-Id, true",
        "X-Office-Id, true",
        "Bcc, true",
        "BCC, true",
        "Resent-Bcc, true",
        "Return-Path, true",
        "Sender, true",
        "SENDER, true",
        "DKIM-Signature, true",
        "X-Context-, false",
        "X-Contexts, false",
        "Resent-Sender, false",
        "Original-From, false",
        "From-Line, false",
        "Apparently-To, false",
        "ARC-Seal, false",
        "Received, false",
        "X-DKIM-Signature, false"
    })
    void removesTheNamedFieldsOnly(String name, boolean removed) {
        for (var field : List.of(name + ": x\n", name + " \t: x\n\ty\n", name + ":\n")) {
            assertThat(rewritten("From: a\n" + field + field + DATED))
                    .isEqualTo(RECEIVED + FROM + REPLY_TO + (removed ? "" : field + field) + DATED);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jan@dupont.example                           | true",
        "Another Name <JAN@Dupont.Example>            | true",
        "jan@dupont.example, Jan <jan@dupont.example> | true",
        "an@dupont.example                            | false",
        "jan@dupont.example, an@dupont.example        | false",
        "inbox@relay.example                          | false",
        "jan@dupont.example <an@dupont.example>       | false",
        "jan@dupont.example an@dupont.example         | false",
        "x: jan@dupont.example;                       | false",
        "jan                                          | false",
        "                                             | false"
    })
    void keepsARequestForANoticeOnlyWhenItNamesTheReplyTo(String value, boolean kept) {
        for (var name : List.of("Disposition-Notification-To", "Return-Receipt-To", "disposition-NOTIFICATION-to ")) {
            var field = name + ": " + (value == null ? "" : value) + "\n";
            assertThat(rewritten("From: a\n" + field + DATED)).isEqualTo(RECEIVED + FROM + REPLY_TO + (kept ? field : "") + DATED);
        }
    }

    @Test
    void addsDateAndMessageIdOnlyWhenMissing() {
        assertThat(rewritten("From: a\nDate: 1 Jan 26 0:00 Z\nDate: 2 Jan 26 0:00 Z\n"))
                .describedAs("two dates are not ours to choose from")
                .isEqualTo(RECEIVED + FROM + REPLY_TO + "Date: 1 Jan 26 0:00 Z\nDate: 2 Jan 26 0:00 Z\n" + MESSAGE_ID);
        assertThat(rewritten("From: a\nMessage-ID: y\n")).isEqualTo(RECEIVED + FROM + REPLY_TO + "Message-ID: y\n" + DATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "DATE:\nmessage-id : \n",
        "Date: \nMessage-ID: <>\n",
        "Date: (none)\nMessage-ID: < > (none)\n",
        "Date: %DATE%\n\tx\nMessage-ID:\n <>\n",
        "Date: null\nMessage-ID: <\t>\nDate: 1795431600\nMessage-ID:\n"
    })
    void whatSaysNothingCountsAsMissing(String fields) {
        assertThat(rewritten(fields + "From: a\n")).isEqualTo(RECEIVED + FROM + REPLY_TO + DATE + MESSAGE_ID);
    }

    @Test
    void oneThatSaysSomethingIsEnough() {
        assertThat(rewritten("Message-ID: <>\nMessage-ID: <a@b>\nFrom: a\nDate: never\nDate: Mon Nov 23 08:00:00 2026\n"))
                .isEqualTo(RECEIVED + "Message-ID: <a@b>\n" + FROM + REPLY_TO + "Date: Mon Nov 23 08:00:00 2026\n");
    }

    @Test
    void namesThePeerInReceived() throws IOException {
        var peer = InetAddress.getByAddress("ignored.example", InetAddress.ofLiteral("2001:db8::10").getAddress());
        var trace = new ReceivedTrace("[192.0.2.1]", peer, "UTF8SMTPSA", Optional.of(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384")),
                "relay.example.org", "0123456789abcdef", Instant.EPOCH);
        assertThat(trace.received()).hasToString("""
                Received: from [192.0.2.1] ([IPv6:2001:db8:0:0:0:0:0:10])
                \t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384)
                \tby relay.example.org with UTF8SMTPSA id 0123456789abcdef;
                \tThu, 1 Jan 1970 00:00:00 +0000""".replace("\n", "\r\n"));
    }

    @Test
    void namesTheNetworkAloneInReceived() {
        assertThat(trace("192.0.2.77", ReceivedClient.NETWORK).received().toString()).startsWith("Received: from [192.0.2.0] ([192.0.2.0])\r\n");
        assertThat(trace("2001:db8:1:2::77", ReceivedClient.NETWORK).received().toString())
                .startsWith("Received: from [IPv6:2001:db8:1:0:0:0:0:0] ([IPv6:2001:db8:1:0:0:0:0:0])\r\n");
    }

    @Test
    void namesNobodyButUsInReceived() {
        assertThat(trace("192.0.2.77", ReceivedClient.NONE).received()).hasToString("""
                Received: from relay.example.org
                \tby relay.example.org with ESMTP id 0123456789abcdef;
                \tThu, 1 Jan 1970 00:00:00 +0000""".replace("\n", "\r\n"));
    }

    private static ReceivedTrace trace(String peer, ReceivedClient client) {
        return new ReceivedTrace("app.internal", InetAddress.ofLiteral(peer), "ESMTP", Optional.empty(), "relay.example.org", "0123456789abcdef",
                Instant.EPOCH, client);
    }

    @Test
    void leavesTheBodyAlone() {
        var message = new Message(new Header(List.of()), new MemoryBody(new byte[] {0, '\n', (byte) 0xFF}));
        assertThat(Rewriter.rewrite(message, decision(), trace()).body()).isSameAs(message.body());
    }

    static List<SampleLetter> corpus() {
        return Corpus.letters();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void changesNothingElseInTheCorpus(SampleLetter letter) throws IOException {
        var message = collect(letter);
        var out = new ByteArrayOutputStream();
        Rewriter.rewrite(message, decision(), trace()).writeTo(out);
        var before = letter.parts();
        var after = Corpus.Parts.of(out.toString(StandardCharsets.ISO_8859_1));

        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.fields().getFirst()).isEqualTo(RECEIVED.replace("\n", "\r\n"));
        assertThat(after.named("From")).containsExactly(FROM.replace("\n", "\r\n"));
        assertThat(after.named("Reply-To")).containsExactly(REPLY_TO.replace("\n", "\r\n"));
        assertThat(after.named("X-Context", "X-Relation-Id", "X-Office-Id", "Bcc", "Resent-Bcc", "Return-Path", "Sender", "DKIM-Signature"))
                .isEmpty();
        for (var name : List.of("Date", "Message-ID")) {
            var own = name.equals("Date") ? DATE : MESSAGE_ID;
            assertThat(after.named(name)).isEqualTo(before.named(name).isEmpty() ? List.of(own.replace("\n", "\r\n")) : before.named(name));
        }
        var named = new String[] {
            "From", "Reply-To", "X-Context", "X-Relation-Id", "X-Office-Id", "Bcc", "Resent-Bcc", "Return-Path", "Sender",
            "DKIM-Signature", "Disposition-Notification-To", "Return-Receipt-To", "Date", "Message-ID"
        };
        var rest = after.without(named);
        assertThat(rest.subList(1, rest.size())).describedAs("the others, in order").isEqualTo(before.without(named));
        assertThat(before.fields()).containsAll(after.named("Disposition-Notification-To", "Return-Receipt-To"));
    }

    /// Lines end in LF here, for the eye; in the letter in CRLF.
    private static String rewritten(String header) {
        var block = header.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var message = new Message(Header.parse(block), new MemoryBody(new byte[0]));
        var fields = Rewriter.rewrite(message, decision(), trace()).header().fields();
        return fields.stream()
                .map(field -> new String(new Header(List.of(field)).octets(), StandardCharsets.ISO_8859_1))
                .collect(joining())
                .replace("\r\n", "\n");
    }

    private static Message collect(SampleLetter letter) {
        var limits = new MessageLimits(1_000_000, 131_072, 1000, 65_536, 1_000_000);
        try (var collector = new MessageCollector(limits, LineEndings.REJECT, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(letter.octets(), 0, letter.octets().length);
            return switch (collector.finish()) {
                case Collected.Whole(var message, _) -> message;
                case Collected.Refused(var reply) -> throw new AssertionError(reply);
            };
        }
    }

    private static Decision.Rewrite decision() {
        return new Decision.Rewrite(
                Mailbox.parse("Cabinet Dupont <inbox@relay.example>").orElseThrow(),
                Rule.FROM_SHARED,
                List.of(Mailbox.parse("Jan Janssens <jan@dupont.example>").orElseThrow()),
                Rule.GENERAL_SENDER,
                Optional.empty());
    }

    private static ReceivedTrace trace() {
        return new ReceivedTrace(
                "app.dupont.example",
                InetAddress.ofLiteral("192.0.2.10"),
                "ESMTPS",
                Optional.empty(),
                "relay.example.org",
                "0123456789abcdef",
                Instant.parse("2026-11-23T08:00:00Z"));
    }
}
