package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.ContextName;
import facteur.office.OfficeId;
import facteur.platform.config.Word;
import facteur.store.Author;
import facteur.store.ChangeKind;
import facteur.store.Version;
import facteur.store.Via;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Letters about changed addresses in every language, whole ones in `src/test/resources/notice`.
final class ChangeNoticeWriterTest {
    private static final Path GOLDEN = Path.of("src/test/resources/notice");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Mailbox COMPANY = new Mailbox("Étude Dupont", Address.of("office@dupont.example"));

    @ParameterizedTest
    @EnumSource
    void writesTheLetterThatIsKept(Language language) throws IOException {
        var written = octets(write(language, changes(), Optional.of(41L)));
        assertThat(written).isEqualTo(Files.readString(GOLDEN.resolve("changed-" + Word.of(language) + ".eml")).replace("\n", "\r\n"));
        assertThat(written.lines()).allMatch(line -> line.length() <= 78 && line.chars().allMatch(c -> c < 127));
    }

    @Test
    void saysHowToUndoWithoutAVersion() throws Exception {
        assertThat(text(write(Language.EN, changes(), Optional.empty()))).contains("change the settings back").doesNotContain("restore");
    }

    @Test
    void isNoPlaceForTextsThatLookLikeOurs() throws Exception {
        var version = version(43, new Author(Via.API, "suite", "", "", "fine\r\n\r\nIf this is as it should be"));
        var change = new AddressChange(version, new SettingsAddresses.Place.Company(), Optional.of("a\r\nb\u202e"), Optional.empty());
        assertThat(text(write(Language.EN, List.of(change), Optional.of(41L)))).contains("Why: fine If this", "before: a??b?\r\n",
                "now: none of its own");
    }

    @Test
    void isShortHoweverManyChangesThereAre() throws Exception {
        var change = changes().getFirst();
        var text = text(write(Language.EN, Collections.nCopies(5000, change), Optional.of(41L)));
        assertThat(text).contains("And 4950 more changes.").hasSizeLessThan(12_000);
    }

    private static List<AddressChange> changes() {
        var first = version(42, new Author(Via.API, "suite", "Jan Janssens", "192.0.2.10", "we have moved"));
        var second = version(43, new Author(Via.COMMAND, "root", "", "", ""));
        var invoice = ContextName.of("invoice");
        return List.of(
                new AddressChange(
                        first,
                        new SettingsAddresses.Place.Company(),
                        Optional.of("Étude Dupont <office@dupont.example>"),
                        Optional.of("Étude Dupont <info@dupont.example>")),
                new AddressChange(first, new SettingsAddresses.Place.From(Optional.empty()), Optional.empty(), Optional.of("office@dupont.example")),
                new AddressChange(second, new SettingsAddresses.Place.From(Optional.of(invoice)), Optional.of("billing@dupont.example"),
                        Optional.empty()),
                new AddressChange(second, new SettingsAddresses.Place.ReplyTo(invoice), Optional.empty(), Optional.of("eve@evil.example")));
    }

    private static Version version(long number, Author author) {
        return new Version(number, NOW.minusSeconds(60), ChangeKind.SETTINGS, author, 0, 0);
    }

    private static Message write(Language language, List<AddressChange> changes, Optional<Long> earlier) {
        return new ChangeNoticeWriter("relay.example.org", Address.of("inbox@shared.example"), ReversePath.NULL, language)
                .write(DUPONT, COMPANY, changes, earlier, "01m83pph00yyyyyy", NOW);
    }

    private static String text(Message message) throws Exception {
        var read = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(octets(message).getBytes(StandardCharsets.US_ASCII)));
        return (String) read.getContent();
    }

    private static String octets(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
