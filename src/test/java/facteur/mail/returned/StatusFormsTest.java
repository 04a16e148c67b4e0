package facteur.mail.returned;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A report in all the forms that hosts give it: each names the same recipient.
final class StatusFormsTest {
    private static final String TYPE = "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"";
    private static final String STATUS_TYPE = "Content-Type: message/delivery-status\n";

    private static final String STATUS = """
            Reporting-MTA: dns; mx.dupont.example
            Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0100

            Final-Recipient: rfc822; client@example.com
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such mailbox
            """;

    private static final String PERSON = """
            Content-Type: text/plain

            It didn't arrive.
            """;

    private static final String RETURNED = """
            Content-Type: message/rfc822

            From: jan@dupont.example
            Subject: Invoice

            Good day!
            """;

    private static final String REPORT = "From: MAILER-DAEMON\nMIME-Version: 1.0\n" + TYPE + "\n\nFor old programs.\n--b1\n" + PERSON + "\n--b1\n"
            + STATUS_TYPE + "\n" + STATUS + "\n--b1\n" + RETURNED + "\n--b1--\n";

    static Stream<Arguments> forms() {
        var forms = new LinkedHashMap<String, UnaryOperator<String>>();
        forms.put("standard", report -> report);
        addTypes(forms);
        addBoundaries(forms);
        addLines(forms);
        addEncodings(forms);
        addGroups(forms);
        addFields(forms);
        return forms.entrySet().stream().map(form -> Arguments.of(form.getKey(), form.getValue().apply(REPORT)));
    }

    private static void addTypes(Map<String, UnaryOperator<String>> forms) {
        forms.put("multipart/mixed", report -> report.replace("multipart/report; report-type=delivery-status", "multipart/mixed"));
        forms.put("no report-type", report -> report.replace(" report-type=delivery-status;", ""));
        forms.put("upper case",
                report -> report.replace("multipart/report", "MULTIPART/REPORT").replace(STATUS_TYPE, STATUS_TYPE.toUpperCase(Locale.ROOT)));
        forms.put("comment in the type",
                report -> report.replace(STATUS_TYPE, "Content-Type: message/delivery-status (RFC 3464); charset=us-ascii\n"));
        forms.put("folded type", report -> report.replace(STATUS_TYPE, "Content-Type:\n message/delivery-status;\n\tcharset=us-ascii\n"));
        forms.put("blank before the colon", report -> report.replace(STATUS_TYPE, "Content-type : message/delivery-status\n"));
        forms.put("global", report -> report.replace("message/delivery-status", "message/global-delivery-status"));
        forms.put("two types of the letter", report -> report.replace(TYPE, "Content-Type: text/plain\n" + TYPE));
        forms.put("nothing but the status", report -> "From: MAILER-DAEMON\n" + STATUS_TYPE + "\n" + STATUS);
        forms.put("third part", report -> report.replace("--b1\n" + PERSON, "--b1\n" + PERSON + "\n--b1\n" + PERSON));
        forms.put("first part", report -> report.replace("--b1\n" + PERSON + "\n", ""));
        forms.put("behind the returned letter", report -> report.replace(RETURNED, RETURNED + "\n--b1\n" + STATUS_TYPE + "\n" + STATUS)
                .replaceFirst(STATUS_TYPE, "Content-Type: text/plain\n"));
        forms.put("within another multipart", report -> report.replace(TYPE, "Content-Type: multipart/mixed; boundary=b0")
                .replace("For old", "--b0\n" + PERSON + "\n--b0\n" + TYPE + "\n\nFor old") + "\n--b0--\n");
        forms.put("two, prose in the first", report -> report.replace(STATUS_TYPE, STATUS_TYPE + "\nIt failed: sorry.\n\n--b1\n" + STATUS_TYPE));
    }

    private static void addBoundaries(Map<String, UnaryOperator<String>> forms) {
        forms.put("no end boundary", report -> report.replace("\n--b1--\n", "\n"));
        forms.put("no boundary parameter", report -> report.replace("; boundary=\"b1\"", ""));
        forms.put("another boundary", report -> report.replace("boundary=\"b1\"", "boundary=\"b2\""));
        forms.put("blank at the end of the boundary", report -> report.replace("boundary=\"b1\"", "boundary=\"b1 \""));
        forms.put("boundary without quotes", report -> report.replace("boundary=\"b1\"", "boundary=b1=_?/x").replace("--b1", "--b1=_?/x"));
        forms.put("boundary that looks like a comment", report -> report.replace("boundary=\"b1\"", "boundary=b1(x)").replace("--b1", "--b1(x)"));
        forms.put("quote that doesn't close", report -> report.replace("boundary=\"b1\"", "boundary=\"b1"));
        forms.put("two semicolons", report -> report.replace("; boundary", ";; boundary"));
        forms.put("blanks behind boundaries", report -> report.replace("--b1\n", "--b1 \t\n"));
        forms.put("ends too early", report -> report.replace("--b1\n" + PERSON, "--b1\n" + PERSON + "\n--b1--\n"));
        forms.put("boundary in quoted pairs", report -> report.replace("boundary=\"b1\"", "boundary=\"\\b\\1\""));
        forms.put("no empty line behind the type", report -> report.replace(STATUS_TYPE + "\n", STATUS_TYPE));
        forms.put("fields before the type", report -> report.replace(STATUS_TYPE, "Content-Description: Notification\nX: y\n" + STATUS_TYPE));
    }

    private static void addLines(Map<String, UnaryOperator<String>> forms) {
        forms.put("carriage returns alone", report -> body(report, "\r"));
        forms.put("two carriage returns", report -> body(report, "\r\r\n"));
        forms.put("no end of the last line", String::strip);
    }

