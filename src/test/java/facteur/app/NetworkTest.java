package facteur.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.login.ClientNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.0/8,    127.255.0.1,          true
            127.0.0.0/8,    128.0.0.1,            false
            192.0.2.1,      192.0.2.1,            true
            192.0.2.1,      192.0.2.2,            false
            192.0.2.128/25, 192.0.2.129,          true
            192.0.2.128/25, 192.0.2.127,          false
            0.0.0.0/0,      198.51.100.7,         true
            0.0.0.0/0,      ::1,                  false
            ::1/128,        ::1,                  true
            ::1,            ::2,                  false
            2001:db8::/33,  2001:db8:7fff::1,     true
            2001:db8::/33,  2001:db8:8000::1,     false
            ::/0,           127.0.0.1,            false
            127.0.0.0/8,    ::ffff:127.0.0.1,     true
            """)
    void knowsWhoIsInIt(String network, String address, boolean inside) throws UnknownHostException {
        assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "localhost", "127.0.0.1/33", "127.0.0.1/-1", "127.0.0.1/x", "::1/129", "127.1", "1234", "a.b.c.d", "999.0.0.1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void meetsAClientSomeOfWhoseAddressesAreInIt() throws UnknownHostException {
        var v4 = ClientNetwork.of(InetAddress.getByName("192.0.2.7"));
        assertThat(Network.parse("192.0.2.7").meets(v4)).isTrue();
        assertThat(Network.parse("192.0.2.0/29").meets(v4)).isTrue();
        assertThat(Network.parse("192.0.2.8/29").meets(v4)).isFalse();
        assertThat(Network.parse("::/0").meets(v4)).isFalse();
        var v6 = ClientNetwork.of(InetAddress.getByName("2001:db8:0:1::5"));
        assertThat(Network.parse("2001:db8:0:1::6").meets(v6)).as("of the same network of 64 bits").isTrue();
        assertThat(Network.parse("2001:db8:0:2::5").meets(v6)).isFalse();
        assertThat(Network.parse("2001:db8::/32").meets(v6)).isTrue();
        assertThat(Network.parse("0.0.0.0/0").meets(v6)).isFalse();
    }
}
