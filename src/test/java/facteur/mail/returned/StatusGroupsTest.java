package facteur.mail.returned;

import static facteur.mail.returned.Returns.read;
import static facteur.mail.returned.Returns.recipients;
import static facteur.mail.returned.Returns.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import facteur.mail.returned.ReturnedMail.Personal;
import facteur.mail.returned.ReturnedMail.Unreadable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a report says of whom, and what is no report.
final class StatusGroupsTest {
    private static String letter(String status) {
        return letter("message/delivery-status", status);
    }

    private static String letter(String type, String status) {
        return "From: MAILER-DAEMON\nContent-Type: multipart/report; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: " + type + "\n\n" + status
                + "\n--b--\n";
    }

    private static ReportedRecipient only(String status) {
        return recipients(letter(status)).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.2.1", "5.0.0", "5.4.7"})
    void oneThatWasGivenUpHasFailedWhateverWasSaidLast(String status) {
        var given = only("Final-Recipient: rfc822; a@example.com\nStatus: " + status + "\nDiagnostic-Code: smtp; 450 4.2.1 mailbox busy\n");
        assertThat(given.action()).isEqualTo(Action.FAILED);
        assertThat(given.isBadAddress()).isFalse();
        assertThat(given.trouble()).isNotEqualTo(Trouble.MAILBOX_CLOSED);
    }

    @Test
    void severalRecipientsAreRead() {
        assertThat(recipients(letter("""
                Reporting-MTA: dns; mx

                Final-Recipient: rfc822; a@example.com
                Action: delayed
                Status: 4.2.2

                Final-Recipient: rfc822; b@example.com
                Action: relayed
                Status: 2.1.9

                Final-Recipient: rfc822; c@example.com
                Action: expanded
                Status: 2.2.2

                Final-Recipient: rfc822; d@example.com
                Action: delivered
                Status: 2.0.0
                """)))
                .extracting(ReportedRecipient::recipient, ReportedRecipient::action, ReportedRecipient::status)
                .containsExactly(
                        tuple("a@example.com", Action.DELAYED, "4.2.2"),
                        tuple("b@example.com", Action.RELAYED, "2.1.9"),
                        tuple("c@example.com", Action.EXPANDED, "2.2.2"),
                        tuple("d@example.com", Action.DELIVERED, "2.0.0"));
    }

    @Test
    void recipientsWithoutAnEmptyLineBetweenAreSeveral() {
        assertThat(recipients(letter("""
                Original-Recipient: rfc822; A@example.com
                Final-Recipient: rfc822; a@example.com
                Action: failed
                Status: 5.1.1
                Original-Recipient: rfc822; B@example.com
                Final-Recipient: rfc822; b@example.com
                Action: delayed
                Status: 4.2.2
                """)))
                .extracting(ReportedRecipient::original, ReportedRecipient::recipient, ReportedRecipient::action, ReportedRecipient::status)
                .containsExactly(
                        tuple(Optional.of("A@example.com"), "a@example.com", Action.FAILED, "5.1.1"),
                        tuple(Optional.of("B@example.com"), "b@example.com", Action.DELAYED, "4.2.2"));
    }

    @Test
    void aFieldThatIsThereTwiceIsReadOnce() {
        assertThat(
                recipients(letter("Final-Recipient: rfc822; a@example.com\nFinal-Recipient: rfc822; a@example.com\nStatus: 5.1.1\nStatus: 5.1.1\n")))
                .hasSize(1);
    }

    @Test
    void theOriginalRecipientComesFirst() {
        assertThat(only("Final-Recipient: rfc822; b@example.com\nOriginal-Recipient: RFC822;A@example.com\n").names())
                .containsExactly("A@example.com", "b@example.com");
    }

    @Test
    void anOriginalRecipientInXtextIsReadBothWays() {
        assertThat(only("Final-Recipient: rfc822; b@example.com\nOriginal-Recipient: rfc822; jan+2Btag@example.com\n").names())
                .containsExactly("jan+2Btag@example.com", "jan+tag@example.com", "b@example.com");
    }

    @Test
    void addressesBeyondAsciiAreReadInBothForms() {
        assertThat(recipients(letter("message/global-delivery-status", """
                Final-Recipient: utf-8; Zoë@exämple.example
                Action: failed
                Status: 5.1.1

                Final-Recipient: utf-8; Zo\\x{EB}@ex\\x{E4}mple.example
                Action: failed
                Status: 5.1.1
                """)))
                .extracting(ReportedRecipient::recipient)
                .containsExactly("Zoë@exämple.example", "Zoë@exämple.example");
    }

    @Test
    void aGroupWithoutARecipientCountsForNothing() {
        assertThat(recipients(
                letter("Action: failed\nStatus: 5.0.0\n\nFinal-Recipient: rfc822;\nAction: failed\n\nFinal-Recipient: rfc822; a@example.com\n")))
                .extracting(ReportedRecipient::recipient, ReportedRecipient::action, ReportedRecipient::status)
                .containsExactly(tuple("a@example.com", Action.FAILED, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "undeliverable, 5.1.1, FAILED",
        "undeliverable, 4.1.1, DELAYED",
        "deliverable, 2.1.5, DELIVERED",
        "'', 5.0.0, FAILED",
        "'', '', FAILED",
        "EXPIRED, 4.4.7, FAILED",
        "Delayed (will be tried again), 4.4.1, DELAYED"
    })
    void anActionThatIsNoneIsToldByTheStatus(String action, String status, Action expected) {
        assertThat(only("Final-Recipient: rfc822; a@example.com\nAction: " + action + "\nStatus: " + status + "\n").action()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.0.0 | smtp; 550 5.1.1 no such user                                     | 5.1.1
            4.0.0 | smtp; 550 5.1.1 no such user                                     | 5.1.1
            5.0.0 | smtp; 550-5.1.1 no such user                                     | 5.1.1
            5.0.0 | smtp; 5.1.1 no such user                                         | 5.1.1
            5.0.0 | smtp; 550 #5.1.0 Address rejected                                | 5.1.0
            5.0.0 | smtp; 550 Address rejected (#5.1.1)                              | 5.1.1
            5.0.0 | host mx.example.com[192.0.2.1] said: 550 5.1.1 no such user      | 5.1.1
            5.0.0 | X-Postfix; mx.example.com said: 552 5.2.2 full                   | 5.2.2
            5.0.0 | smtp; 5.1.0 - Unknown address error 550-'5.2.2 full'              | 5.2.2
            5.0.0 | smtp; 5.1.0 - Unknown address error 550-'no'                      | 5.1.0
            5.0.0 | smtp; 550 no such user                                           | 5.0.0
            5.0.0 | smtp; 550 192.5.1.1 is on a list                                 | 5.0.0
            5.0.0 | smtp; 550 Exim 4.96.2 says no, see 5.7.1.2                       | 5.0.0
            5.0.0 | smtp; 550 version 5.1.1                                          | 5.0.0
            5.7.1 | smtp; 550 5.1.1 no such user                                     | 5.7.1
            ''    | smtp; 452 4.2.2 full                                             | 4.2.2
            ''    | smtp; 554 no                                                     | 5.0.0
            5.2.1 | smtp;450 4.2.1 mailbox busy                                      | 4.2.1
            5.4.7 | smtp;450 4.2.1 mailbox busy                                      | 5.4.7
            5.2.1 | smtp;450 mailbox busy                                            | 5.2.1
            ''    | unknown user                                                     | ''
            5.4.1 (no answer from 10.2.3.4) | ''                                     | 5.4.1
            """)
    void theBetterStatusCounts(String status, String diagnostic, String expected) {
        assertThat(only("Final-Recipient: rfc822; a@example.com\nStatus: " + status + "\nDiagnostic-Code: " + diagnostic + "\n").status())
                .isEqualTo(expected);
    }

    @Test
    void whatTheHostSaysIsOneCleanLine() {
        assertThat(only("Final-Recipient: rfc822; a@example.com\nDiagnostic-Code: smtp; 550\u0007 no\u202E\n\tsuch =?utf-8?q?bo=C3=AEte?=\n")
                .diagnostic())
                .isEqualTo("550  no such boîte");
        assertThat(only("Final-Recipient: rfc822; a@example.com\nDiagnostic-Code: X-Notes; \u001B$B8+$D$+$j$^$;$s\u001B(B\n").diagnostic())
                .isEqualTo("見つかりません");
        assertThat(only("Final-Recipient: rfc822; a@example.com\nDiagnostic-Code: smtp; 550 " + "x".repeat(5000)).diagnostic()).hasSize(1000);
    }

    @Test
    void hostsAreNamedWithoutComments() {
        var report = report(letter(
                "Reporting-MTA: dns; mx.example.com (smtpd 7)\n\nFinal-Recipient: rfc822; a@example.com\nRemote-MTA: dns; x.example (192.0.2.1)\n"));
        assertThat(report.host()).isEqualTo("mx.example.com");
        assertThat(report.recipients().getFirst().host()).isEqualTo("x.example");
    }

    @Test
    void anAddressThatIsTooLongIsNone() {
        assertThat(read(letter("Final-Recipient: rfc822; " + "a".repeat(890) + "@example.com\nAction: failed\n"))).isInstanceOf(Unreadable.class);
    }

    @Test
    void anAddressWithWhatCannotBeSeenIsNone() {
        assertThat(read(letter("message/global-delivery-status", "Final-Recipient: utf-8; jan\\x{0}@example.com\nAction: failed\n")))
                .isInstanceOf(Unreadable.class);
        assertThat(read("X-Failed-Recipients: a\u0000@example.com, b@example.com\n\nNo.\n"))
                .isEqualTo(new Unreadable(List.of("b@example.com"), "No."));
    }

    @Test
    void aReportInTheReturnedLetterIsAboutOthers() {
        var inner = letter("Final-Recipient: rfc822; other@example.com\nAction: failed\nStatus: 5.1.1\n").replace("=b", "=inner").replace("--b",
                "--inner");
        var status = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n";
        for (var type : new String[] {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers",
            "MESSAGE/RFC822; name=x"}) {
            assertThat(recipients(letter(status + "\n--b\nContent-Type: " + type + "\n\n" + inner)))
                    .extracting(ReportedRecipient::recipient)
                    .containsExactly("a@example.com");
            assertThat(read(letter("text/plain", "No.\n--b\nContent-Type: " + type + "\n\n" + inner))).isInstanceOf(Unreadable.class);
        }
        assertThat(read("From: MAILER-DAEMON\nContent-Type: multipart/digest; boundary=b\n\n--b\n\n" + inner + "\n--b--\n"))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aReportThatAPersonForwardsIsTheirLetter() {
        var report = letter("Final-Recipient: rfc822; other@example.com\nAction: failed\nStatus: 5.1.1\n").replace("=b", "=inner").replace("--b",
                "--inner");
        assertThat(read("<client@example.com>", "From: client@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below\n--b\n"
                + "Content-Type: message/rfc822\n\n" + report + "\n--b--\n"))
                .isEqualTo(new Personal());
    }

    @Test
    void aReportQuotedInTextIsAboutOthers() {
        var report = letter("Final-Recipient: rfc822; other@example.com\nAction: failed\nStatus: 5.1.1\n");
        for (var type : new String[] {"", "Content-Type: text/plain\n", "Content-Type: text/plain; boundary=b\n",
            "Content-Type: application/pdf\n"}) {
            assertThat(read("From: MAILER-DAEMON\n" + type + "\nSorry.\n\n" + report)).isInstanceOf(Unreadable.class);
        }
    }
}