    /// The header keeps its line ends.
    private static String body(String report, String end) {
        var at = report.indexOf("\n\n") + 2;
        return report.substring(0, at) + report.substring(at).replace("\n", end);
    }

    private static void addEncodings(Map<String, UnaryOperator<String>> forms) {
        var mime = Base64.getMimeEncoder(76, "\n".getBytes(UTF_8));
        var octets = STATUS.getBytes(UTF_8);
        forms.put("base64", report -> encoded(report, "base64", mime.encodeToString(octets)));
        forms.put("base64 in one line", report -> encoded(report, "BASE64", Base64.getEncoder().encodeToString(octets)));
        forms.put("base64 without padding", report -> encoded(report, "base64", Base64.getEncoder().withoutPadding().encodeToString(octets)));
        forms.put("base64 of CRLF", report -> encoded(report, "base64", mime.encodeToString(STATUS.replace("\n", "\r\n").getBytes(UTF_8))));
        forms.put("quoted-printable",
                report -> encoded(report, "quoted-printable", STATUS.replace("@", "=40").replace("failed", "fail=\ned") + "=\n"));
        forms.put("8bit", report -> encoded(report, "8bit", STATUS));
        forms.put("unknown encoding", report -> encoded(report, "8-bit", STATUS));
        // As Postfix 3.7 hands it on to a host without 8BITMIME.
        forms.put("quoted-printable, labelled 7bit", report -> encoded(report, "7bit", STATUS.replace("rfc822; client@", "utf-8; client@=\n")
                .replace("no such", "bo=C3=AEte inconnue: no such"))
                .replace("message/delivery", "message/global-delivery"));
    }

    private static String encoded(String report, String label, String content) {
        return report.replace(STATUS_TYPE, STATUS_TYPE + "Content-Transfer-Encoding: " + label + "\n").replace(STATUS, content + "\n");
    }

    private static void addGroups(Map<String, UnaryOperator<String>> forms) {
        forms.put("no group of the letter", report -> report.replaceAll("(?s)Reporting-MTA.*?\n\n", ""));
        forms.put("empty group of the letter", report -> report.replaceAll("(?s)Reporting-MTA.*?\n\n", "\n\n"));
        forms.put("one group", report -> report.replace("+0100\n\n", "+0100\n"));
        forms.put("two empty lines", report -> report.replace("+0100\n\n", "+0100\n\n\n"));
        forms.put("line of blanks", report -> report.replace("+0100\n\n", "+0100\n \t \n"));
        forms.put("line of blanks at the top", report -> report.replace("Reporting-MTA", "\n  \nReporting-MTA"));
        forms.put("prose", report -> report.replace("+0100\n\n", "+0100\n\nIt failed. See below\n\n"));
        forms.put("no empty line at the end", report -> report.replace("mailbox\n\n--b1", "mailbox\n--b1"));
    }

    private static void addFields(Map<String, UnaryOperator<String>> forms) {
        forms.put("lower case", report -> report.replace("Final-Recipient", "final-recipient").replace("rfc822;", "RFC822 ;"));
        forms.put("no type", report -> report.replace("rfc822; ", ""));
        forms.put("type with a slash", report -> report.replace("rfc822; ", "rfc/822;"));
        forms.put("brackets", report -> report.replace("client@example.com", "<client@example.com>"));
        forms.put("half a bracket", report -> report.replace("client@example.com", "client@example.com>"));
        forms.put("source route", report -> report.replace("client@example.com", "@mx.example.net:client@example.com"));
        forms.put("comment", report -> report.replace("client@example.com", "client@example.com (the client)"));
        forms.put("folded", report -> report.replace("rfc822; ", "rfc822;\n  "));
        forms.put("blank before colons", report -> report.replace("Recipient:", "Recipient :").replace("Status:", "Status :"));
        forms.put("action first", report -> report.replaceAll("(Final-Recipient.*\n)(Action.*\n)", "$2$1"));
        forms.put("original alone", report -> report.replace("Final-Recipient", "Original-Recipient"));
        forms.put("no action", report -> report.replace("Action: failed\n", ""));
        forms.put("unknown action", report -> report.replace("Action: failed", "Action: undeliverable"));
        forms.put("action expired", report -> report.replace("Action: failed", "Action: expired"));
        forms.put("action with a comment", report -> report.replace("Action: failed", "Action: Failed (permanent failure)"));
        forms.put("status with words", report -> report.replace("Status: 5.1.1", "Status: 5.1.1 (bad destination 10.2.3.4)"));
        forms.put("status of its class alone", report -> report.replace("Status: 5.1.1", "Status: 5.0.0"));
        forms.put("no status", report -> report.replace("Status: 5.1.1\n", ""));
        forms.put("status of another class alone", report -> report.replace("Status: 5.1.1", "Status: 4.0.0"));
        forms.put("status with zeros", report -> report.replace("Status: 5.1.1", "Status: 5.01.001"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void itsRecipientIsFound(String form, String report) {
        assertThat(report.equals(REPORT)).isEqualTo(form.equals("standard"));
        var at = report.indexOf("\n\n");
        var header = report.substring(0, at).replace("\n", "\r\n") + "\r\n\r\n";
        var body = report.substring(at + 2);
        for (var letter : List.of(header + body, header + body.replaceAll("(?<!\r)\n", "\r\n"))) {
            assertThat(Returns.readOctets("<>", letter.getBytes(UTF_8)))
                    .isInstanceOfSatisfying(ReturnedMail.Report.class, read -> assertThat(read.report().recipients())
                            .singleElement()
                            .satisfies(recipient -> {
                                assertThat(recipient.names()).contains("client@example.com");
                                assertThat(recipient.action()).isEqualTo(Action.FAILED);
                                assertThat(recipient.status()).isEqualTo("5.1.1");
                            }));
        }
    }
}
