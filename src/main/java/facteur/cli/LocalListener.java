package facteur.cli;

import facteur.listener.ListenerSettings;
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
/// With TLS, its own certificate is trusted and no other: whoever answers in the relay's place is found out, also when an
/// authority vouches for him.
final class LocalListener {
    private LocalListener() {}

    /// @param chosen where the listener is; else the first of the configuration
    /// @param certificateName what its certificate must name
    /// @throws IOException when it can't be told where that is, or the certificate can't be read
    static SingleRelay of(Config config, Optional<HostAndPort> chosen, String certificateName, Optional<Login> login)
            throws IOException {
        var settings = settings(config, chosen);
        var address = chosen.map(HostAndPort::resolve).orElse(settings.address());
        if (address.getPort() == 0) {
            throw new IOException("the listener's port is one of the kernel's choice: say --listener");
        }
        var reachedAt = reachable(address).getHostAddress();
        var name = settings.tls() == TlsMode.NONE ? reachedAt : certificateName;
        var host = Smarthost.of("listener", name, address.getPort(), settings.tls(), config.hostname());
        if (settings.tls() != TlsMode.NONE && config.inbound().tls().isPresent()) {
            host = host.withTrust(Trust.pem(config.inbound().tls().get().file()));
        }
        return new SingleRelay(login.map(host::withLogin).orElse(host), reachedAt, SteadyTime.system());
    }

    /// Those of the chosen port, if there are any.
    private static ListenerSettings settings(Config config, Optional<HostAndPort> chosen) throws IOException {
        return config.inbound().listeners().stream()
                .filter(each -> chosen.isEmpty() || chosen.get().port() == each.address().getPort())
                .findFirst()
                .or(() -> config.inbound().listeners().stream().findFirst())
                .orElseThrow(() -> new IOException("there is no listener"));
    }

    /// One that listens everywhere listens here, too.
    private static InetAddress reachable(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
    }
}
