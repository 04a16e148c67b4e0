package facteur.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.smtp.Address;
import facteur.platform.idna.DomainName;

/// Any text in place of an address: none, or one that is written without harm, and read as what it was.
final class AddressFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheText(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        Address.parse(text).ifPresent(AddressFuzzer::assertSound);
        Address.parse("jan@" + text).ifPresent(AddressFuzzer::assertSound);
        Address.parse(text + "@faß.example").ifPresent(AddressFuzzer::assertSound);
        assertThat(Address.remark(text)).matches("[ -~]*");
    }

    private static void assertSound(Address address) {
        assertThat(address.wire()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        assertThat(address.wire().replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "")).doesNotContainPattern("[ <>,;]");
        assertThat(address.toAscii().domain()).matches("[A-Za-z0-9._-]+|\\[[A-Za-z0-9.:]+]");
        for (var form : new String[] {address.toString(), address.wire(), address.toAscii().toString()}) {
            assertThat(Address.parse(form)).contains(address);
            assertThat(Address.of(form)).hasSameHashCodeAs(address);
        }
        assertThat(Address.of("x@" + address.asciiDomain()).asciiDomain()).isEqualTo(address.asciiDomain());
        assertThat(DomainName.ascii(DomainName.unicode(address.asciiDomain()))).contains(address.asciiDomain());
    }
}
