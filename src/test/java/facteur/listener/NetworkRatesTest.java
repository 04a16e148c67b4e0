package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class NetworkRatesTest {
    private final TestTime time = new TestTime();
    private final NetworkRates rates = new NetworkRates(time);

    @Test
    void aNetworkHasSoManyConnectionsAMinute() {
        for (var i = 0; i < NetworkRates.CONNECTIONS_PER_MINUTE; i++) {
            assertThat(rates.acquireConnection(peer("192.0.2." + i % 250))).isTrue();
        }
        assertThat(rates.acquireConnection(peer("192.0.2.251"))).isFalse();
        assertThat(rates.acquireConnection(peer("192.0.3.1"))).isTrue();
        time.advance(Duration.ofMillis(200));
        assertThat(rates.acquireConnection(peer("192.0.2.251"))).isTrue();
        assertThat(rates.acquireConnection(peer("192.0.2.251"))).isFalse();
    }

    @Test
    void aNetworkHasSoManyLettersAMinute() {
        for (var i = 0; i < NetworkRates.LETTERS_PER_MINUTE; i++) {
            assertThat(rates.acquireLetter(peer("2001:db8:0:1::" + Integer.toHexString(i)))).isTrue();
        }
        assertThat(rates.acquireLetter(peer("2001:db8:0:1:ffff::"))).isFalse();
        assertThat(rates.acquireLetter(peer("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void manyNetworksTakeLittleMemory() {
        for (var i = 0; i < 3 * NetworkRates.MOST; i++) {
            assertThat(rates.acquireConnection(peer("2001:db8:" + Integer.toHexString(i) + "::1"))).isTrue();
        }
        assertThat(rates.size()).isLessThanOrEqualTo(NetworkRates.MOST);
    }

    private static InetAddress peer(String text) {
        return InetAddress.ofLiteral(text);
    }
}
