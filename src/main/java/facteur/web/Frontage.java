package facteur.web;

import facteur.app.Network;
import facteur.platform.http.HostField;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the server is reached: under which name, and through which proxies. Immutable.
///
/// @param url what peers call it
/// @param isLoopback whether it listens on loopback alone
/// @param proxies whose word on the address of a peer counts
public record Frontage(URI url, boolean isLoopback, List<Network> proxies) {
    /// A page in an old tab, or a probe, may be behind so many.
    private static final int MOST_HOPS = 100;

    public Frontage {
        proxies = List.copyOf(proxies);
    }

    /// Whether a request was meant for us.
    boolean isOurs(HostField host) {
        return host.host().equalsIgnoreCase(plainHost()) || isLoopback && host.isLocal();
    }

    private String plainHost() {
        var host = String.valueOf(url.getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Whether browsers reach us by TLS, here or at a proxy: as `console.url` says: what a proxy says of one request doesn't count.
    boolean isHttps() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /// Whether the browser says that a page of ours sent it. One field of each at most: of two, another party wrote one.
    boolean isFromOurPages(RequestHead head) {
        var sites = head.fields("Sec-Fetch-Site");
        var origins = head.fields("Origin");
        if (!sites.isEmpty()) {
            return sites.equals(List.of("same-origin"));
        }
        return origins.size() == 1 && isOurOrigin(origins.getFirst(), head);
    }

    /// On loopback, where a name in Host can't be another's, a page is ours when it came from where its form goes.
    private boolean isOurOrigin(String origin, RequestHead head) {
        var host = String.join(",", head.fields("Host"));
        return origin.equals(Origin.of(url))
                || isLoopback && HostField.parse(host).filter(HostField::isLocal).isPresent()
                        && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    /// Whether browsers are to reach this name by TLS alone (RFC 6797). Not `localhost`: that is the name of every other server on the
    /// machine, too.
    boolean isHttpsAlone() {
        return isHttps() && HostField.parse(String.valueOf(url.getHost())).filter(HostField::isLocal).isEmpty();
    }

    /// Whose request it is: the rightmost address that no trusted proxy has. What stands to the left of it, its owner could
    /// have written.
    ///
    /// @param peer of the connection
    /// @param forwarded all fields X-Forwarded-For
    InetAddress client(InetAddress peer, List<String> forwarded) {
        var client = peer;
        var hops = new ArrayList<>(List.of(String.join(",", forwarded).split(",", -1)));
        for (var i = hops.size() - 1; i >= 0 && hops.size() - i <= MOST_HOPS && isProxy(client); i--) {
            var hop = address(hops.get(i).strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }

    /// Some proxies add a port. Names are never looked up.
    private static Optional<InetAddress> address(String text) {
        try {
            return HostField.parse(text.indexOf(':') == text.lastIndexOf(':') || text.startsWith("[") ? text : "[" + text + "]")
                    .filter(host -> host.kind() == HostField.Kind.ADDRESS)
                    .map(HostField::host)
                    .map(InetAddress::ofLiteral);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
