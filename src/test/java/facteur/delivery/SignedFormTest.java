package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Corpus.Parts;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.PlainVerifier;
import facteur.fixture.TestTime;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.Signer;
import facteur.mail.dkim.StoredKey;
import facteur.mail.dkim.TestKeys;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.mime.Conversion;
import facteur.mail.mime.SevenBit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignedFormTest {
    private static final String DOMAIN = "dupont.example";
    private static final SevenBit SEVEN_BIT = new SevenBit(1 << 20, new ReceivingMemory(1 << 20), () -> {
        throw new IOException("no file wanted");
    });
    private static final String HEADER = """
            Received: from app.example
            From: =?UTF-8?B?Q2Fmw6k=?= <office@dupont.example>
            To: client@example.com
            MIME-Version: 1.0
            Content-Transfer-Encoding: 8bit
            """.replace("\n", "\r\n");

    @TempDir
    private Path folder;

    private List<DkimKey> keys() throws IOException {
        return TestKeys.folder(folder).create(DOMAIN, TestTime.START).keys().stream().map(StoredKey::key).toList();
    }

    @Test
    void signsWhatIsConvertedInPlaceOfWhatWas() throws Exception {
        var keys = keys();
        var before = new Signer(_ -> keys, new TestTime()).sign(message(HEADER, "Caf\u00e9\r\n"), DOMAIN).message();
        var form = new SignedForm(SEVEN_BIT, new Signer(domain -> domain.equals(DOMAIN) ? keys : List.of(), new TestTime()));

        var converted = text(((Conversion.Converted) form.of(before)).message());

        assertThat(new PlainVerifier(Published.of(DOMAIN, keys)).verify(converted)).hasSameSizeAs(keys).containsOnly("pass");
        assertThat(Parts.of(converted).without("DKIM-Signature"))
                .isEqualTo(Parts.of(HEADER.replace("8bit", "quoted-printable")).fields());
        assertThat(Parts.of(converted).body()).isEqualTo("Caf=E9\r\n");
    }

    @Test
    void signsWithTheKeysOfTheMoment() throws Exception {
        var keys = keys();
        var before = new Signer(_ -> keys, new TestTime()).sign(message(HEADER, "Caf\u00e9\r\n"), DOMAIN).message();
        var form = new SignedForm(SEVEN_BIT, new Signer(_ -> List.of(), new TestTime()));

        assertThat(text(((Conversion.Converted) form.of(before)).message())).doesNotContain("DKIM-Signature");
    }

    /// Who answers a letter could have it signed as the office's own otherwise.
    @Test
    void aLetterOfOthersGetsNoSignatureOfOurs() throws Exception {
        var keys = keys();
        var form = new SignedForm(SEVEN_BIT, new Signer(_ -> keys, new TestTime()));
        var theirs = "DKIM-Signature: v=1; d=dupont.example; s=" + keys.getFirst().selector() + "; b=x\r\n";
        var forged = HEADER.replaceFirst("(?m)^From", theirs + "From");

        assertThat(text(((Conversion.Converted) form.of(message(HEADER, "Caf\u00e9\r\n"))).message())).doesNotContain("DKIM-Signature");
        assertThat(text(((Conversion.Converted) form.of(message(forged, "Caf\u00e9\r\n"))).message()))
                .startsWith("Received: from app.example\r\n" + theirs + "From:")
                .containsOnlyOnce("DKIM-Signature");
    }

    @Test
    void leavesTheSignatureOfWhatNeedsNoConversion() throws Exception {
        var form = new SignedForm(SEVEN_BIT, new Signer(_ -> List.of(), new TestTime()));

        assertThat(form.of(message(HEADER, "Cafe\r\n"))).isEqualTo(new Conversion.Unchanged());
        assertThat(form.of(message("Content-Type: multipart/signed\r\n", "Caf\u00e9\r\n"))).isInstanceOf(Conversion.Unfit.class);
    }

    private static Message message(String header, String body) {
        return new Message(
                Header.parse(header.getBytes(StandardCharsets.ISO_8859_1)), new MemoryBody(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String text(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
