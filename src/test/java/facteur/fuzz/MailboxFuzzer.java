package facteur.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.mail.smtp.Address;
import java.util.List;

/// Any text of an address field: an answer, and a list that is written as one field and reads as it was.
final class MailboxFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheText(byte[] bytes) {
        Mailbox.parseList(new String(bytes, UTF_8)).ifPresent(MailboxFuzzer::assertSound);
    }

    private static void assertSound(List<Mailbox> mailboxes) {
        for (var mailbox : mailboxes) {
            assertThat(mailbox.name()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029@]").isEqualTo(mailbox.name().strip());
            assertThat(Address.parse(mailbox.address().toString())).contains(mailbox.address());
            assertThat(Address.parse(mailbox.address().toAscii().toString())).contains(mailbox.address().toAscii());
        }
        assertReads(mailboxes);
    }

    private static void assertReads(List<Mailbox> mailboxes) {
        var field = MailboxField.of("From", mailboxes);
        assertThat(Mailbox.parseList(field.value())).contains(mailboxes.stream().map(MailboxFuzzer::written).toList());

        var header = new Header(List.of(field));
        assertThat(header.isAscii()).isEqualTo(mailboxes.stream().allMatch(mailbox -> mailbox.address().isAsciiCapable()));
        var octets = header.octets();
        assertThat(new String(octets, ISO_8859_1)).doesNotContainPattern("\r\n(?! |\\z)|\r(?!\n)|(?<!\r)\n");
        assertThat(Header.parse(octets).fields()).hasSize(1);
    }

    private static Mailbox written(Mailbox mailbox) {
        var address = mailbox.address();
        return new Mailbox(mailbox.name(), address.isAsciiCapable() ? address.toAscii() : address);
    }
}
