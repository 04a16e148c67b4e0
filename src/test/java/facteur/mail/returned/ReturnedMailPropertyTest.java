package facteur.mail.returned;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Any octets give a decision, and a report names only those whom its status parts name.
final class ReturnedMailPropertyTest {
    @Property(tries = 500)
    void anyOctetsGiveADecision(@ForAll byte[] octets) {
        ReturnedChecks.check(Returns.readOctets("<>", octets));
    }

    @Property(tries = 1000)
    void anyRowOfWhatReportsAreMadeOfGivesADecision(@ForAll("lines") List<String> lines, @ForAll("ends") String end) {
        var letter = "From: MAILER-DAEMON\r\nContent-Type: multipart/report; boundary=b\r\n\r\n" + String.join(end, lines);
        ReturnedChecks.check(Returns.readOctets("<>", letter.getBytes(ISO_8859_1)));
    }

    @Property(tries = 500)
    void noneButRecipientsOfTheStatusAreNamed(@ForAll("parts") List<String> parts, @ForAll("ends") String end) {
        var letter = "From: MAILER-DAEMON\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
                + ("--b\n" + String.join("\n--b\n", parts) + "\n--b--\n").replace("\n", end);
        var expected = parts.stream()
                .filter(part -> part.startsWith("Content-Type: message/delivery-status"))
                .map(part -> part.replaceAll("(?s).*rfc822; (\\S+).*", "$1"))
                .toList();
        switch (Returns.readOctets("<>", letter.getBytes(ISO_8859_1))) {
            case ReturnedMail.Report(var report) ->
                assertThat(report.recipients()).extracting(ReportedRecipient::recipient).containsExactlyElementsOf(expected);
            case ReturnedMail.Unreadable(var recipients, var _, var _) -> assertThat(List.of(recipients, expected)).containsOnly(List.of());
            case ReturnedMail other -> throw new AssertionError(other.toString());
        }
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\r\n", "\n", "\r", "\r\r\n");
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(
                "--b", "--b--", "--c", "--c--", "-- b", "", " ", "\t", "Content-Type: message/delivery-status", "Content-Type: text/plain; charset=x",
                "Content-Type: multipart/mixed; boundary=c", "Content-Type: multipart/mixed", "Content-Type: message/rfc822",
                "Content-Type: message/global-delivery-status", "Content-Type: message/feedback-report", "Content-Type: text/html",
                "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Reporting-MTA: dns; mx",
                "Final-Recipient: rfc822; a@example.com", "Original-Recipient: rfc822; \u00E9@example.com", "Final-Recipient: utf-8; \\x{110000}@x",
                "Final-Recipient: <", "Action: failed", "Action:", "Status: 5.1.1", "Status: 99.1.1", "Diagnostic-Code: smtp; 550-5.1.1 x",
                "RmluYWwtUmVjaXBpZW50OiBhQGI=", "=46inal-Recipient: a@b=", "=", "\u0000", "\u00FF\u00FE", "<html>&#x110000;", "=?utf-8?b?////?=")
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> parts() {
        var address = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8).map(name -> name + "@example.com");
        var status = address.map(a -> "\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; " + a + "\nAction: failed\nStatus: 5.1.1\n");
        var nested = status
                .map(s -> "\nSubject: x\nContent-Type: multipart/report; boundary=i\n\n--i\nContent-Type: message/delivery-status" + s + "\n--i--");
        var part = Arbitraries.oneOf(
                status.map(s -> "Content-Type: message/delivery-status" + s),
                status.map(s -> "Content-Type: text/plain" + s),
                status.map(s -> s),
                Combinators.combine(Arbitraries.of("message/rfc822", "text/rfc822-headers", "text/plain", "application/octet-stream"), nested)
                        .as((type, letter) -> "Content-Type: " + type + "\n" + letter));
        return part.list().ofMaxSize(5);
    }
}
