package facteur.listener;

import facteur.config.Section;
import facteur.intake.App;
import facteur.settings.OfficeId;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells which app is calling. Immutable; safe to share between threads.
public final class Admission {
    /// An app, the networks that it calls from, and the client certificates that it may show instead.
    public record Entry(App app, List<Network> networks, List<CertificateRule> certificates) {
        public Entry {
            networks = List.copyOf(networks);
            certificates = List.copyOf(certificates);
        }
    }

    private final List<Entry> entries;

    /// @param entries the first that fits wins
    public Admission(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /// Reads `apps`.
    public static Admission from(Section root) {
        var entries = new ArrayList<Entry>();
        var names = new HashSet<String>();
        for (var section : root.sections("apps")) {
            var name = section.requiredText("name");
            if (!names.add(name)) {
                section.problem("name", "another app has this name");
            }
            if (!section.has("networks") && !section.has("certificate")) {
                section.problem("networks", "at least one network is needed, or a certificate");
            }
            if (section.has("certificate") && !root.section("tls").has("client-ca")) {
                section.problem("certificate", "needs tls.client-ca: no app is asked for a certificate without");
            }
            entries.add(new Entry(
                    app(section, name),
                    section.values("networks", Network::parse),
                    section.values("certificate", CertificateRule::parse)));
        }
        if (entries.isEmpty()) {
            root.warning("apps", "no app may submit mail");
        }
        return new Admission(entries);
    }

    private static App app(Section section, String name) {
        if (!section.has("offices")) {
            section.problem("offices", "at least one office is needed, or '*' for any");
        }
        var offices = section.values("offices", Admission::officeOrAny);
        var listed = offices.stream().flatMap(Optional::stream).toList();
        return new App(name, listed, listed.size() < offices.size() ? App.Scope.ANY : App.Scope.LISTED);
    }

    /// @return empty for `*`
    private static Optional<OfficeId> officeOrAny(String text) {
        return text.equals("*") ? Optional.empty() : Optional.of(new OfficeId(text));
    }

    /// What the first app sends for when it names no office.
    public Optional<OfficeId> defaultOffice() {
        return entries.stream().findFirst().flatMap(entry -> entry.app().office(Optional.empty()));
    }

    /// All that any app lists.
    public Set<OfficeId> offices() {
        return entries.stream().flatMap(entry -> entry.app().offices().stream()).collect(Collectors.toSet());
    }

    /// @param certificate one that was verified
    Optional<App> app(X509Certificate certificate) {
        return entries.stream()
                .filter(entry -> entry.certificates().stream().anyMatch(rule -> rule.fits(certificate)))
                .map(Entry::app)
                .findFirst();
    }

    Optional<App> app(InetAddress peer) {
        return entries.stream()
                .filter(entry -> entry.networks().stream().anyMatch(network -> network.contains(peer)))
                .map(Entry::app)
                .findFirst();
    }
}
