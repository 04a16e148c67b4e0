package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.fixture.ArbitraryText;
import facteur.mail.smtp.Address;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// A mailbox that is written into settings is read as itself.
final class WrittenMailboxPropertyTest {
    @Property(tries = 2000)
    void readsWhatIsWritten(@ForAll("mailboxes") Mailbox mailbox) {
        assertThat(Mailbox.parse(mailbox.written())).as(mailbox.written()).contains(mailbox);
    }

    @Property(tries = 500)
    void readsSeveralWithCommasBetween(@ForAll("lists") List<Mailbox> mailboxes) {
        var text = mailboxes.stream().map(Mailbox::written).collect(Collectors.joining(", "));
        assertThat(Mailbox.parseAddresses(text)).as(text).contains(mailboxes);
    }

    @Test
    void quotesOnlyWhatNeedsIt() {
        var jan = Address.of("jan@dupont.example");
        assertThat(List.of("", "Jan Janssens", "Zoë D'Hondt", "Dupont S.A.", "名前", "Janssens, Jan").stream()
                .map(name -> new Mailbox(name, jan).written()))
                .containsExactly(
                        "jan@dupont.example",
                        "Jan Janssens <jan@dupont.example>",
                        "Zoë D'Hondt <jan@dupont.example>",
                        "Dupont S.A. <jan@dupont.example>",
                        "名前 <jan@dupont.example>",
                        "\"Janssens, Jan\" <jan@dupont.example>");
    }

    @Provide
    static Arbitrary<List<Mailbox>> lists() {
        return mailboxes().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    static Arbitrary<Mailbox> mailboxes() {
        var odd = ArbitraryText.of(
                8, "a", "é", "e\u0301", " ", ",", ";", ":", "\"", "\\", "(", ")", "<", ">", "[", "]", ".", "=?", "?=", "=?utf-8?Q?a?=", "'", "=", "日",
                "😀");
        var names = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(40), Arbitraries.strings().ascii().ofMaxLength(20), odd);
        return Combinators.combine(names, ArbitraryOffices.addresses()).as(Mailbox::new);
    }
}
