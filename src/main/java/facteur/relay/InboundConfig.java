package facteur.relay;

import facteur.app.Admission;
import facteur.app.RateSettings;
import facteur.listener.ListenerSettings;
import facteur.login.LoginLimits;
import facteur.platform.config.DataSize;
import facteur.platform.config.Section;
import facteur.platform.tls.KeyMaterial;
import facteur.platform.tls.TlsSection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Where letters come in, from which apps, and how many at a time. Immutable.
///
/// @param tls of listeners and the admin port
/// @param receivedFields how many Received fields a letter may have
/// @param receivingBytes memory for letters that are arriving, all together
public record InboundConfig(
        List<ListenerSettings> listeners,
        Admission admission,
        Optional<KeyMaterial> tls,
        LoginLimits logins,
        RateSettings rates,
        int receivedFields,
        long receivingBytes) {
    static InboundConfig from(Section root, String hostname) {
        var limits = root.section("limits");
        return new InboundConfig(
                ListenerSettings.from(root, limits, hostname),
                Admission.from(root),
                TlsSection.read(root.section("tls"), InstantSource.system()),
                LoginLimits.from(limits),
                RateSettings.from(limits),
                limits.integer("received-fields", 50, 1, 1000),
                limits.size("receiving-memory", DataSize.ofMegabytes(64)).bytes());
    }
}
