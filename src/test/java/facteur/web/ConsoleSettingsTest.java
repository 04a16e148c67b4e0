package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.app.Network;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleSettingsTest {
    private Problems problems = new Problems();

    @BeforeEach
    void none() {
        problems = new Problems();
    }

    @Test
    void isOff() {
        var settings = read("");
        assertThat(problems.list()).isEmpty();
        assertThat(settings.address()).isEmpty();
        assertThat(settings.isInTheWayOf(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8026))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'{ address: 127.0.0.1:8026 }',                                                      http://localhost:8026",
        "'{ address: \"[::1]:0\" }',                                                         http://localhost:8026",
        "'{ address: 127.0.0.1:8026, tls: implicit }',                                       https://localhost:8026",
        "'{ address: 127.0.0.1:8026, url: https://Mail.Example.org/ }',                      https://mail.example.org",
        "'{ address: 127.0.0.1:8026, url: \"http://127.0.0.1:9000\" }',                      http://127.0.0.1:9000",
        "'{ address: 0.0.0.0:443, tls: implicit, url: https://mail.example.org }',           https://mail.example.org",
        "'{ address: 0.0.0.0:8026, proxies: 192.0.2.7, url: \"https://mail.example.org:8443\" }', https://mail.example.org:8443",
    })
    void isReachedByItsUrl(String section, String url) {
        var settings = read("tls: { certificate: a.pem, key: a.key }\nconsole: " + section);
        assertThat(problems.list()).isEmpty();
        assertThat(settings.url(8026)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { address: 8026 }                                                          | console.address: must be host:port
            { address: 127.0.0.1:8026, tls: implicit }                                 | console.tls: needs tls.certificate
            { address: 0.0.0.0:8026, url: https://mail.example.org }                   | console.address: is not on loopback, so console.tls must be implicit
            { address: 0.0.0.0:8026, proxies: 10.0.0.1 }                               | console.url: is needed off loopback
            { address: 0.0.0.0:8026, proxies: 10.0.0.1, url: http://mail.example.org } | console.url: must begin with https://
            { address: 0.0.0.0:8026, proxies: 10.0.0.1, url: http://localhost }        | console.url: must begin with https://
            { address: 127.0.0.1:8026, url: http://mail.example.org }                  | console.url: must begin with https://
            { address: 127.0.0.1:8026, proxies: proxy.example.org }                    | console.proxies: not a network
            { address: 127.0.0.1:8026, page: false }                                   | console.page: unknown key
            """)
    void refusesWhatWouldShowTokensToOthers(String section, String problem) {
        var root = ConfigFile.parse("console: " + section, Path.of("test"), problems);
        assertThat(ConsoleSettings.from(root).address()).isNotNull();
        root.section("tls").text("certificate");
        root.close();
        assertThat(problems.list()).singleElement().asString().contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.org", "ftp://mail.example.org", "https://", "https:///x", "https://mail.example.org/facteur",
        "https://jan@mail.example.org", "https://mail.example.org?x", "https://mail.example.org/#", "https://mail example.org",
        "\"https://ü.example.org\""})
    void anUrlIsSchemeAndHost(String url) {
        read("console: { url: '" + url + "' }");
        assertThat(problems.list()).singleElement().asString().contains("console.url: must be http:// or https://");
    }

    @Test
    void sharesNoPort() {
        var settings = read("console: { address: 127.0.0.1:8026 }");
        assertThat(settings.isInTheWayOf(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 8026))).isTrue();
        assertThat(settings.isInTheWayOf(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 8026))).isFalse();
        assertThat(settings.isInTheWayOf(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8025))).isFalse();
        assertThat(read("console: { address: 127.0.0.1:0 }").isInTheWayOf(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))).isFalse();
    }

    @Test
    void proxiesAreNetworks() {
        assertThat(read("console: { proxies: [10.0.0.0/8, '::1'] }").proxies()).containsExactly(Network.parse("10.0.0.0/8"), Network.parse("::1"));
    }

    private ConsoleSettings read(String yaml) {
        return ConsoleSettings.from(ConfigFile.parse(yaml, Path.of("test"), problems));
    }
}
