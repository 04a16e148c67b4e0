package facteur.cli;

import facteur.listener.ListenerSettings;
import facteur.listener.Takes;
import facteur.mail.smtp.TlsMode;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.HostAndPort;
import facteur.relay.Config;
import facteur.upstream.Login;
import facteur.upstream.SingleRelay;
import facteur.upstream.Smarthost;
import facteur.upstream.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A listener of the relay, seen as an app on this machine sees it.
///
/// With TLS, its own certificate is trusted and no other: another program in its place is detected, even if a certificate
/// authority vouches for it.
final class LocalListener {
    private LocalListener() {}

    /// @param chosen where the listener is; else the first of the configuration
    /// @param certificateName what its certificate must name
    /// @throws IOException when its address isn't known, or the certificate can't be read
    static SingleRelay of(Config config, Optional<HostAndPort> chosen, String certificateName, Optional<Login> login)
            throws IOException {
        var settings = settings(config, chosen);
        var address = chosen.map(HostAndPort::resolve).orElse(settings.address());
        if (address.getPort() == 0) {
            throw new IOException("the kernel chose the port of the listener: --listener is required");
        }
        var reachedAt = reachable(address).getHostAddress();
        var name = settings.tls() == TlsMode.NONE ? reachedAt : certificateName;
        var host = Smarthost.of("listener", name, address.getPort(), settings.tls(), config.hostname());
        if (settings.tls() != TlsMode.NONE && config.inbound().tls().isPresent()) {
            host = host.withTrust(Trust.pem(config.inbound().tls().get().file()));
        }
        return new SingleRelay(login.map(host::withLogin).orElse(host), reachedAt, SteadyTime.system());
    }

    /// Those of the chosen port, or else of the first listener for apps.
    private static ListenerSettings settings(Config config, Optional<HostAndPort> chosen) throws IOException {
        var listeners = config.inbound().listeners().stream().filter(each -> each.takes() == Takes.APPS).toList();
        return listeners.stream()
                .filter(each -> chosen.isEmpty() || chosen.get().port() == each.address().getPort())
                .findFirst()
                .or(() -> listeners.stream().findFirst())
                .orElseThrow(() -> new IOException("there is no listener for apps"));
    }

    /// A listener on all addresses is reached on loopback.
    private static InetAddress reachable(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
    }
}
