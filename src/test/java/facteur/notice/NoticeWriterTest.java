package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.Claim;
import facteur.domain.DomainState;
import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.Word;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Notices in every language, whole ones in `src/test/resources/notice`. What is written here is read by another's reader,
/// that of jakarta.mail.
final class NoticeWriterTest {
    private static final Path GOLDEN = Path.of("src/test/resources/notice");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final String HOSTNAME = "relay.example.org";
    private static final Address SHARED = Address.of("inbox@shared.example");
    private static final String REASON = "_facteur.dupont.example: there is no such name";

    /// Each state that an office is told of.
    @SuppressWarnings("unused")
    private static final List<DomainState> TOLD = List.of(
            new DomainState.Verified(NOW),
            new DomainState.Degraded(NOW, 1, REASON),
            new DomainState.Suspended(NOW, REASON),
            new DomainState.Failed(NOW, REASON));

    @ParameterizedTest
    @EnumSource
    void writesTheLetterThatIsKept(Language language) throws IOException {
        var written = octets(notice(language, new DomainState.Suspended(NOW, REASON), WhenUnverified.FALLBACK));
        assertThat(written).isEqualTo(Files.readString(GOLDEN.resolve(Word.of(language) + ".eml")).replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @FieldSource("TOLD")
    void isReadByOthersAsItWasMeant(DomainState state) throws Exception {
        for (var language : Language.values()) {
            var texts = Texts.in(language, NoticeWriter.class);
            var written = octets(notice(language, state, WhenUnverified.FALLBACK));
            assertThat(written.lines()).allMatch(line -> line.length() <= 78 && line.chars().allMatch(c -> c < 127));

            var read = new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(written.getBytes(StandardCharsets.US_ASCII)));
            assertThat(read.getSubject()).isEqualTo(texts.say("subject." + state.word(), "dupont.example"));
            assertThat(read.getFrom()).containsExactly(new InternetAddress("inbox@shared.example", texts.say("from"), "utf-8"));
            assertThat(read.getAllRecipients())
                    .containsExactly(new InternetAddress("office@dupont.example", "Étude Dupont & Associés", "utf-8"));
            assertThat((String) read.getContent()).isEqualTo(String.join("\r\n\r\n", sentences(texts, state)) + "\r\n\r\n");
        }
    }

    private static List<String> sentences(Texts texts, DomainState state) {
        var consequence = state.isUsable()
                ? texts.say("under-own", "dupont.example")
                : texts.say("under-shared", "inbox@shared.example");
        var always = Stream.of(texts.say("greeting", HOSTNAME), texts.say(state.word(), "dupont.example"), consequence);
        var wrong = Stream.of(texts.say("found"), "  " + REASON, texts.say("remedy", "dupont.example"));
        return Stream.concat(always, state.reason().isEmpty() ? Stream.empty() : wrong).toList();
    }

    @ParameterizedTest
    @CsvSource({"FALLBACK, leave under the shared address inbox@shared.example", "REFUSE, at dupont.example are refused"})
    void saysWhatBecomesOfLettersMeanwhile(WhenUnverified wish, String words) throws Exception {
        var read = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(octets(notice(Language.EN, new DomainState.Failed(NOW, REASON), wish))
                        .getBytes(StandardCharsets.US_ASCII)));
        assertThat((String) read.getContent()).contains(words);
    }

    @Test
    void saysTheSameInEachLanguage() throws IOException {
        var keys = keys(Language.EN);
        assertThat(keys).hasSize(85);
        for (var language : Language.values()) {
            assertThat(keys(language)).as(language.toString()).isEqualTo(keys);
        }
    }

    /// Each key, and which places it has.
    private static List<String> keys(Language language) throws IOException {
        return Files.readAllLines(Path.of("src/main/resources/facteur/notice", Word.of(language) + ".properties")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll(" = .*", "") + line.replaceAll("[^{}]*(\\{\\d})?[^{}]*", "$1"))
                .toList();
    }

    private static Message notice(Language language, DomainState state, WhenUnverified wish) {
        var office = new OfficeSettings(
                OfficeId.parse("dupont").orElseThrow(),
                "1",
                new Mailbox("Étude Dupont & Associés", Address.of("office@dupont.example")),
                Optional.empty(),
                new ReplyTo.ToCompany(),
                Map.of(),
                List.of(),
                Sandbox.OFF,
                wish);
        var claim = new Claim("dupont.example", office.id(), "4b1c", NOW, state, NOW, Optional.of(NOW), Optional.of(NOW));
        return new NoticeWriter(HOSTNAME, SHARED, ReversePath.NULL, language).write(claim, office, "01m83pph00yyyyyy", NOW);
    }

    private static String octets(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
