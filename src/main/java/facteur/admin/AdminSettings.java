package facteur.admin;

import facteur.platform.config.HostAndPort;
import facteur.platform.config.Secret;
import facteur.platform.config.Section;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The section `admin`. Immutable.
///
/// @param address empty when it is off; port 0 = chosen by the kernel
/// @param token chosen by the operator, and then required by every request; off loopback always set, like TLS
public record AdminSettings(Optional<HostAndPort> address, Tls tls, Optional<Secret> token) {
    enum Tls {
        NONE,
        IMPLICIT
    }

    private static final HostAndPort STANDARD = new HostAndPort("127.0.0.1", 8025);
    private static final int SHORTEST_TOKEN = 16;

    /// Reads `admin`.
    ///
    /// @param root whose section `tls` has the certificate
    public static AdminSettings from(Section root) {
        var section = root.section("admin");
        var settings = new AdminSettings(
                section.value("address", HostAndPort::parseOrOff).orElse(Optional.of(STANDARD)),
                section.choice("tls", Tls.NONE),
                section.value("token", AdminSettings::token));
        if (settings.isOpenToOthers()) {
            if (!section.has("token")) {
                section.problem("address", "is not on loopback, so admin.token is needed");
            }
            if (settings.tls == Tls.NONE) {
                section.problem("address", "is not on loopback, so admin.tls must be implicit");
            }
        }
        if (settings.tls == Tls.IMPLICIT && !root.section("tls").has("certificate")) {
            section.problem("tls", "needs tls.certificate and tls.key");
        }
        return settings;
    }

    /// The message doesn't quote the secret.
    private static Secret token(String text) {
        if (text.length() < SHORTEST_TOKEN || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("at least " + SHORTEST_TOKEN + " printable characters of US-ASCII, none of them a blank");
        }
        return Secret.of(text);
    }

    /// Whether its port is that of a listener at this address.
    public boolean isInTheWayOf(InetSocketAddress listener) {
        return address.filter(own -> own.isInTheWayOf(listener)).isPresent();
    }

    private boolean isOpenToOthers() {
        return address.isPresent() && !address.get().isLoopback();
    }
}
