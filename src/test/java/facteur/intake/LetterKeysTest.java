package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.app.App;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.ReversePath;
import facteur.office.OfficeId;
import facteur.spool.LetterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class LetterKeysTest {
    private static final String SUBJECT = "From: jan@dupont.example\r\nSubject: Invoice 7\r\n";

    /// A letter as it is handed over.
    ///
    /// @param header without name, date and trace
    record Handed(String app, String office, String named, String header, String body, List<String> recipients) {
        Optional<LetterKey> key() {
            var fields = Header.parse((named + header).getBytes(StandardCharsets.UTF_8));
            var envelope = new Envelope(
                    ReversePath.of("<jan@dupont.example>"), recipients.stream().map(Address::of).toList(), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
            var submission = new Submission(
                    new App(app, List.of(new OfficeId(office)), App.Scope.LISTED),
                    envelope,
                    new Message(fields, new MemoryBody(body.getBytes(StandardCharsets.UTF_8))),
                    "app.example",
                    InetAddress.ofLiteral("192.0.2.10"),
                    "ESMTP",
                    Optional.empty(),
                    Optional.empty());
            var control = ((Parsed.Good<ControlFields>) ControlFields.read(fields)).value();
            try {
                return LetterKeys.of(submission, control, new OfficeId(office), Duration.ofHours(1));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        Handed to(String... others) {
            return new Handed(app, office, named, header, body, List.of(others));
        }

        Handed with(String moreHeader) {
            return new Handed(app, office, named, moreHeader + header, body, recipients);
        }

        Handed saying(String otherBody) {
            return new Handed(app, office, named, header, otherBody, recipients);
        }

        Handed by(String otherApp, String otherOffice) {
            return new Handed(otherApp, otherOffice, named, header, body, recipients);
        }
    }

    private static Handed named(String field) {
        return new Handed("suite", "dupont", field, SUBJECT, "Good day!\r\n", List.of("an@client.example", "bo@client.example"));
    }

    private static final Handed BY_KEY = named("X-Letter-Key: invoice-7\r\n");
    private static final Handed BY_ID = named("Message-ID: <7@dupont.example>\r\n");

    @Provide
    static Arbitrary<Handed> letters() {
        return Arbitraries.of(BY_KEY, BY_ID);
    }

    @Property(tries = 200)
    void orderAndCaseOfRecipientsAndTracesMakeNoDifference(@ForAll("letters") Handed letter, @ForAll long seed) {
        var recipients = Arrays.asList("AN@client.example", "bo@CLIENT.example", "bo@client.example");
        Collections.shuffle(recipients, new Random(seed));
        var again = letter.to(recipients.toArray(String[]::new))
                .with("Received: from a by b; now\r\nReturn-Path: <a@b.example>\r\ntraceparent: 00-" + seed + "\r\nDKIM-Signature: t=" + seed
                        + "\r\n");
        assertThat(again.key()).isEqualTo(letter.key()).isPresent();
    }

    @Property(tries = 20)
    void appAndOfficeAreAPartOfTheName(@ForAll("letters") Handed letter) {
        assertThat(digest(letter.by("crm", "dupont"))).isNotEqualTo(digest(letter));
        assertThat(digest(letter.by("suite", "durand"))).isNotEqualTo(digest(letter));
        // No two lists of texts are one text.
        assertThat(digest(letter.by("suited", "upont"))).isNotEqualTo(digest(letter));
    }

    private static String digest(Handed letter) {
        return letter.key().map(key -> key.hash() + key.digest()).orElseThrow();
    }

    private static String content(Handed letter) {
        return letter.key().orElseThrow().content();
    }

    @Example
    void aKeyAloneNamesALetterAndSaysWhatIsOther() {
        for (var other : List.of(BY_KEY.to("an@client.example"), BY_KEY.saying("Good night!\r\n"), BY_KEY.with("Cc: x@y.example\r\n"))) {
            assertThat(digest(other)).isEqualTo(digest(BY_KEY));
            assertThat(content(other)).isNotEqualTo(content(BY_KEY));
        }
    }

    @Example
    void withAMessageIdEverythingCountsAndAllRecipients() {
        for (var other : List.of(
                BY_ID.to("an@client.example"), BY_ID.saying("Good night!\r\n"), BY_ID.with("Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n"))) {
            assertThat(digest(other)).isNotEqualTo(digest(BY_ID));
        }
    }

    /// A job that runs again makes the letter again: libraries write these each time.
    @Example
    void withAKeyDateMessageIdAndBoundariesMakeNoDifference() {
        var body = "--%1$s\r\nContent-Type: text/plain\r\n\r\nGood day!\r\n--%1$s--\r\n";
        var header = "Date: %s\r\nMessage-ID: <%s@x.example>\r\nContent-Type: multipart/mixed; boundary=\"%s\"\r\n";
        var first = BY_KEY.with(header.formatted("Mon, 23 Nov 2026 12:00:00 +0000", "a", "b1")).saying(body.formatted("b1"));
        var second = BY_KEY.with(header.formatted("Mon, 23 Nov 2026 12:07:00 +0000", "b", "b2")).saying(body.formatted("b2"));
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(content(second.saying(body.formatted("b2").replace("day", "night")))).isNotEqualTo(content(first));
    }

    @Example
    void theKeyGoesBeforeTheMessageId() {
        assertThat(digest(BY_KEY.with("Message-ID: <7@dupont.example>\r\n"))).isEqualTo(digest(BY_KEY));
    }

    @Example
    void aLetterWithoutAnyIsNotKnown() {
        assertThat(named("").key()).isEmpty();
        assertThat(named("Message-ID: <>\r\n").key()).isEmpty();
        assertThat(named("X-Letter-Key:\r\n").key()).isEmpty();
    }

    /// They are kept in the spool: a letter that comes again after an update is known by what an earlier version made of it.
    @Example
    void whatVersionsBeforeWroteIsWhatWeWrite() {
        var header = "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nContent-Type: multipart/mixed;\r\n boundary=b1\r\n";
        var body = "--b1\r\nContent-Type: text/plain\r\nContent-ID: <1@x.example>\r\n\r\nGood day!\r\nCheers\r\n -- \r\n--b1--\r\n";
        var byKey = BY_KEY.to("Bo@client.example", "an@client.example").with(header).saying(body);
        var byId = BY_ID.to("Bo@client.example").with(header).saying(body);
        var window = Duration.ofHours(1);
        assertThat(byKey.key())
                .contains(new LetterKey(-4846330328203347284L, "51eed863e667959f6dade2b0", "0bafa369bc9a94b193e866ae04b25e0a4be77e25", window));
        assertThat(byId.key()).contains(new LetterKey(-1232167145948958211L, "4e0890392197d78a79aee114", "", window));
    }
}
