package facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/// What is encoded here is decoded by another's decoder, that of jakarta.mail.
final class QuotedPrintableTest {
    @Test
    void encodesWhatRfc2045Wants() {
        assertThat(QuotedPrintable.encode("a=b \r\n\té~\r\n\r\n.")).isEqualTo("a=3Db=20\r\n=09=C3=A9~\r\n\r\n.");
        assertThat(QuotedPrintable.encode("a\rb\nc\n\r\n\r")).isEqualTo("a=0Db=0Ac=0A\r\n=0D");
        assertThat(QuotedPrintable.encode("")).isEmpty();
    }

    @Test
    void breaksLinesBeforeTheyAreTooLong() {
        assertThat(QuotedPrintable.encode("x".repeat(76))).isEqualTo("x".repeat(76));
        assertThat(QuotedPrintable.encode("x".repeat(77))).isEqualTo("x".repeat(75) + "=\r\nxx");
        assertThat(QuotedPrintable.encode("x".repeat(74) + "é")).isEqualTo("x".repeat(74) + "=\r\n=C3=A9");
    }

    @Property
    void isSevenBitAndDecodesToWhatItWas(@ForAll("octets") byte[] octets) throws Exception {
        var encoded = QuotedPrintable.encode(octets);
        assertThat(new String(encoded, StandardCharsets.ISO_8859_1)).matches("(?:[ -~]{0,76}\r\n)*[ -~]{0,76}").doesNotContain(" \r\n");
        assertThat(decoded(encoded)).isEqualTo(octets);
    }

    @Provide
    Arbitrary<byte[]> octets() {
        var likely = Arbitraries.of((byte) '\r', (byte) '\n', (byte) ' ', (byte) '=', (byte) '\t', (byte) '.', (byte) 'x', (byte) 0xE9);
        return Arbitraries.frequencyOf(Tuple.of(3, likely), Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(400);
    }

    private static byte[] decoded(byte[] encoded) throws MessagingException, IOException {
        return MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable").readAllBytes();
    }
}
