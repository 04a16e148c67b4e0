package facteur.mail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.mime.QuotedPrintable;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Reports in every language, as whole letters in `src/test/resources/bounce`.
final class LanguageTest {
    private static final Path GOLDEN = Path.of("src/test/resources/bounce");
    private static final Instant ACCEPTED = Instant.parse("2026-11-23T08:00:00Z");

    @ParameterizedTest
    @EnumSource
    void writesTheLetterThatIsKept(Language language) throws IOException {
        var written = octets(report(language));
        assertThat(written).isEqualTo(Files.readString(GOLDEN.resolve(language.word() + ".eml")).replace("\n", "\r\n"));
        assertThat(written.lines()).allMatch(line -> line.length() <= 76 && line.chars().allMatch(c -> c < 127));
    }

    @ParameterizedTest
    @EnumSource
    void isReadByOthersAsItWasMeant(Language language) throws Exception {
        var texts = Texts.in(language, DsnWriter.class);
        var read = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(octets(report(language)).getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(read.getSubject()).isEqualTo(texts.say("subject.failed"));
        var text = (String) ((MimeMultipart) read.getContent()).getBodyPart(0).getContent();
        assertThat(text).containsSubsequence(
                texts.say("greeting", "relay.example.org"),
                texts.say("failed"),
                "gone@bakker.example",
                texts.say("delayed", "2026-11-28 08:00 UTC"),
                "late@bakker.example",
                texts.say("relayed"),
                "info@bakker.example",
                texts.say("header"));
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameInEachLanguage(Language language) throws IOException {
        assertThat(keys(language)).isEqualTo(keys(Language.EN));
    }

    @Test
    void quotesWhatIsNotPlain() {
        assertThat(QuotedPrintable.encode("déjà = vu \r\n\r\n.")).isEqualTo("d=C3=A9j=C3=A0 =3D vu=20\r\n\r\n.");
        assertThat(QuotedPrintable.encode("x".repeat(76))).isEqualTo("x".repeat(76));
        assertThat(QuotedPrintable.encode("x".repeat(77))).isEqualTo("x".repeat(75) + "=\r\nxx");
        assertThat(QuotedPrintable.encode("é".repeat(40)).lines()).allMatch(line -> line.length() <= 76).hasSize(4);
    }

    private static List<String> keys(Language language) throws IOException {
        var file = Path.of("src/main/resources/facteur/mail/bounce", language.name().toLowerCase(Locale.ROOT) + ".properties");
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll(" = .*", "") + (line.contains("{0}") ? " {0}" : ""))
                .toList();
    }

    private static Message report(Language language) {
        var recipients = Stream.of(
                reported("gone", Dsn.Action.FAILED, "5.1.1", "550 5.1.1 no such user"),
                reported("late", Dsn.Action.DELAYED, "4.2.1", "450 4.2.1 later"),
                reported("info", Dsn.Action.RELAYED, "2.0.0", "250 2.0.0 taken"))
                .toList();
        var header = Header.parse("From: Cabinet Dupont <inbox@shared.example>\r\nSubject: Facture 1042\r\n".getBytes(StandardCharsets.US_ASCII));
        var letter = new Message(header, new MemoryBody(new byte[0]));
        var dsn = new Dsn(
                "01m83pph00xhnnbk", ACCEPTED, ACCEPTED.plusSeconds(432_000), Address.of("jan@dupont.example"), letter, DsnRequest.NONE, recipients);
        return new DsnWriter("relay.example.org", "shared.example", language).write(dsn, "01m83pph00yyyyyy", ACCEPTED.plusSeconds(14_400));
    }

    private static Dsn.ReportedRecipient reported(String localPart, Dsn.Action action, String status, String diagnostic) {
        return new Dsn.ReportedRecipient(ForwardPath.of(Address.of(localPart + "@bakker.example")), action, status, diagnostic);
    }

    private static String octets(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
