package facteur.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.TestTls;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "relay.example.org.", "*.example.org", "", "12:34", "-"})
    void isANameOrAFingerprint(String text) {
        assertThatThrownBy(() -> CertificateRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesWholeNames() throws Exception {
        var certificate = TestTls.certificate("relay.pem");
        assertThat(CertificateRule.parse("Relay.Example.Org").fits(certificate)).isTrue();
        assertThat(CertificateRule.parse("example.org").fits(certificate)).isFalse();
        assertThat(CertificateRule.parse("x.relay.example.org").fits(certificate)).isFalse();
        assertThat(CertificateRule.parse("Test.authority").fits(TestTls.certificate("ca.pem"))).isFalse();
    }

    @Test
    void knowsOneCertificateByItsFingerprint() throws Exception {
        var certificate = TestTls.certificate("relay.pem");
        var sha256 = HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        assertThat(CertificateRule.parse(sha256).fits(certificate)).isTrue();
        assertThat(CertificateRule.parse(sha256.toUpperCase(Locale.ROOT).replace(":", "")).fits(certificate)).isTrue();
        assertThat(CertificateRule.parse(sha256).fits(TestTls.certificate("rsa.pem"))).isFalse();
    }
}
