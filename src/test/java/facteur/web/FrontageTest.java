package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.app.Network;
import facteur.platform.http.HostField;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrontageTest {
    private static final Frontage BEHIND_PROXY = new Frontage(
            URI.create("https://mail.example.org"), false, List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32")));
    private static final Frontage ON_LOOPBACK = new Frontage(URI.create("http://localhost:8026"), true, List.of());

    @ParameterizedTest
    @CsvSource({
        "mail.example.org, true, false", "MAIL.example.org:443, true, false", "localhost:8026, false, true", "127.0.0.1:8026, false, true",
        "[::1]:8026, false, true", "evil.example, false, false", "localhost.evil.example, false, false", "mail.example.org.evil.example, false, false"
    })
    void answersToItsOwnNames(String host, boolean behindProxy, boolean onLoopback) {
        assertThat(BEHIND_PROXY.isOurs(HostField.parse(host).orElseThrow())).isEqualTo(behindProxy);
        assertThat(ON_LOOPBACK.isOurs(HostField.parse(host).orElseThrow())).isEqualTo(onLoopback);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7|198.51.100.9|192.0.2.7",
                "10.0.0.1|198.51.100.9|198.51.100.9",
                "10.0.0.1|203.0.113.1, 198.51.100.9|198.51.100.9",
                "10.0.0.1|198.51.100.9, 10.0.0.2|198.51.100.9",
                "10.0.0.1|10.0.0.3, 10.0.0.2|10.0.0.3",
                "10.0.0.1|203.0.113.1, evil.example|10.0.0.1",
                "10.0.0.1|203.0.113.1, unknown, 10.0.0.2|10.0.0.2",
                "10.0.0.1|198.51.100.9:4711|198.51.100.9",
                "10.0.0.1|2001:db8::5|2001:db8:0:0:0:0:0:5",
                "10.0.0.1|[2001:db9::5]:99|2001:db9:0:0:0:0:0:5",
                "10.0.0.1|999.1.1.1|10.0.0.1",
                "10.0.0.1|''|10.0.0.1"
            })
    void theRightmostAddressThatNoProxyHasCounts(String peer, String forwarded, String client) {
        assertThat(BEHIND_PROXY.client(InetAddress.ofLiteral(peer), List.of(forwarded.equals("''") ? "" : forwarded)))
                .isEqualTo(InetAddress.ofLiteral(client));
    }

    @ParameterizedTest
    @CsvSource({"https://mail.example.org, true", "http://mail.example.org, false", "https://localhost:8026, false", "https://127.0.0.1, false",
        "https://[::1], false"})
    void asksBrowsersForTlsAloneUnderANameOfItsOwn(String url, boolean isHttpsAlone) {
        assertThat(new Frontage(URI.create(url), true, List.of()).isHttpsAlone()).isEqualTo(isHttpsAlone);
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(BEHIND_PROXY.client(InetAddress.ofLiteral("10.0.0.1"), List.of("203.0.113.1", "198.51.100.9")))
                .isEqualTo(InetAddress.ofLiteral("198.51.100.9"));
        assertThat(BEHIND_PROXY.client(InetAddress.ofLiteral("10.0.0.1"), List.of())).isEqualTo(InetAddress.ofLiteral("10.0.0.1"));
    }
}
