package facteur.app;

import facteur.login.Account;
import facteur.office.OfficeId;
import facteur.platform.config.Section;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which app a connection belongs to. Immutable; safe to share between threads.
public final class Admission {
    /// An app and how it is identified: by its networks, its client certificates, or its login; one of them is enough.
    public record Entry(App app, List<Network> networks, List<CertificateRule> certificates, Optional<Account> account) {
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
        var logins = new HashSet<String>();
        for (var section : root.sections("apps")) {
            var name = section.requiredText("name");
            if (!names.add(name)) {
                section.problem("name", "another app has this name");
            }
            if (!section.has("networks") && !section.has("certificate") && !section.has("login")) {
                section.problem("networks", "at least one network is needed, or a certificate or a login");
            }
            if (section.has("certificate") && !root.section("tls").has("client-ca")) {
                section.problem("certificate", "needs tls.client-ca: no app is asked for a certificate without");
            }
            var account = Account.from(section);
            if (account.isPresent() && !logins.add(account.get().login())) {
                section.problem("login", "another app has this login");
            }
            entries.add(new Entry(
                    app(section, name),
                    section.values("networks", Network::parse),
                    section.values("certificate", CertificateRule::parse),
                    account));
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

    /// The office of a letter from the first app that names none.
    public Optional<OfficeId> defaultOffice() {
        return entries.stream().findFirst().flatMap(entry -> entry.app().office(Optional.empty()));
    }

    /// All offices that apps list.
    public Set<OfficeId> offices() {
        return entries.stream().flatMap(entry -> entry.app().offices().stream()).collect(Collectors.toSet());
    }

    /// @param certificate one that was verified
    public Optional<App> app(X509Certificate certificate) {
        return first(entry -> entry.certificates().stream().anyMatch(rule -> rule.fits(certificate)));
    }

    /// Whether connections from there belong to an app without a login.
    public boolean admits(InetAddress peer) {
        return app(peer).isPresent();
    }

    /// Of all apps that may log in.
    public List<Account> accounts() {
        return entries.stream().flatMap(entry -> entry.account().stream()).toList();
    }

    /// @param account with the password that was good
    public Optional<App> app(Account account) {
        return first(entry -> entry.account().filter(account::equals).isPresent());
    }

    public Optional<App> app(String login) {
        return first(entry -> entry.account().filter(account -> account.login().equals(login)).isPresent());
    }

    public Optional<App> app(InetAddress peer) {
        return first(entry -> entry.networks().stream().anyMatch(network -> network.contains(peer)));
    }

    private Optional<App> first(Predicate<Entry> fits) {
        return entries.stream().filter(fits).map(Entry::app).findFirst();
    }
}
