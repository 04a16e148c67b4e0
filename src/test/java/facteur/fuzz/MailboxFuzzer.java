package facteur.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.message.Header;
import facteur.message.Mailbox;
import facteur.message.MailboxField;
import facteur.smtp.Address;
import facteur.smtp.HeaderEncoding;
import java.util.List;

/// Whatever the text of an address field: an answer, and a list that is written as one field and reads as it was.
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
        assertReads(mailboxes, HeaderEncoding.UTF8);

        var ascii = mailboxes.stream()
                .filter(mailbox -> mailbox.address().isAsciiCapable())
                .map(mailbox -> new Mailbox(mailbox.name(), mailbox.address().toAscii()))
                .toList();
        if (!ascii.isEmpty()) {
            assertReads(ascii, HeaderEncoding.ASCII);
        }
    }

    private static void assertReads(List<Mailbox> mailboxes, HeaderEncoding encoding) {
        var field = MailboxField.of("From", mailboxes, encoding);
        assertThat(Mailbox.parseList(field.value())).contains(mailboxes);

        var octets = new Header(List.of(field)).octets();
        assertThat(new String(octets, ISO_8859_1)).doesNotContainPattern("\r\n(?! |\\z)|\r(?!\n)|(?<!\r)\n");
        assertThat(Header.parse(octets).fields()).hasSize(1);
    }
}
