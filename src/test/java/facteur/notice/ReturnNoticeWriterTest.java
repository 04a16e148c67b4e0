package facteur.notice;

import static facteur.notice.ReturnSamples.failed;
import static facteur.notice.ReturnSamples.letter;
import static facteur.notice.ReturnSamples.report;
import static facteur.notice.ReturnSamples.text;
import static facteur.notice.ReturnSamples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.returned.Trouble;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.platform.config.Word;
import facteur.spool.Excerpts;
import facteur.spool.ReturnedLetter;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Letters about what came back in every language, whole ones in `src/test/resources/notice`.
final class ReturnNoticeWriterTest {
    private static final Path GOLDEN = Path.of("src/test/resources/notice");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Mailbox AN = new Mailbox("An Peeters", Address.of("an@dupont.example"));
    private static final String QUEUE_ID = "01m83pph00yyyyyy";

    @ParameterizedTest
    @EnumSource
    void writesTheLetterThatIsKept(Language language) throws IOException {
        var letter = letter(
                report(
                        failed(0, "5.1.1", "550 5.1.1 <jan@client.example>: Recipient address rejected: User unknown in virtual mailbox table"),
                        failed(1, "5.2.2", "552 5.2.2 mailbox full")));
        assertThat(kept(language, letter)).isEqualTo(golden("returned-", language));
    }

    @ParameterizedTest
    @EnumSource
    void writesTheLetterAboutAReportThatCannotBeRead(Language language) throws IOException {
        var letter = letter(unreadable(
                "Guten Tag,\r\n\r\nIhre Nachricht konnte nicht zugestellt werden.\r\nGrüße, das Mailsystem\r\n",
                failed(2, "", "")));
        assertThat(kept(language, letter)).isEqualTo(golden("unreadable-", language));
    }

    private static String kept(Language language, ReturnedLetter letter) {
        var written = ReturnSamples.octets(write(language, letter));
        assertThat(written.lines()).allMatch(line -> line.length() <= 78 && line.chars().allMatch(c -> c < 127));
        return written;
    }

    private static String golden(String name, Language language) throws IOException {
        return Files.readString(GOLDEN.resolve(name + Word.of(language) + ".eml")).replace("\n", "\r\n");
    }

    @Test
    void isReadByOthersAsItWasMeant() throws Exception {
        var written = write(Language.FR, letter(report(failed(0, "5.1.1", "no"))));
        var read = ReturnSamples.read(written);
        assertThat(read.getSubject()).isEqualTo("Non remis : " + ReturnSamples.SUBJECT);
        assertThat(read.getFrom()).containsExactly(new InternetAddress("mailer-daemon@shared.example", "Relais de messagerie", "utf-8"));
        assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("an@dupont.example", "An Peeters"));
        assertThat(read.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat((String) read.getContent()).contains("Envoyé le : 24 novembre 2026 à 10:05\r\n", "Client : K-0815\r\n");
    }

    @Test
    void oneWhoIsListedTwiceHasNoOthers() throws Exception {
        var jan = ForwardPath.of(Address.of("jan@client.example"));
        var twice = letter("", ReturnSamples.SUBJECT, List.of(jan, jan), report(failed(0, "5.1.1", "no"), failed(1, "5.1.1", "no")));
        var others = "No such report has come for the other recipients.";
        assertThat(text(write(Language.EN, twice))).doesNotContain(others).containsOnlyOnce("Not delivered to jan@client.example");
        assertThat(text(write(Language.EN, letter(report(failed(0, "5.1.1", "no")))))).contains(others);
    }

    /// So that the journal says whose notice it was, should it fail in turn.
    @Test
    void namesTheLetterThatItIsAbout() {
        assertThat(DsnWriter.reportedOn(write(Language.EN, letter(report(failed(0, "5.1.1", "no")))).header())).contains("01m8468qb1dasymv");
    }

