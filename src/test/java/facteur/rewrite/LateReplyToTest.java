package facteur.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.mail.smtp.Address;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class LateReplyToTest {
    private static final Address OURS = Address.of("r-01jd0c6v9zk4r7tq00tjyjwepaks6gdn11@reply.example.org");
    private static final Mailbox COMPANY = mailbox("Cabinet Dupont <office@dupont.example>");

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    private static String name(String... people) {
        return LateReplyTo.of(Stream.of(people).map(LateReplyToTest::mailbox).toList(), COMPANY, OURS).name();
    }

    @Test
    void saysWhoAnswers() {
        assertThat(name("An Peeters <an@dupont.example>")).isEqualTo("An Peeters, Cabinet Dupont");
        assertThat(name("An Peeters <an@dupont.example>", "Ben <ben@dupont.example>")).isEqualTo("An Peeters, Ben, Cabinet Dupont");
        assertThat(name("Cabinet Dupont <office@dupont.example>")).isEqualTo("Cabinet Dupont");
        assertThat(name("info@dupont.example")).isEqualTo("Cabinet Dupont");
    }

    @Test
    void manyAreCounted() {
        assertThat(name("Alexandra van den Broeck <a@x.example>", "Benedictus Vandenberghe <b@x.example>", "Clementine Dewaele-Peeters <c@x.example>",
                "Dirk <d@x.example>"))
                .isEqualTo("Alexandra van den Broeck, Benedictus Vandenberghe, +2, Cabinet Dupont");
    }

    @Test
    void aCompanyWithoutANameIsNone() {
        assertThat(LateReplyTo.of(List.of(mailbox("An <an@x.example>")), mailbox("x@x.example"), OURS)).hasToString("An <" + OURS + ">");
        assertThat(LateReplyTo.of(List.of(mailbox("an@x.example")), mailbox("x@x.example"), OURS)).hasToString(OURS.toString());
    }

    /// Any program must find the one address, and no line is too long.
    @Property
    void isOneMailboxHoweverPeopleAreNamed(@ForAll @Size(min = 1, max = 5) List<@StringLength(max = 200) String> names, @ForAll String company) {
        var people = Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                .map(i -> new Mailbox(names.get(i), Address.of("p" + i + "@dupont.example")))
                .toList();
        var field = MailboxField.of("Reply-To", List.of(LateReplyTo.of(people, new Mailbox(company, COMPANY.address()), OURS)));

        assertThat(Mailbox.parse(field.value())).map(Mailbox::address).contains(OURS);
        assertThat(field.toString().split("\r\n")).allSatisfy(line -> assertThat(line).isASCII().hasSizeLessThanOrEqualTo(78));
    }
}
