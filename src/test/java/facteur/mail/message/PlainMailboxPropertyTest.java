package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The short way of a plain mailbox against the parser that reads any.
final class PlainMailboxPropertyTest {
    @Provide
    static Arbitrary<String> texts() {
        var names = ArbitraryText.of(
                4, "Jan ", "J.", "Jans\u00e9n ", " ", "\t", "\u00A0", "<", "(x) ", "\"J J\" ", "=?", "=?utf-8?q?x?= ", "a@b ", "\u202E", ",", ":",
                "\u007f");
        var addresses =
                ArbitraryText.of(5, "jan", "j", ".", "@", "@dupont.example", "d\u00fcpont", " ", "(x)", "\"", "[192.0.2.1]", "=?", ">", "\\", "\0");
        var ends = ArbitraryText.of(1, ">", ">>", "> ", ">,", ";", "> (x)", ">, <a@b>", ">\u00A0");
        return Combinators.combine(names, addresses, ends).as((name, address, end) -> name + "<" + address + "@dupont.example" + end);
    }

    @Property(tries = 5000)
    void readsWhatTheParserReads(@ForAll("texts") String text) {
        for (var each : List.of(text, text.replace("@dupont.example@dupont.example", "@dupont.example"))) {
            var mailboxes = Mailbox.parseList(each);
            var parsed = new MailboxParser(each).parse();
            assertThat(mailboxes).as(each).isEqualTo(parsed);
            assertThat(mailboxes.map(Object::toString)).as(each).isEqualTo(parsed.map(Object::toString));
        }
    }

    @Example
    void readsThePlainForms() {
        for (var text : List.of("Jan Janssens <jan@dupont.example>", "<jan.janssens@dupont.example>", "Jans\u00e9n & Co <jan@d\u00fcpont.example>")) {
            assertThat(PlainMailbox.parse(text).map(List::of)).isPresent().isEqualTo(new MailboxParser(text).parse());
        }
        assertThat(PlainMailbox.parse("jan@dupont.example")).isEqualTo(Optional.empty());
    }
}
