package facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminSettingsTest {
    private final Problems problems = new Problems();

    @Test
    void listensOnLoopbackUnlessToldOtherwise() {
        assertThat(read("").address()).contains(new HostAndPort("127.0.0.1", 8025));
        assertThat(read("admin: { address: '[::1]:0' }").address()).contains(new HostAndPort("::1", 0));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void isTurnedOffByAWord() {
        assertThat(read("admin: { address: off }").address()).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8025", "none", "no", "127.0.0.1", "127.0.0.1:70000", "''"})
    void refusesWhatIsNoAddress(String text) {
        read("admin: { address: " + text + " }");
        assertThat(problems.list()).singleElement().asString().contains("admin.address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "[::]", "[2001:db8::1]"})
    void elsewhereItNeedsATokenAndTls(String host) {
        read("hostname: x\nadmin:\n  address: '" + host + ":8025'\n");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "test:3: admin.address: is not on loopback, so admin.token is needed",
                        "test:3: admin.address: is not on loopback, so admin.tls must be implicit");
    }

    @Test
    void withBothItMayBeAnywhere() {
        var settings = read("""
                tls: { certificate: a.pem, key: a.key }
                admin: { address: 0.0.0.0:8025, tls: implicit, token: 0123456789abcdef }
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(settings.token().orElseThrow().reveal()).isEqualTo("0123456789abcdef");
        assertThat(settings.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void tlsNeedsACertificate() {
        read("admin: { tls: implicit }");
        assertThat(problems.list()).singleElement().asString().contains("admin.tls: needs tls.certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789abcde", "'0123456789 abcdef'", "0123456789abcdeé"})
    void aTokenIsLongAndPlain(String token) {
        read("admin: { token: " + token + " }");
        assertThat(problems.list()).singleElement().asString().contains("admin.token: at least 16").doesNotContain(token);
    }

    private AdminSettings read(String yaml) {
        return AdminSettings.from(ConfigFile.parse(yaml, Path.of("test"), problems));
    }
}
