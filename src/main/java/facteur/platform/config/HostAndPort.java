package facteur.platform.config;

import facteur.platform.idna.DomainName;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where something listens: `127.0.0.1:2525`, `[::1]:2525`, `smtp.example.net:587`.
///
/// @param host a name or an address literal, without brackets; not looked up before [#resolve]
/// @param port 0 to 65535
public record HostAndPort(String host, int port) {
    private static final String OFF = "off";
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:\\s/]+)):(\\d{1,5})");

    /// @throws IllegalArgumentException when the text has another form
    public static HostAndPort parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw new IllegalArgumentException("must be host:port, such as 127.0.0.1:2525 or [::1]:2525: " + text);
        }
        var host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        var ascii = DomainName.ascii(host).orElseThrow(() -> new IllegalArgumentException("not a host: " + host));
        return new HostAndPort(host.equalsIgnoreCase(ascii) ? host : ascii, Integer.parseInt(matcher.group(3)));
    }

    /// As [#parse], or `off`; a host must be known.
    ///
    /// @return empty for `off`
    public static Optional<HostAndPort> parseOrOff(String text) {
        if (text.equals(OFF)) {
            return Optional.empty();
        }
        var address = parse(text);
        address.resolve();
        return Optional.of(address);
    }

    /// Whether two servers can't have both, since one would listen where the other does. Ports that the kernel chooses are
    /// never in the way.
    public boolean isInTheWayOf(InetSocketAddress other) {
        var own = resolve();
        return own.getPort() != 0
                && own.getPort() == other.getPort()
                && (own.getAddress().equals(other.getAddress())
                        || own.getAddress().isAnyLocalAddress()
                        || other.getAddress().isAnyLocalAddress());
    }

    public boolean isLoopback() {
        return resolve().getAddress().isLoopbackAddress();
    }

    /// @throws IllegalArgumentException when no address is known for the host
    public InetSocketAddress resolve() {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("no address is known for " + host);
        }
        return address;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