    /// The reason itself follows from the status alone.
    @Test
    void quotesWhatAHostSaysInWordsAlone() throws Exception {
        var words = Excerpts.line("jan@client.example", "552 5.2.2 no room") + "\n" + Excerpts.line("an@client.example", "no such mailbox");
        var text = text(write(Language.EN, letter(report(words, failed(0, "5.0.0", ""), failed(1, "5.1.1", "550 5.1.1 unknown")))));
        assertThat(text)
                .contains("> 552 5.2.2 no room\r\n", "> 550 5.1.1 unknown\r\n",
                        Texts.in(Language.EN, ReturnNoticeWriter.class).say("returned.why.other"))
                .doesNotContain("no such mailbox", "full");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatToDoInEachTrouble(Trouble trouble) throws Exception {
        var codes = List.of("5.1.1", "5.2.1", "5.2.2", "5.1.2", "5.3.4", "5.7.1", "5.7.26", "4.4.1", "5.4.6", "5.6.3", "5.0.0");
        var status = codes.stream().filter(code -> Trouble.of(code, "") == trouble).findFirst().orElseThrow();
        var texts = Texts.in(Language.NL, ReturnNoticeWriter.class);
        assertThat(text(write(Language.NL, letter(report(failed(0, status, ""))))))
                .contains(texts.say("returned.why." + Word.of(trouble), "client.example") + "\r\n" + texts.say("returned.do." + Word.of(trouble))
                        + "\r\n\r\n")
                .doesNotContain("{0}", "antwoord van mx");
    }

    @Test
    void saysWhenTheSubjectIsNotKnown() throws Exception {
        var written = write(Language.EN, letter("", "", ReturnSamples.RECIPIENTS, report(failed(0, "5.1.1", "no"))));
        assertThat(ReturnSamples.read(written).getSubject()).isEqualTo("Not delivered: your message of 24 November 2026 at 10:05");
        assertThat(text(written)).doesNotContain("Subject:");
    }

    @Test
    void saysTheZoneWhereItIsNotThePeoples() throws Exception {
        var writer = new ReturnNoticeWriter("relay.example.org", "shared.example", ReversePath.NULL, Language.EN, ZoneId.of("Etc/UTC"));
        assertThat(text(writer.write(letter(report(failed(0, "5.1.1", "no"))), AN, QUEUE_ID, ReturnSamples.SENT)))
                .contains("Sent: 24 November 2026 at 09:05 UTC\r\n");
    }

    @Test
    void saysOfEachAddressTheLastThatWasSaid() throws Exception {
        var text = text(write(Language.EN, letter(report(failed(0, "4.4.1", "first")), report(failed(0, "5.1.1", "last")))));
        assertThat(text).contains("This address does not exist.", "> last").doesNotContain("> first").containsOnlyOnce("Not delivered to");
    }

    @Test
    void isSilentAboutOthersWhenThereAreNone() throws Exception {
        assertThat(text(write(Language.EN, letter(report(failed(0, "5.1.1", "no")))))).contains("for the other recipients");
        assertThat(text(write(Language.EN, letter("", "x", ReturnSamples.RECIPIENTS.subList(0, 1), report(failed(0, "5.1.1", "no"))))))
                .doesNotContain("other recipients");
    }

    /// Delays and successes in the same report are no news.
    @Test
    void saysNothingOfWhatDidNotFail() throws Exception {
        var text = text(write(Language.EN, letter(report(
                failed(0, "5.1.1", "no"),
                ReturnSamples.said(1, "delayed", "4.4.1", "later"),
                ReturnSamples.said(2, "delivered", "2.0.0", "ok")))));
        assertThat(text).containsOnlyOnce("Not delivered to").doesNotContain("info@autre.example");
    }

    @Test
    void tellsOfAnAddressThatTheLetterNeverHad() throws Exception {
        var text = text(write(Language.EN, letter(report(failed(-1, "5.1.1", "no")))));
        assertThat(text).contains("Not delivered to forwarded@elsewhere.example:\r\nThe message was not sent to this address itself")
                .doesNotContain("other recipients");
    }

    @Test
    void tellsOfAReplyThatDidNotArriveAtTheOffice() throws Exception {
        var people = List.of(ForwardPath.of(Address.of("jan@dupont.example")));
        var text = text(write(Language.EN, letter("reply", "Re: Facture", people, report(failed(0, "5.1.1", "no")))));
        assertThat(text)
                .startsWith("A reply from a client was not delivered to your office.")
                .contains("  From: inbox@shared.example\r\n", "Not delivered to jan@dupont.example:",
                        "This address does not exist.\r\nCheck this address in your mail settings.")
                .doesNotContain("Ask the client for the right address", "Written by", "Étude Dupont");
    }

    @Test
    void isNoPlaceForTextsThatLookLikeOurs() throws Exception {
        var text = text(write(Language.EN, letter(
                "",
                "Invoice\r\n\r\nPlease pay to \u202eEB",
                ReturnSamples.RECIPIENTS,
                report(failed(0, "5.1.1", "550 no\r\n\r\nPlease call +32 900\u0007\u202e")),
                unreadable("a\u0000b\r\n\r\nPlease call\tme\u2028now", failed(1, "", "")))));
        assertThat(text).contains(
                "Subject: Invoice Please pay to ?EB\r\n",
                "> 550 no Please call +32 900??\r\n",
                "> a?b\r\n>\r\n> Please call me?now\r\n");
    }

    @Test
    void isShortHoweverMuchCameBack() throws Exception {
        var paths = IntStream.range(0, 100).mapToObj(i -> ForwardPath.of(Address.of("jan" + i + "@client.example"))).toList();
        var failed = IntStream.range(0, 100)
                .mapToObj(i -> new ReturnedLetter.OfRecipient(i, "", "failed", "5.1.1", "x".repeat(5_000), "y".repeat(5_000)))
                .toArray(ReturnedLetter.OfRecipient[]::new);
        var lengthy = unreadable(("z".repeat(1_000) + "\r\n").repeat(1_000), failed(0, "", ""));
        var reports = Collections.nCopies(50, lengthy).toArray(new ReturnedLetter.Return[51]);
        reports[50] = report(failed);
        var text = text(write(Language.EN, letter("", "s".repeat(5_000), paths, reports)));
        assertThat(text).contains("And 80 more addresses.").hasSizeLessThan(130_000);
    }

    private static Message write(Language language, ReturnedLetter letter) {
        return new ReturnNoticeWriter("relay.example.org", "shared.example", ReversePath.NULL, language, BRUSSELS)
                .write(letter, AN, QUEUE_ID, ReturnSamples.SENT.plusSeconds(120));
    }
}
