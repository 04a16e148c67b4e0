package facteur.admin;

import facteur.config.HostAndPort;
import facteur.config.Section;
import java.util.Optional;

/// The section `admin`. Immutable.
///
/// @param address empty when nothing is to listen; port 0 = one of the kernel's choice
public record AdminSettings(Optional<HostAndPort> address) {
    private static final String OFF = "off";
    private static final HostAndPort STANDARD = new HostAndPort("127.0.0.1", 8025);

    /// Reads `address`.
    public static AdminSettings from(Section section) {
        return new AdminSettings(section.value("address", AdminSettings::address).orElse(Optional.of(STANDARD)));
    }

    private static Optional<HostAndPort> address(String text) {
        if (text.equals(OFF)) {
            return Optional.empty();
        }
        var address = HostAndPort.parse(text);
        address.resolve();
        return Optional.of(address);
    }
}
