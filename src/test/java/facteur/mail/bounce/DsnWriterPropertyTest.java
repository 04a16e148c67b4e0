package facteur.mail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.ArbitraryOffices;
import facteur.fixture.Corpus.Parts;
import facteur.mail.automatic.Language;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReturnContent;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for the report on any letter, to any address, after any words of the upstream.
final class DsnWriterPropertyTest {
    // Made once: it looks for providers in every jar.
    private static final Session SESSION = Session.getInstance(new Properties());

    private static final DsnWriter WRITER = new DsnWriter("relay.example.org", "shared.example", Language.FR);
    private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-F]+)}");

    record Case(String letter, Address to, List<Address> recipients, String diagnostic, Optional<ReturnContent> content) {
        Message original() {
            var parts = Parts.of(letter.replaceAll("(?<!\r)\n", "\r\n"));
            return new Message(
                    Header.parse(String.join("", parts.fields()).getBytes(StandardCharsets.ISO_8859_1)),
                    new MemoryBody(parts.body().getBytes(StandardCharsets.ISO_8859_1)));
        }

        Message report() {
            var reported = recipients.stream()
                    .map(address -> new Dsn.ReportedRecipient(ForwardPath.of(address), Dsn.Action.FAILED, "5.1.1", diagnostic))
                    .toList();
            var dsn = new Dsn(
                    "0123456789abcdef", Instant.EPOCH, Instant.EPOCH, to, original(), new DsnRequest(content, Optional.empty()), reported);
            return WRITER.write(dsn, "0123456789abcdeg", Instant.EPOCH);
        }
    }

    @Property(tries = 200)
    void theReportIsOfSevenBits(@ForAll("cases") Case each) throws IOException {
        var report = each.report();
        assertThat(report.header().isAscii()).isEqualTo(each.to().isAsciiCapable());
        assertThat(text(((MemoryBody) report.body()).octets())).matches("(?s)[\\x01-\\x7F]*").doesNotContainPattern("\r(?!\n)|(?<!\r)\n");
        assertThat(octets(report).lines()).allMatch(line -> line.length() <= 998);
    }

    @Property(tries = 200)
    void itGivesBackTheHeaderOrTheWholeOctetForOctet(@ForAll("cases") Case each) throws Exception {
        var part = parts(each.report()).getBodyPart(2);
        var expected = part.isMimeType("message/rfc822") ? octets(each.original()) : text(each.original().header().octets());
        assertThat(text(part.getInputStream().readAllBytes())).isEqualTo(expected);
    }

    @Property(tries = 200)
    void itNamesEachRecipientOnceAndSoThatTheAddressCanBeReadBack(@ForAll("cases") Case each) throws Exception {
        var machine = text(parts(each.report()).getBodyPart(1).getInputStream().readAllBytes()).replaceAll("\r\n(?=[ \t])", "");
        var named = machine.lines()
                .filter(line -> line.startsWith("Final-Recipient: "))
                .map(line -> line.substring("Final-Recipient: ".length()))
                .map(DsnWriterPropertyTest::address)
                .toList();
        assertThat(named).isEqualTo(each.recipients().stream()
                .map(address -> address.isAsciiCapable() ? address.toAscii() : address)
                .toList());
    }

    private static Address address(String field) {
        var isWide = field.startsWith("utf-8; ");
        var written = field.substring(field.indexOf(';') + 2);
        return Address.of(isWide ? ESCAPE.matcher(written).replaceAll(match -> Matcher.quoteReplacement(
                Character.toString(Integer.parseInt(match.group(1), 16)))) : written);
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                ArbitraryLetters.letters(),
                ArbitraryOffices.addresses(),
                ArbitraryOffices.addresses().list().ofMinSize(1).ofMaxSize(4),
                Arbitraries.strings().ofMaxLength(1_000),
                Arbitraries.of(ReturnContent.class).optional())
                .as(Case::new);
    }

    private static MimeMultipart parts(Message report) throws Exception {
        var octets = octets(report).getBytes(StandardCharsets.ISO_8859_1);
        return (MimeMultipart) new MimeMessage(SESSION, new ByteArrayInputStream(octets)).getContent();
    }

    private static String octets(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return text(out.toByteArray());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
