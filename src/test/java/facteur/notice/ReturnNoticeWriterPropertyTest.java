package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.spool.ReturnedLetter;
import jakarta.mail.internet.MimeMultipart;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for the letters about anything that hosts say: they are well formed, of 7 bits, bounded, and no foreign word stands outside
/// of its quotation.
final class ReturnNoticeWriterPropertyTest {
    private static final Mailbox AN = new Mailbox("An", Address.of("an@dupont.example"));
    private static final ReturnReportWriter REPORTS =
            new ReturnReportWriter(new DsnWriter("relay.example.org", "shared.example", Language.FR), ReversePath.NULL);

    record Case(ReturnedLetter letter, Language language) {
        Message notice() {
            return new ReturnNoticeWriter("relay.example.org", "shared.example", ReversePath.NULL, language, ZoneId.of("Europe/Brussels"))
                    .write(letter, AN, "01m83pph00yyyyyy", ReturnSamples.SENT);
        }
    }

    @Property(tries = 100)
    void theNoticeIsWellFormed(@ForAll("cases") Case each) throws Exception {
        var written = ReturnSamples.octets(each.notice());
        assertThat(written).matches("(?s)[\\x01-\\x7F]*").doesNotContainPattern("\r(?!\n)|(?<!\r)\n").hasSizeLessThan(200_000);
        assertThat(written.lines()).allMatch(line -> line.length() <= 998);
        var read = ReturnSamples.read(each.notice());
        assertThat(read.isMimeType("text/plain")).isTrue();
        assertThat(read.getAllRecipients()).hasSize(1);
        assertThat((String) read.getContent()).contains("relay.example.org");
    }

    @Property(tries = 100)
    void foreignLinesAreMarked(@ForAll("cases") Case each) throws Exception {
        assertThat(ReturnSamples.text(each.notice()).lines().filter(line -> line.contains("EVIL")))
                .allMatch(line -> line.startsWith("> ") || line.matches(" {2}(?:Subject|Objet|Onderwerp) ?: .*"));
        assertThat(ReturnSamples.text(each.notice())).doesNotContain("\u202e", "\u0007");
    }

    @Property(tries = 100)
    void theReportToTheAppIsWellFormed(@ForAll("cases") Case each) throws Exception {
        var dsn = REPORTS.report(each.letter(), Address.of("bounces@suite.example"));
        if (dsn.isPresent()) {
            var report = REPORTS.writer().write(dsn.get(), "01m83pph00yyyyyy", ReturnSamples.SENT);
            var written = ReturnSamples.octets(report);
            assertThat(written).matches("(?s)[\\x01-\\x7F]*").doesNotContainPattern("\r(?!\n)|(?<!\r)\n");
            assertThat(written.lines()).allMatch(line -> line.length() <= 998);
            assertThat(((MimeMultipart) ReturnSamples.read(report).getContent()).getCount()).isEqualTo(3);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        var word = Arbitraries.oneOf(
                ArbitraryText.of(8, "550 5.1.1 ", "EVIL words", "\r\n", "\n", "\r", "\u0000", "\u0007", "\u202e", "é", "=?UTF-8?Q?x?=",
                        "\ud83d\ude00", "\ud800",
                        " ", "\t", ".", "--=_01m83pph00yyyyyy", "{0}", "Subject: x", "smtp;"),
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of("x".repeat(1_500), "é".repeat(1_500)));
        var status = Arbitraries.oneOf(Arbitraries.of("5.1.1", "4.2.2", "5.0.0", "5.7.26", "2.0.0", "", "5.1.1.1"), word);
        var recipient = Combinators.combine(
                Arbitraries.of(-1, 0, 1, 2, 7), word, Arbitraries.of("failed", "failed", "delayed", "delivered", "expanded"), status, word, word)
                .as(ReturnedLetter.OfRecipient::new);
        var oneReturn = Combinators.combine(Arbitraries.of(true, false), word, recipient.list().ofMaxSize(4)).as((isReadable, text, recipients) -> {
            var all = recipients.toArray(ReturnedLetter.OfRecipient[]::new);
            return isReadable ? ReturnSamples.report(all) : ReturnSamples.unreadable(text, all);
        });
        return Combinators.combine(word, Arbitraries.of("", "reply"), oneReturn.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(Language.values()))
                .as((subject, kind, returns, language) -> new Case(
                        ReturnSamples.letter(kind, subject, ReturnSamples.RECIPIENTS, returns.toArray(ReturnedLetter.Return[]::new)), language));
    }
}
