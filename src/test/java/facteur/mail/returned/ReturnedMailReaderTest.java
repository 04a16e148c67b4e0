package facteur.mail.returned;

import static facteur.mail.returned.Returns.read;
import static facteur.mail.returned.Returns.report;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.returned.ReturnedMail.Automatic;
import facteur.mail.returned.ReturnedMail.Complaint;
import facteur.mail.returned.ReturnedMail.Personal;
import facteur.mail.returned.ReturnedMail.Read;
import facteur.mail.returned.ReturnedMail.Unreadable;
import facteur.mail.smtp.Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes is told apart by its form, in the order of the rules.
final class ReturnedMailReaderTest {
    private static final String REPORT = """
            From: MAILER-DAEMON@mx.dupont.example (Mail Delivery System)
            Subject: Undelivered
            Auto-Submitted: auto-replied
            X-Failed-Recipients: other@example.com
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain

            It didn't arrive.

            --b1
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.dupont.example

            Original-Recipient: rfc822; Client@example.com
            Final-Recipient: rfc822; c.lient@mail.example.com
            Action: failed
            Status: 5.1.1 (no such mailbox)
            Remote-MTA: dns; mail.example.com (192.0.2.1, a host)
            Diagnostic-Code: smtp; 550 5.1.1 <c.lient@mail.example.com>:
             no such mailbox

            --b1
            Content-Type: message/rfc822

            Subject: Invoice

            Good day!

            --b1--
            """;

    @Test
    void aReportIsRead() {
        assertThat(report(REPORT)).isEqualTo(new DeliveryReport(
                "mx.dupont.example",
                List.of(new ReportedRecipient(
                        Optional.of("Client@example.com"),
                        "c.lient@mail.example.com",
                        Action.FAILED,
                        "5.1.1",
                        "550 5.1.1 <c.lient@mail.example.com>: no such mailbox",
                        "mail.example.com")),
                "It didn't arrive."));
    }

    @Test
    void aReportIsReadWhateverTheReversePath() {
        assertThat(read("<jan@dupont.example>", REPORT)).isInstanceOf(ReturnedMail.Report.class);
    }

    @Test
    void aStatusPartWithoutARecipientCannotBeRead() {
        assertThat(read(REPORT.replace("Final-Recipient", "X").replace("Original-Recipient", "Y")))
                .isEqualTo(new Unreadable(List.of("other@example.com"), "It didn't arrive."));
    }

    @Test
    void aReadReceiptIsNoted() {
        assertThat(read("<>", """
                From: client@example.com
                Content-Type: multipart/report; report-type=disposition-notification; boundary=b

                --b

                Seen.
                --b
                Content-Type: message/disposition-notification

                Reporting-UA: laptop
                Final-Recipient: rfc822;client@example.com
                Disposition: manual-action/MDN-sent-manually; Displayed/warning
                --b--
                """))
                .isEqualTo(new Read(Optional.of("client@example.com"), "displayed"));
    }

    @Test
    void aComplaintIsNoted() {
        assertThat(read("<fbl@provider.example>", """
                From: fbl@provider.example
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b

                This is a complaint.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Version: 1
                Original-Rcpt-To: <client@provider.example>
                Original-Rcpt-To: second@provider.example
                --b
                Content-Type: message/rfc822

                Subject: Invoice

                --b--
                """))
                .isEqualTo(new Complaint(List.of("client@provider.example", "second@provider.example"), "abuse"));
    }

    @Test
    void failedRecipientsMakeABounceEvenIfItCallsItselfAnAnswer() {
        assertThat(read("<noreply@provider.example>", """
                From: Provider <noreply@provider.example>
                Auto-Submitted: auto-replied
                X-Failed-Recipients: client@example.com,
                  <second@example.com>

                It didn't arrive: see
                Final-Recipient: rfc822; third@example.com
                """))
                .isEqualTo(new Unreadable(
                        List.of("client@example.com", "second@example.com"),
                        "It didn't arrive: see\nFinal-Recipient: rfc822; third@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "MAILER-DAEMON",
        "MAILER-DAEMON (Mail Delivery System)",
        "MAILER-DAEMON <>",
        "<>",
        "Mail Delivery System <Mailer-Daemon@mx.example.com>",
        "mailer_daemon@example.com",
        "Mail Delivery Subsystem <MAILER-DAEMON>",
        "postmaster@example.com",
        "\"Postmaster\" <postmaster@example.com>",
        "Microsoft Exchange <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com>"
    })
    void aMailSystemWritesBouncesWhateverTheReversePath(String from) {
        assertThat(read("<bounces@example.com>", "From: " + from + "\nAuto-Submitted: auto-replied\n\nNo.\n"))
                .isEqualTo(new Unreadable(List.of(), "No."));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: Auto-Generated; owner-email=\"jan@dupont.example\"",
        "Auto-Submitted: auto-notified (by a rule)",
        "X-Apple-Action: VACATION",
        "X-MS-Exchange-Inbox-Rules-Loop: client@example.com",
        "Precedence: Bulk",
        "Precedence: junk",
        "Precedence: auto_reply",
        "X-Autoreply: yes"
    })
    void anAnswerByAProgramIsAutomatic(String field) {
        assertThat(read("<client@example.com>", "From: client@example.com\n" + field + "\n\nI'm away.\n")).isEqualTo(new Automatic());
    }

    @Test
    void aWishForNoAnswersIsAutomaticOnlyFromNowhere() {
        var letter = "From: client@example.com\nX-Auto-Response-Suppress: All\n\nGood day\n";
        assertThat(read("<>", letter)).isEqualTo(new Automatic());
        assertThat(read("<client@example.com>", letter)).isEqualTo(new Personal());
    }

    @Test
    void aLetterFromNowhereIsABounceUnlessItIsFromARecipient() {
        assertThat(read("<>", "From: Bob <client@example.com>\nSubject: Out of office\n\nNo.\n"))
                .isEqualTo(new Unreadable(List.of(), "No.", Optional.of(Address.of("client@example.com"))));
        assertThat(read("<MAILER-DAEMON@example.com>", "From: host@example.com\n\nNo.\n"))
                .isEqualTo(new Unreadable(List.of(), "No.", Optional.of(Address.of("host@example.com"))));
        assertThat(read("<>", "From: a@example.com, b@example.com\n\nNo.\n")).isEqualTo(new Unreadable(List.of(), "No."));
        assertThat(read("<>", "From: postmaster@example.com\n\nNo.\n")).isEqualTo(new Unreadable(List.of(), "No."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: no", "Auto-Submitted: no (really)", "Precedence: list", "X-Autoreply: no", "Subject: Undeliverable"})
    void aPersonsLetterIsPersonal(String field) {
        assertThat(read("<client@example.com>", "From: client@example.com\n" + field + "\n\nGood day\n")).isEqualTo(new Personal());
    }
}
