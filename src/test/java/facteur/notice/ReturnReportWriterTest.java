package facteur.notice;

import static facteur.notice.ReturnSamples.failed;
import static facteur.notice.ReturnSamples.letter;
import static facteur.notice.ReturnSamples.report;
import static facteur.notice.ReturnSamples.said;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.bounce.Dsn;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.spool.ReturnedLetter;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The app's report on what came back. It is read by another's reader, that of jakarta.mail.
final class ReturnReportWriterTest {
    private static final Address BOUNCES = Address.of("bounces@suite.example");
    private static final ReturnReportWriter WRITER =
            new ReturnReportWriter(new DsnWriter("relay.example.org", "shared.example", Language.EN), ReversePath.NULL);

    @Test
    void hasTheAppsOwnNamesAndTheFieldsThatAreKnown() throws Exception {
        var path = new ForwardPath(
                Address.of("jan@client.example"),
                Optional.of(Notify.of("FAILURE")),
                Optional.of(OriginalRecipient.of("rfc822;Jan+2BInvoices@client.example")));
        var request = new DsnRequest(Optional.of(ReturnContent.FULL), Optional.of(new Xtext("QQ+20314159")));
        var letter = with(letter("", "Facture é", List.of(path), report(failed(0, "5.1.1", "smtp; 550 5.1.1 no such user"))), request);

        var parts = parts(WRITER.report(letter, BOUNCES).orElseThrow());

        assertThat(parts.get(1)).isEqualTo("""
                Original-Envelope-Id: QQ 314159
                Reporting-MTA: dns; relay.example.org
                X-Queue-Id: 01m8468qb1dasymv
                Arrival-Date: Tue, 24 Nov 2026 09:05:00 +0000

                Original-Recipient: rfc822; Jan+Invoices@client.example
                Final-Recipient: rfc822; jan@client.example
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mx.client.example
                Diagnostic-Code: smtp; 550 5.1.1 no such user
                """.replace("\n", "\r\n"));
        // The content is gone, whatever RET asks for.
        assertThat(parts.get(2)).isEqualTo("""
                From: =?UTF-8?B?w4l0dWRlIER1cG9udA==?= <inbox@shared.example>
                Reply-To: An Peeters <an@dupont.example>
                Subject: =?UTF-8?B?RmFjdHVyZSDDqQ==?=
                Message-ID: <118@suite.example>
                """.replace("\n", "\r\n"));
    }

    @Test
    void reportsWhatTheAppWants() {
        var letter = letter(
                "",
                "x",
                List.of(to("a", "NEVER"), to("b", "SUCCESS"), to("c", "FAILURE,SUCCESS"), ForwardPath.of(Address.of("d@client.example"))),
                report(
                        new ReturnedLetter.OfRecipient(0, "", "failed", "5.1.1", "", ""),
                        new ReturnedLetter.OfRecipient(1, "", "delivered", "2.0.0", "", ""),
                        new ReturnedLetter.OfRecipient(2, "", "delivered", "2.0.0", "", ""),
                        new ReturnedLetter.OfRecipient(3, "", "delivered", "2.0.0", "", "")));
        var dsn = WRITER.report(letter, BOUNCES).orElseThrow();
        assertThat(dsn.recipients()).extracting(each -> each.path().address().localPart()).containsExactly("b", "c");
        assertThat(dsn.gravest()).isEqualTo(Dsn.Action.DELIVERED);
    }

    @Test
    void reportsNeitherDelaysNorStrangers() {
        var letter = letter(report(said(0, "delayed", "4.4.1", "later"), failed(-1, "5.1.1", "no")));
        assertThat(WRITER.report(letter, BOUNCES)).isEmpty();
    }

    @Test
    void hasAStatusThatFitsItsAction() {
        var letter = letter(report(failed(0, "2.0.0", ""), failed(1, "", ""), failed(2, "4.4.7", "expired")));
        assertThat(WRITER.report(letter, BOUNCES).orElseThrow().recipients()).extracting(Dsn.ReportedRecipient::status)
                .containsExactly("5.0.0", "5.0.0", "4.4.7");
    }

    /// The failure that came later is the news.
    @Test
    void reportsTheLastThatWasSaidOfEach() {
        var path = to("jan", "FAILURE,SUCCESS");
        var letter = letter("", "x", List.of(path), report(said(0, "delivered", "2.0.0", "")), report(failed(0, "5.2.2", "full")));
        assertThat(WRITER.report(letter, BOUNCES).orElseThrow().recipients()).extracting(Dsn.ReportedRecipient::action)
                .containsExactly(Dsn.Action.FAILED);
    }

    @Test
    void aBounceThatCannotBeReadIsAFailureOfThoseThatItNames() {
        var letter = letter(ReturnSamples.unreadable("gone", failed(1, "", "")));
        assertThat(WRITER.report(letter, BOUNCES).orElseThrow().recipients()).extracting(each -> each.path().address().toString())
                .containsExactly("an@client.example");
    }

    private static ForwardPath to(String localPart, String notify) {
        return new ForwardPath(Address.of(localPart + "@client.example"), Optional.of(Notify.of(notify)), Optional.empty());
    }

    private static ReturnedLetter with(ReturnedLetter letter, DsnRequest request) {
        return new ReturnedLetter(
                letter.sent(), letter.acceptedAt(), letter.subject(), letter.messageId(), letter.from(), letter.originalReversePath(), request,
                letter.recipients(), letter.returns());
    }

    private static List<String> parts(Dsn dsn) throws Exception {
        var read = ReturnSamples.read(WRITER.writer().write(dsn, "01m83pph00yyyyyy", ReturnSamples.SENT));
        var parts = (MimeMultipart) read.getContent();
        return List.of(part(parts, 0), part(parts, 1), part(parts, 2));
    }

    private static String part(MimeMultipart parts, int at) throws Exception {
        return new String(parts.getBodyPart(at).getInputStream().readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\r\n\r\n$", "\r\n");
    }
}
