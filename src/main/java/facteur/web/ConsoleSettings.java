package facteur.web;

import facteur.app.Network;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Section;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The section `console`. Immutable.
///
/// @param address empty when it is off; port 0 = chosen by the kernel
/// @param written what programs and browsers call it, without a path; always there off loopback
/// @param proxies networks whose word on the address of a peer counts
public record ConsoleSettings(Optional<HostAndPort> address, Optional<URI> written, Tls tls, List<Network> proxies, PageSettings pages) {
    /// How the port speaks.
    public enum Tls {
        NONE,
        IMPLICIT
    }

    private static final String HTTPS = "https";

    public ConsoleSettings {
        proxies = List.copyOf(proxies);
    }

    /// Reads `console`.
    ///
    /// @param root whose section `tls` has the certificate
    public static ConsoleSettings from(Section root) {
        var section = root.section("console");
        var settings = new ConsoleSettings(
                section.value("address", HostAndPort::parseOrOff).orElse(Optional.empty()),
                section.value("url", ConsoleSettings::url),
                section.choice("tls", Tls.NONE),
                section.values("proxies", Network::parse),
                PageSettings.from(section, ZoneId.systemDefault()));
        if (settings.address.isPresent()) {
            settings.check(section);
        }
        if (settings.tls == Tls.IMPLICIT && !root.section("tls").has("certificate")) {
            section.problem("tls", "needs tls.certificate and tls.key");
        }
        return settings;
    }

    private void check(Section section) {
        var isLoopback = isLoopback();
        if (!isLoopback && tls == Tls.NONE && proxies.isEmpty()) {
            section.problem("address", "is not on loopback, so console.tls must be implicit, or console.proxies name the proxy that does TLS");
        }
        if (!isLoopback && !section.has("url")) {
            section.problem("url", ProblemCode.VALUE_MISSING, "is needed off loopback: what the others call it, such as https://mail.example.org");
        }
        if (written.isPresent() && !written.get().getScheme().equals(HTTPS) && !(isLoopback && isLocal(written.get().getHost()))) {
            section.problem("url", "must begin with https:// off loopback: tokens are in each request");
        }
        pages.check(section, isLoopback && written.map(url -> isLocal(url.getHost())).orElse(true), written);
    }

    /// Whether only this machine can reach the port. True while it is off.
    public boolean isLoopback() {
        return address.isEmpty() || address.get().isLoopback();
    }

    /// What programs and browsers call the server.
    ///
    /// @param port that is open, when the kernel chose it
    public URI url(int port) {
        var scheme = switch (tls) {
            case NONE -> "http";
            case IMPLICIT -> HTTPS;
        };
        return written.orElseGet(() -> URI.create(scheme + "://localhost:" + port));
    }

    /// Whether its port is that of another server at this address.
    public boolean isInTheWayOf(InetSocketAddress other) {
        return address.filter(own -> own.isInTheWayOf(other)).isPresent();
    }

    private static URI url(String text) {
        try {
            var url = new URI(text.strip());
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            var isBare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null
                    && (String.valueOf(url.getRawPath()).isEmpty() || url.getRawPath().equals("/"));
            if ((scheme.equals("http") || scheme.equals(HTTPS)) && url.getHost() != null && isBare) {
                return new URI(scheme, null, url.getHost().toLowerCase(Locale.ROOT), url.getPort(), null, null, null);
            }
        } catch (URISyntaxException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "must be http:// or https:// with a host and nothing behind it, such as https://mail.example.org: " + text);
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
