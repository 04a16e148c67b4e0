package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class ConnectionCountTest {
    @Test
    void letsInSoManyAndNoMore() {
        var crowd = new ConnectionCount(3, 2, Takes.APPS::client);
        assertThat(crowd.enter(peer("192.0.2.1"))).isEmpty();
        assertThat(crowd.enter(peer("192.0.2.1"))).isEmpty();
        assertThat(crowd.enter(peer("192.0.2.1"))).contains(ConnectionCount.Limit.CONNECTIONS_PER_CLIENT);
        assertThat(crowd.enter(peer("192.0.2.2"))).isEmpty();
        assertThat(crowd.enter(peer("192.0.2.3"))).contains(ConnectionCount.Limit.CONNECTIONS);
        assertThat(crowd.enter(peer("192.0.2.1"))).as("its own limit first").contains(ConnectionCount.Limit.CONNECTIONS_PER_CLIENT);
        crowd.leave(peer("192.0.2.1"));
        assertThat(crowd.enter(peer("192.0.2.3"))).isEmpty();
        crowd.leave(peer("192.0.2.2"));
        assertThat(crowd.enter(peer("192.0.2.1"))).isEmpty();
    }

    @Test
    void anIpv6NetworkIsOneClient() {
        var crowd = new ConnectionCount(10, 1, Takes.APPS::client);
        assertThat(crowd.enter(peer("2001:db8:0:1::1"))).isEmpty();
        assertThat(crowd.enter(peer("2001:db8:0:1:ffff::2"))).contains(ConnectionCount.Limit.CONNECTIONS_PER_CLIENT);
        assertThat(crowd.enter(peer("2001:db8:0:2::1"))).isEmpty();
    }

    @Test
    void aStrangersBlockIsOneClient() {
        var crowd = new ConnectionCount(10, 1, Takes.RETURNS::client);
        assertThat(crowd.enter(peer("192.0.2.1"))).isEmpty();
        assertThat(crowd.enter(peer("192.0.2.255"))).contains(ConnectionCount.Limit.CONNECTIONS_PER_CLIENT);
        assertThat(crowd.enter(peer("192.0.3.1"))).isEmpty();
        crowd.leave(peer("192.0.2.1"));
        assertThat(crowd.enter(peer("192.0.2.255"))).isEmpty();
        assertThat(crowd.enter(peer("2001:db8:0:1::1"))).isEmpty();
        assertThat(crowd.enter(peer("2001:db8:0:1:ffff::2"))).contains(ConnectionCount.Limit.CONNECTIONS_PER_CLIENT);
    }

    private static InetAddress peer(String text) {
        return InetAddress.ofLiteral(text);
    }
}
