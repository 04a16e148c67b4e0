package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailboxFieldTest {
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^? ]+\\?[BQ]\\?[^? ]*\\?=");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "                         | From: jan@dupont.example",
        "Jan                      | From: Jan <jan@dupont.example>",
        "Jan Janssens             | From: Jan Janssens <jan@dupont.example>",
        "Jan's +1 & Co!           | From: Jan's +1 & Co! <jan@dupont.example>",
        "J. Janssens              | From: \"J. Janssens\" <jan@dupont.example>",
        "Janssens, Jan            | From: \"Janssens, Jan\" <jan@dupont.example>",
        "Jan (oud)                | From: \"Jan (oud)\" <jan@dupont.example>",
        "Jan \"JJ\" \\            | From: \"Jan \\\"JJ\\\" \\\\\" <jan@dupont.example>",
        "Klant: Jan;              | From: \"Klant: Jan;\" <jan@dupont.example>",
        "Jürgen                   | From: =?UTF-8?B?SsO8cmdlbg==?= <jan@dupont.example>",
        "=?utf-8?Q?x?=            | From: =?UTF-8?B?PT91dGYtOD9RP3g/PQ==?= <jan@dupont.example>"
    })
    void writesANameAsItNeeds(String name, String field) {
        assertThat(MailboxField.of("From", List.of(mailbox(name == null ? "" : name)))).hasToString(field);
    }

    @Test
    void tellsAtomsByTheGrammar() {
        var atoms = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
        var random = new Random(11);
        for (var c = 0; c < 0x180; c++) {
            var name = "a" + (char) c;
            assertThat(MailboxField.isAtoms(name)).as(name).isEqualTo(atoms.matcher(name).matches());
        }
        for (var i = 0; i < 3000; i++) {
            var name = RandomNames.next(random);
            assertThat(MailboxField.isAtoms(name)).as(name).isEqualTo(atoms.matcher(name).matches());
        }
    }

    @Test
    void writesUtf8InAnAddressThatHasNoOtherForm() {
        var mailboxes = List.of(
                new Mailbox("Jürgen Groß", Address.of("jürgen@bücher.example")), Mailbox.of(Address.of("jan@bücher.example")));
        assertThat(MailboxField.of("From", mailboxes).value())
                .isEqualTo("=?UTF-8?B?SsO8cmdlbiBHcm/Dnw==?= <jürgen@xn--bcher-kva.example>, jan@xn--bcher-kva.example");
    }

    /// RFC 5322 §4.4 lets a reader take them bare; written they are quoted, as Postfix and nodemailer do.
    @Test
    void quotesALocalPartWithOddDots() {
        var mailboxes = List.of(
                new Mailbox("Yuki", Address.of("try..this..0511@docomo.ne.jp")), Mailbox.of(Address.of("xxx.yyy.@docomo.ne.jp")));
        var field = MailboxField.of("Reply-To", mailboxes);
        assertThat(field.value()).contains("<\"try..this..0511\"@docomo.ne.jp>,").endsWith("\"xxx.yyy.\"@docomo.ne.jp");
        assertThat(Mailbox.parseList(field.value())).contains(mailboxes);
    }

    /// RFC 5322 §2.1.1.
    @Test
    void keepsALongAddressWithinALine() {
        var longest = Address.of("x".repeat(885) + "@dupont.example");
        for (var mailbox : List.of(Mailbox.of(longest), new Mailbox("Jan", longest))) {
            var field = MailboxField.of("Reply-To", List.of(mailbox, mailbox));
            assertThat(field.toString().lines()).allMatch(line -> line.length() <= 998);
            assertThat(Mailbox.parseList(field.value())).contains(List.of(mailbox, mailbox));
        }
    }

    @Test
    void writesADomainInALabels() {
        assertThat(MailboxField.of("From", List.of(Mailbox.of(Address.of("jan@bücher.example")))))
                .hasToString("From: jan@xn--bcher-kva.example");
    }

    @Test
    void foldsAList() {
        var people = List.of(mailbox("Jan Janssens"), mailbox("An Peeters, SRL"), mailbox(""), mailbox("Bart"));
        assertThat(MailboxField.of("Reply-To", people)).hasToString("""
                Reply-To: Jan Janssens <jan@dupont.example>, "An Peeters, SRL"
                 <jan@dupont.example>, jan@dupont.example, Bart <jan@dupont.example>""".replace("\n", "\r\n"));
    }

    @Test
    void readsWhatItWrites() {
        var seed = 20261123L;
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++) {
            var mailboxes = new ArrayList<Mailbox>();
            for (var count = 1 + random.nextInt(3); count > 0; count--) {
                mailboxes.add(mailbox(RandomNames.next(random)));
            }
            var name = random.nextBoolean() ? "From" : "Reply-To";
            var field = MailboxField.of(name, mailboxes);
            assertThat(Mailbox.parseList(field.value())).describedAs("seed %d, round %d: %s", seed, i, field).contains(mailboxes);
            assertIsSound(field);
        }
    }

    /// One field, lines that are short, encoded words that are, and nothing but US-ASCII.
    private static void assertIsSound(HeaderField field) {
        var text = new String(new Header(List.of(field)).octets(), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\r\n").doesNotContainPattern("\r(?!\n)|(?<!\r)\n|\r\n\\s*\r\n|[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]");
        assertThat(text.strip()).doesNotContainPattern("\r\n(?! )");
        assertThat(text.lines()).allSatisfy(line -> {
            assertThat(line).hasSizeLessThanOrEqualTo(line.contains("=?") ? 76 : 78).isNotBlank();
            assertThat(ENCODED_WORD.matcher(line).results()).allSatisfy(word -> assertThat(word.group()).hasSizeLessThanOrEqualTo(75));
        });
        assertThat(text.chars()).allMatch(c -> c < 127);
    }

    private static Mailbox mailbox(String name) {
        return new Mailbox(name, Address.of("jan@dupont.example"));
    }

}
