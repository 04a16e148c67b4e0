package facteur.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.message.Decoded;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.LenientMailbox;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Any value of a field: it is read for people, without replacement characters of ours, and exactly or not at
/// all; and what From means is written as it is read.
final class EncodedTextFuzzer {
    private static final byte[] NAME = "From: ".getBytes(StandardCharsets.US_ASCII);

    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheValue(byte[] value) {
        var field = field(value);
        if (!new String(value, StandardCharsets.ISO_8859_1).matches("(?s).*(?:\u00EF\u00BF\u00BD|=EF=BF=BD|\\?[Bb]\\?).*")) {
            assertThat(field.text()).doesNotContain("\uFFFD");
        }
        switch (field.decoded()) {
            case Decoded.Text(var text) -> assertThat(text).isEqualTo(text.strip());
            case Decoded.Undecodable(var why) -> assertThat(why).isNotBlank();
        }
        switch (Mailbox.parseMeant(field.value())) {
            case LenientMailbox.Clear(var mailbox) -> assertThat(Mailbox.parseMeant(MailboxField.of("From", List.of(mailbox)).value()))
                    .isEqualTo(new LenientMailbox.Clear(mailbox));
            case LenientMailbox.Unclear(var why) -> {
                assertThat(why).isNotBlank();
                assertThat(Mailbox.parse(field.value())).isEmpty();
            }
        }
    }

    private static HeaderField field(byte[] value) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(NAME);
        for (var octet : value) {
            octets.write(octet == '\r' || octet == '\n' ? ' ' : octet);
        }
        octets.writeBytes(new byte[] {'\r', '\n'});
        return Header.parse(octets.toByteArray()).fields().getFirst();
    }
}
