package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.platform.idna.DomainName;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Any text that was accepted as an address.
final class AddressPropertyTest {
    @Property
    void readsWhatItHasWritten(@ForAll("nearlyAddresses") String text) {
        Address.parse(text).ifPresent(address -> {
            assertThat(Address.parse(address.toString())).contains(address);
            assertThat(Address.parse(address.wire())).contains(address);
            assertThat(Address.parse(address.toAscii().toString())).contains(address);
            assertThat(Address.stored(address.toString())).hasToString(address.toString());
            assertThat(ReversePath.of("<" + address + ">")).isEqualTo(ReversePath.of(address));
        });
    }

    @Property
    void writesNothingThatEndsAPathOrALine(@ForAll("nearlyAddresses") String text) {
        Address.parse(text).ifPresent(address -> {
            assertThat(address.toAscii().domain()).matches("[A-Za-z0-9._-]+|\\[[A-Za-z0-9.:]+]");
            assertThat(address.asciiDomain()).isEqualTo(Address.of("x@" + address.asciiDomain()).asciiDomain())
                    .matches("[a-z0-9._-]+|\\[[a-z0-9.:]+]");
            assertThat(address.wire()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
            assertThat(address.wire().replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "")).doesNotContainPattern("[ <>,;:]|\\.\\.|^\\.|\\.@");
            assertThat(address.wire().chars().allMatch(c -> c < 128)).isEqualTo(address.isAsciiCapable());
        });
    }

    @Property
    void isEqualBothWaysOrNeither(@ForAll("nearlyAddresses") String one, @ForAll("nearlyAddresses") String other) {
        Address.parse(one).ifPresent(a -> Address.parse(other).ifPresent(b -> {
            assertThat(a.equals(b)).isEqualTo(b.equals(a));
            assertThat(a.isSameMailbox(b)).isEqualTo(b.isSameMailbox(a));
            if (a.equals(b)) {
                assertThat(a).hasSameHashCodeAs(b);
                assertThat(a.isSameMailbox(b)).isTrue();
                assertThat(a.asciiDomain()).isEqualTo(b.asciiDomain());
            }
        }));
    }

    @Property
    void isReadFromAHeaderAsItWasWritten(@ForAll("nearlyAddresses") String text) {
        Address.parse(text).ifPresent(address -> {
            var mailboxes = List.of(new Mailbox("Jan", address), Mailbox.of(address));
            assertThat(Mailbox.parseList(MailboxField.of("From", mailboxes).value())).contains(mailboxes);
        });
    }

    /// The name that people see leads to no other domain.
    @Property
    void showsNoOtherDomain(@ForAll("nearlyDomains") String domain) {
        DomainName.ascii(domain)
                .ifPresent(ascii -> assertThat(DomainName.ascii(DomainName.unicode(ascii))).contains(ascii));
    }

    @Provide
    static Arbitrary<String> nearlyAddresses() {
        return Combinators.combine(localParts(), nearlyDomains()).as((local, domain) -> local + "@" + domain);
    }

    private static Arbitrary<String> localParts() {
        return ArbitraryText.of(
                5, "a", "Z", ".", ".", "..", "'", "+=", "é", "用户", "x".repeat(300), "\"", "\"", "\\", " ", "<", ">", "@", "\r\n", "\u202E", "ß");
    }

    @Provide
    static Arbitrary<String> nearlyDomains() {
        return ArbitraryText.of(
                7, "a", "Z9", "-", "_", ".", ".", ".", "。", "ü", "Ü", "ß", "ẞ", "ς", "Σ", "ſ", "\u212A", "İ", "\u200D", "\u200C", "\u00AD", "א", "1",
                "क्", "☃", "❤️", "＠", "＞", "℀", "¨", "xn--", "xn--fa-hia", "xn--a", "[192.0.2.1]", " ", "\r", "b".repeat(60));
    }
}
