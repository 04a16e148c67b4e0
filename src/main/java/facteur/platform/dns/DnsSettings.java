package facteur.platform.dns;

import facteur.platform.config.HostAndPort;
import facteur.platform.config.Section;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/// Whom to ask. Immutable.
///
/// @param resolvers in the order in which they are asked; empty = those of the system
/// @param timeout for each question to each of them
public record DnsSettings(List<InetSocketAddress> resolvers, Duration timeout) {
    private static final int PORT = 53;

    public DnsSettings {
        resolvers = List.copyOf(resolvers);
    }

    /// Reads `resolvers` and `timeout` of the section `domains`.
    public static DnsSettings from(Section section) {
        return new DnsSettings(
                section.values("resolvers", DnsSettings::resolver),
                section.duration("timeout", Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(1)));
    }

    /// Literals only: a name would need a resolver.
    private static InetSocketAddress resolver(String text) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(text), PORT);
        } catch (IllegalArgumentException withPort) {
            var place = HostAndPort.parse(text);
            return new InetSocketAddress(InetAddress.ofLiteral(place.host()), place.port());
        }
    }

    /// Those to ask: the system's are looked up each time, as they change with the network.
    List<InetSocketAddress> inForce() {
        if (!resolvers.isEmpty()) {
            return resolvers;
        }
        ResolverConfig.refresh();
        return ResolverConfig.getCurrentConfig().servers();
    }

    /// Opens nothing: a socket lives for a question.
    public Dns open() {
        return new Resolvers(this);
    }
}
