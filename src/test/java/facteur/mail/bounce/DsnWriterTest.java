package facteur.mail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.message.Body;
import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.Xtext;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written here is read by another's reader, that of jakarta.mail.
final class DsnWriterTest {
    private static final String QUEUE_ID = "0123456789abcdeg";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Address JAN = Address.of("jan@dupont.example");
    private static final DsnRequest FULL = new DsnRequest(Optional.of(ReturnContent.FULL), Optional.empty());
    private static final byte[] BODY = "secret body, no line end".getBytes(StandardCharsets.US_ASCII);
    private static final String HEADER = "From: Cabinet Dupont <inbox@relay.example>\r\nTo: info@bakker.example\r\nSubject: x\r\n y\r\n";

    @Test
    void writesAReportOfThreeParts() throws Exception {
        var report = read(write(HEADER, failed("info@bakker.example", "550 5.1.1 no such user"), failed("boek@bakker.example", "full")));

        assertThat(report.getFrom()).containsExactly(new InternetAddress("mailer-daemon@shared.example", "Mail Delivery System"));
        assertThat(report.getAllRecipients()).containsExactly(new InternetAddress("jan@dupont.example"));
        assertThat(report.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(report.getMessageID()).isEqualTo("<" + QUEUE_ID + "@relay.example.org>");
        assertThat(report.getSentDate()).isEqualTo(NOW);
        assertThat(report.getContentType()).startsWith("multipart/report; report-type=delivery-status;");

        var parts = parts(report);
        assertThat(parts).extracting(DsnWriterTest::type).containsExactly("text/plain", "message/delivery-status", "text/rfc822-headers");
        assertThat(text(parts.get(0))).contains("info@bakker.example\r\n    550 5.1.1 no such user\r\n", "boek@bakker.example\r\n    full\r\n");
        assertThat(text(parts.get(1))).isEqualTo("""
                Reporting-MTA: dns; relay.example.org
                X-Queue-Id: 0123456789abcdef
                Arrival-Date: Thu, 1 Jan 1970 00:00:00 +0000

                Final-Recipient: rfc822; info@bakker.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user

                Final-Recipient: rfc822; boek@bakker.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: x-unknown; full
                """.replace("\n", "\r\n"));
        assertThat(text(parts.get(2))).isEqualTo(HEADER);
    }

    @Test
    void knowsWhichLetterAReportOfOursIsOn() {
        assertThat(DsnWriter.reportedOn(write(HEADER, failed("info@bakker.example", "no")).header())).contains("0123456789abcdef");
        var byAnApp = Header.parse("Received: from app.example\r\nX-Queue-Id: 0123456789abcdef\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(DsnWriter.reportedOn(byAnApp)).isEmpty();
        assertThat(DsnWriter.reportedOn(Header.parse(HEADER.getBytes(StandardCharsets.US_ASCII)))).isEmpty();
    }

    /// A host may name no reason, or none that can be read.
    @Test
    void saysThatThereIsNoReason() throws Exception {
        var parts = parts(read(write(HEADER, failed("info@bakker.example", ""))));
        assertThat(text(parts.get(0))).contains("info@bakker.example\r\n    The mail system gave no reason that can be read.\r\n");
        assertThat(text(parts.get(1))).doesNotContain("Diagnostic-Code");
    }

    @Test
    void namesWhatTheAppNamed() throws Exception {
        var request = new DsnRequest(Optional.empty(), Optional.of(new Xtext("QQ+20314159")));
        var path = new ForwardPath(
                Address.of("info@bakker.example"), Optional.empty(), Optional.of(OriginalRecipient.of("rfc822;a+2Bb@old.example")));
        var recipient = new Dsn.ReportedRecipient(path, Dsn.Action.FAILED, "5.1.1", "550 no");
        var report = read(write(letter(HEADER, new MemoryBody(BODY)), JAN, request, recipient));
        assertThat(text(parts(report).get(1))).isEqualTo("""
                Original-Envelope-Id: QQ 314159
                Reporting-MTA: dns; relay.example.org
                X-Queue-Id: 0123456789abcdef
                Arrival-Date: Thu, 1 Jan 1970 00:00:00 +0000

                Original-Recipient: rfc822; a+b@old.example
                Final-Recipient: rfc822; info@bakker.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 no
                """.replace("\n", "\r\n"));
    }

    @Test
    void reportsThatALetterWasPassedOn() throws Exception {
        var report = read(write(letter(HEADER, new MemoryBody(BODY)), JAN, FULL, relayed("info@bakker.example")));
        assertThat(report.getSubject()).isEqualTo("Your letter was passed on");
        assertThat(text(parts(report).get(0)))
                .contains("passed on for these recipients", "  info@bakker.example\r\n", "The header of your letter is attached.")
                .doesNotContain("could not be delivered", "try again");
        assertThat(text(parts(report).get(1))).contains("Action: relayed\r\nStatus: 2.0.0\r\n");
        // RFC 3461 §4.3: RET is about failures.
        assertThat(text(parts(report).get(2))).isEqualTo(HEADER);
    }

    @Test
    void tellsOfBothInOneReport() throws Exception {
        var report = read(write(HEADER, failed("boek@bakker.example", "550 no"), relayed("info@bakker.example")));
        assertThat(report.getSubject()).isEqualTo("Undelivered mail returned to sender");
        assertThat(text(parts(report).get(0))).containsSubsequence(
                "could not be delivered", "  boek@bakker.example\r\n", "passed on", "  info@bakker.example\r\n");
        assertThat(text(parts(report).get(1))).containsSubsequence("Action: failed", "Action: relayed");
    }

    @Test
    void givesTheWholeLetterBackWhenItIsAskedFor() throws Exception {
        var body = ("Juergen\r\n--=_0123456789abcdex\r\n.\r\n" + "x".repeat(998) + "\r\nno line end").getBytes(StandardCharsets.US_ASCII);
        var letter = letter(HEADER, new MemoryBody(body));
        var report = read(write(letter, JAN, FULL, failed("boek@bakker.example", "550 no")));
        assertThat(report.getEncoding()).isEqualTo("7bit");
        assertThat(parts(report)).extracting(DsnWriterTest::type).last().isEqualTo("message/rfc822");
        assertThat(text(parts(report).get(2))).isEqualTo(octets(letter));
        assertThat(text(parts(report).get(0))).endsWith("Your letter is attached.\r\n");
    }

    /// Nothing may be encoded around a message/rfc822.
    @ParameterizedTest
    @ValueSource(strings = {"J\u00FCrgen\r\n", "nul\0\r\n"})
    void givesTheHeaderBackOfALetterThatIsNotOfSevenBits(String body) throws Exception {
        assertHeaderOnly(body);
    }

    @Test
    void givesTheHeaderBackOfALetterWithLongLines() throws Exception {
        assertHeaderOnly("x".repeat(999) + "\r\n");
    }

    private static void assertHeaderOnly(String body) throws Exception {
        var letter = letter(HEADER, new MemoryBody(body.getBytes(StandardCharsets.ISO_8859_1)));
        var report = read(write(letter, JAN, FULL, failed("boek@bakker.example", "550 no")));
        assertThat(parts(report)).extracting(DsnWriterTest::type).last().isEqualTo("text/rfc822-headers");
        assertThat(text(parts(report).get(2))).isEqualTo(HEADER);
        assertThat(text(parts(report).get(0))).endsWith("The header of your letter is attached.\r\n");
    }

    @Test
    void givesALargeLettersHeaderBackWhateverIsAskedFor() throws Exception {
        for (var body : new Body[] {new MemoryBody(new byte[256 * 1024]), new FileBody(Path.of("no-such-file"), 10)}) {
            var report = read(write(letter(HEADER, body), JAN, FULL, failed("boek@bakker.example", "550 no")));
            assertThat(text(parts(report).get(2))).isEqualTo(HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "no\r\n\r\n--=_0123456789abcdeg\r\nContent-Type: text/html\r\n\r\n<b>",
        "no\r\n--=_0123456789abcdeg--\r\n",
        "no\n.\nStatus: 2.0.0",
        "no\rStatus: 2.0.0",
        "no\r\n\r\nFinal-Recipient: rfc822; an@dupont.example\r\nAction: relayed",
        "\r\n\r\n",
        "--=_0123456789abcdeg",
        ".",
        "",
        "no\0\u001b[2J\u0085\u2028\u202E\uD83D",
        "é 用户 \uD83D\uDE00"
    })
    void noDiagnosticBreaksOutOfItsLine(String diagnostic) throws Exception {
        var written = write(HEADER, failed("\"--=_0123456789abcdeg a\"@bakker.example", diagnostic));
        assertThat(octets(written)).doesNotContainPattern("\r(?!\n)|(?<!\r)\n|[^\\x20-\\x7E\r\n\t]");

        var parts = parts(read(written));
        assertThat(parts).hasSize(3);
        assertThat(text(parts.get(1)).lines().filter(line -> line.startsWith("Status:"))).containsExactly("Status: 5.1.1");
        assertThat(text(parts.get(1)).lines().filter(line -> line.startsWith("Final-Recipient:"))).hasSize(1);
        assertThat(text(parts.get(1)).lines().filter(String::isEmpty)).hasSize(1);
        assertThat(text(parts.get(2))).isEqualTo(HEADER);
    }

    @Test
    void keepsLinesShort() throws Exception {
        var written = write(HEADER, failed("x".repeat(64) + "@" + "a.".repeat(120) + "example", "no ".repeat(20_000)));
        assertThat(octets(written).lines()).allMatch(line -> line.length() <= 998);
        assertThat(parts(read(written))).hasSize(3);
        var words = "550 5.7.1 " + "several words  and two blanks ".repeat(20);
        var machine = text(parts(read(write(HEADER, failed("info@bakker.example", words)))).get(1));
        assertThat(machine.lines()).allMatch(line -> line.length() <= 78);
        assertThat(machine.replace("\r\n ", " ")).contains("\r\nDiagnostic-Code: smtp; " + words.strip() + "\r\n");
    }

    /// RFC 6533 §3: a report of 7 bits has them in the form for it.
    @ParameterizedTest
    @CsvSource({
        "zoë@bücher.example,       utf-8; zo\\x{EB}@b\\x{FC}cher.example",
        "用户+x=y@bakker.example,   utf-8; \\x{7528}\\x{6237}\\x{2B}x\\x{3D}y@bakker.example",
        "jan+x=y@bücher.example,   rfc822; jan+x=y@xn--bcher-kva.example",
        "\"zo ë\"@bakker.example, utf-8; \"zo\\x{20}\\x{EB}\"@bakker.example"
    })
    void namesARecipientWhoseAddressIsWide(String address, String field) throws Exception {
        var parts = parts(read(write(HEADER, failed(address, "553 5.6.7 no"))));
        assertThat(text(parts.get(1)).lines()).contains("Final-Recipient: " + field);
        assertThat(text(parts.get(0))).contains("  " + latin(address) + "\r\n");
    }

    @Test
    void namesAnOriginalRecipientThatIsWide() throws Exception {
        var path = new ForwardPath(Address.of("info@bakker.example"), Optional.empty(),
                Optional.of(OriginalRecipient.of("utf-8;zoë\\x{4E2D}@x.example")));
        var report = read(write(HEADER, new Dsn.ReportedRecipient(path, Dsn.Action.FAILED, "5.1.1", "no")));
        assertThat(text(parts(report).get(1)).lines()).contains("Original-Recipient: utf-8; zo\\x{EB}\\x{4E2D}@x.example");
    }

    @Test
    void givesAHeaderBackByteForByte() throws Exception {
        var header = "Subject: J\u00FCrgen \u00C3\u00BC\r\n\t\u0080\u00FF\r\n \r\n--=_0123456789abcdex: y\r\n";
        for (var each : List.of(header, "Subject: \0\r\n", "Subject: " + "x".repeat(2_000) + "\r\n", "Subject: =3D \r\n")) {
            var written = write(each, failed("info@bakker.example", "no"));
            assertThat(octets(written)).matches("[\\x01-\\x7F]*")
                    .satisfies(octets -> assertThat(octets.lines()).allMatch(line -> line.length() <= 998));
            var report = read(written);
            assertThat(report.getEncoding()).isEqualTo("7bit");
            assertThat(parts(report)).hasSize(3);
            assertThat(text(parts(report).get(2))).isEqualTo(each);
        }
        assertThat(parts(read(write(HEADER, failed("info@bakker.example", "no")))).get(2).getHeader("Content-Transfer-Encoding"))
                .containsExactly("7bit");
        assertThat(text(parts(read(write("", failed("info@bakker.example", "no")))).get(2))).isEmpty();
    }

    @Test
    void writesToAWideReversePath() throws Exception {
        var wide = write(HEADER, Address.of("jürgen@bücher.example"), failed("用户@bakker.example", "no"));
        assertThat(wide.header().first("To")).hasToString("Optional[To: " + latin("jürgen@xn--bcher-kva.example") + "]");
        var ascii = write(HEADER, Address.of("jan@bücher.example"), failed("info@bakker.example", "no"));
        assertThat(ascii.header().first("To")).hasToString("Optional[To: jan@xn--bcher-kva.example]");
    }

    private static Dsn.ReportedRecipient failed(String address, String diagnostic) {
        return new Dsn.ReportedRecipient(ForwardPath.of(Address.of(address)), Dsn.Action.FAILED, "5.1.1", diagnostic);
    }

    private static Dsn.ReportedRecipient relayed(String address) {
        return new Dsn.ReportedRecipient(ForwardPath.of(Address.of(address)), Dsn.Action.RELAYED, "2.0.0", "250 2.0.0 taken");
    }

    private static Message write(String header, Dsn.ReportedRecipient... recipients) {
        return write(header, JAN, recipients);
    }

    private static Message write(String header, Address to, Dsn.ReportedRecipient... recipients) {
        return write(letter(header, new MemoryBody(BODY)), to, DsnRequest.NONE, recipients);
    }

    private static Message write(Message letter, Address to, DsnRequest request, Dsn.ReportedRecipient... recipients) {
        var dsn = new Dsn("0123456789abcdef", Instant.EPOCH, Instant.EPOCH.plusSeconds(432_000), to, letter, request, List.of(recipients));
        return new DsnWriter("relay.example.org", "shared.example", Language.EN).write(dsn, QUEUE_ID, NOW);
    }

    private static Message letter(String header, Body body) {
        return new Message(Header.parse(header.getBytes(StandardCharsets.ISO_8859_1)), body);
    }

    private static MimeMessage read(Message message) throws MessagingException, IOException {
        var octets = octets(message).getBytes(StandardCharsets.ISO_8859_1);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private static List<BodyPart> parts(MimeMessage report) throws MessagingException, IOException {
        var multipart = (MimeMultipart) report.getContent();
        var parts = Stream.<BodyPart>builder();
        for (var i = 0; i < multipart.getCount(); i++) {
            parts.add(multipart.getBodyPart(i));
        }
        return parts.build().toList();
    }

    private static String type(BodyPart part) {
        try {
            return part.getContentType().replaceAll(";.*", "");
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(BodyPart part) throws MessagingException, IOException {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String octets(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
