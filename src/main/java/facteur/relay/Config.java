package facteur.relay;

import facteur.access.FederationSettings;
import facteur.admin.AdminSettings;
import facteur.domain.Claims;
import facteur.explain.KnownDomains;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.journal.MeterSettings;
import facteur.listener.ListenerSettings;
import facteur.listener.Takes;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.ConfigSnapshot;
import facteur.platform.config.Durations;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.NamedFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.log.LogSettings;
import facteur.policy.Policy;
import facteur.returns.ReturnSettings;
import facteur.settings.OfficeDomains;
import facteur.settings.SettingsSource;
import facteur.settings.SourceSettings;
import facteur.spool.ReturnKeyRing;
import facteur.web.ConsoleSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The configuration file as values, in records along the packages; each feature reads its own section. Immutable; safe to
/// share between threads.
///
/// @param hostname that peers and upstreams see
/// @param state the folder of captured letters, and of database and large bodies unless they are on a server
/// @param federation who vouches for people of the console
/// @param returns what is done with what comes back; empty = letters leave with no return address
public record Config(
        String hostname,
        Address sharedAddress,
        Path state,
        InboundConfig inbound,
        RulesConfig rules,
        OutboundConfig outbound,
        SpoolConfig spool,
        AdminSettings admin,
        ConsoleSettings console,
        FederationSettings federation,
        LogSettings log,
        MeterSettings metrics,
        Optional<ReturnSettings> returns,
        Reading reading) {
    private static final Address NO_ADDRESS = Address.of("nobody@invalid");

    /// Where a configuration came from, and what was written there.
    ///
    /// @param environment the variables that it may name
    /// @param named the files and folders that it names
    public record Reading(
            Path file, Function<String, @Nullable String> environment, ConfigSnapshot written, List<NamedFile> named) {}

    /// Reads the same file again. With a problem in it the result must not be used.
    ///
    /// The state folder stays the same even if the file names another: the running daemon works in it.
    public Config reread(Problems problems) {
        var root = ConfigFile.read(reading.file(), problems, reading.environment());
        return of(root, reading.environment(), Optional.of(state));
    }

    /// Reads the offices' own files, of which there may be thousands. There are none where settings come from elsewhere.
    ///
    /// @param problems gets what is wrong in them: an office with a problem is unusable, the others work
    public void readOffices(Problems problems) {
        var _ = readOffices(problems, knownDomains(Optional.empty()));
    }

    /// The same, with what is known of domains.
    ///
    /// @return the domains that offices want to write under, in A-labels; none when offices are elsewhere
    public Set<String> readOffices(Problems problems, OfficeDomains known) {
        return rules.settings() instanceof SourceSettings.InFiles files
                ? files.open(sharedAddress, rules.roles(), InstantSource.system()).readAll(problems, known)
                : Set.of();
    }

    /// What this configuration knows of domains.
    ///
    /// @param claims of offices on them; empty when they aren't known
    public OfficeDomains knownDomains(Optional<Claims> claims) {
        return new KnownDomains(
                new KeyFolder(state),
                claims.map(rules.domains()::registry),
                rules.domains().verification(),
                returns.map(ReturnSettings::domains));
    }

    /// How long letters are remembered after their end: with return addresses, at least as long as these are good.
    Duration letterKeep() {
        var keep = spool.historyKeep();
        return returns.isPresent() && keep.compareTo(ReturnKeyRing.LEAST_KEEP) < 0 ? ReturnKeyRing.LEAST_KEEP : keep;
    }

    /// What decides about letters, for the relay and for `facteur explain` alike.
    ///
    /// @param source of the offices' settings, as [RulesConfig#settings] opens it
    /// @param claims of offices on domains
    /// @param encoding that upstreams can carry
    public Decider decider(SettingsSource source, Claims claims, OutboundEncoding encoding) {
        return new Decider(source, rules.domains().registry(claims), new Policy(sharedAddress, rules.unknownContext()), encoding);
    }

    /// The state folder of a configuration, even if other keys are wrong.
    ///
    /// @param problems gets what keeps it from being known
    public static Path state(Path file, Problems problems, Function<String, @Nullable String> environment) {
        return state(ConfigFile.read(file, problems, environment));
    }

    /// Where the queue is.
    public record Place(Path state, DatabaseSettings database) {}

    /// Where the queue of a configuration is, even if other keys are wrong.
    public static Place place(Path file, Problems problems, Function<String, @Nullable String> environment) {
        var root = ConfigFile.read(file, problems, environment);
        var state = state(root);
        return new Place(state, DatabaseSettings.from(root.section("spool"), state));
    }

    /// Where browsers find the console of a configuration, even if other keys are wrong.
    public static ConsoleSettings console(Path file, Problems problems, Function<String, @Nullable String> environment) {
        return ConsoleSettings.from(ConfigFile.read(file, problems, environment));
    }

    private static Path state(Section root) {
        return root.path("state", Path.of("..", "var"));
    }

    /// Reads a configuration, without the offices' own files. With a problem in it the result must not be used.
    public static Config read(Path file, Problems problems, Function<String, @Nullable String> environment) {
        return of(ConfigFile.read(file, problems, environment), environment);
    }

    /// As [#read], and closes the root.
    static Config of(Section root, Function<String, @Nullable String> environment) {
        return of(root, environment, Optional.empty());
    }

    /// @param before the state folder in use; empty at a start
    private static Config of(Section root, Function<String, @Nullable String> environment, Optional<Path> before) {
        var hostname = root.value("hostname", Config::hostname).orElseGet(Config::machineName);
        var sharedAddress = root.requiredValue("shared-address", Config::address, NO_ADDRESS);
        var written = state(root);
        var state = before.orElse(written);
        var returns = ReturnSettings.from(root, sharedAddress);
        var config = new Config(
                hostname,
                sharedAddress,
                state,
                InboundConfig.from(root, hostname),
                RulesConfig.from(root, sharedAddress, returns.isPresent()),
                OutboundConfig.from(root, state, hostname, sharedAddress),
                SpoolConfig.from(root, state),
                AdminSettings.from(root),
                ConsoleSettings.from(root),
                FederationSettings.from(root.section("console")),
                LogSettings.from(root.section("log"), root.section("journal")),
                MeterSettings.from(root.section("metrics")),
                returns,
                new Reading(root.file(), environment, root.written(), root.named()));
        config.warn(root);
        root.close();
        return config;
    }

    /// What no section can see alone.
    private void warn(Section root) {
        if (rules.settings() instanceof SourceSettings.InFiles files) {
            warnOfMissingOffices(root, files);
        }
        returns.ifPresent(written -> warnOfReturns(root, written));
        if (inbound.listeners().stream().map(ListenerSettings::address).anyMatch(admin::isInTheWayOf)) {
            root.section("admin").warning("address", "a listener has the same port: only one of them can have it. Write another, or 'off'");
        }
        if (Stream.concat(
                inbound.listeners().stream().map(ListenerSettings::address),
                admin.address().map(HostAndPort::resolve).stream()).anyMatch(console::isInTheWayOf)) {
            root.section("console").warning(
                    "address", "a listener or the admin port has the same port: only one of them can have it. Write another, or 'off'");
        }
        if (rules.known().compareTo(spool.historyKeep()) > 0) {
            root.section("delivery").warning("duplicates", "letters are forgotten by history.keep, " + Durations.print(spool.historyKeep())
                    + " after their end: one that comes again later than that leaves twice");
        }
        if (!isQualified(hostname) && outbound.routes().isRelaying()) {
            root.warning("hostname", "\"" + hostname + "\" is no fully qualified name: many smarthosts refuse it at EHLO or MAIL");
        }
    }

    private void warnOfReturns(Section root, ReturnSettings written) {
        var section = root.section("returns");
        if (inbound.listeners().stream().noneMatch(listener -> listener.takes() == Takes.RETURNS)) {
            section.warning("domain", "no listener takes returns: what comes back to this relay is lost. Write one with 'takes: returns'");
        }
        if (written.domains().bounces().equals(sharedAddress.asciiDomain())) {
            section.warning("domain", "it is the domain of shared-address: other mailboxes there are refused here. Write a domain of its own");
        }
        if (written.domains().replies().filter(sharedAddress.asciiDomain()::equals).isPresent()) {
            section.warning("replies", "it is the domain of shared-address: other mailboxes there are refused here. Write a domain of its own");
        }
        if (section.has("postmaster") && written.domains().has(written.postmaster().asciiDomain())) {
            section.warning("postmaster", "it is under a domain of return addresses: mail there comes back here. Write a mailbox elsewhere");
        }
    }

    private void warnOfMissingOffices(Section root, SourceSettings.InFiles files) {
        inbound.admission().offices().stream()
                .filter(files::lacks)
                .forEach(office -> root.warning("apps", "there is no office " + office + ": its letters are refused"));
        for (var route : root.sections("routes")) {
            route.texts("office", List.of()).stream()
                    .filter(office -> OfficeId.parse(office).filter(id -> !files.lacks(id)).isEmpty())
                    .forEach(office -> route.warning("office", "there is no office " + office + ": no letter of it comes this way"));
        }
    }

    private static String machineName() {
        try {
            var name = InetAddress.getLocalHost().getCanonicalHostName();
            return asHostname(name).orElse("localhost");
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /// With a domain, and one that is known elsewhere.
    private static boolean isQualified(String hostname) {
        return hostname.contains(".") && !hostname.matches("(?i)(?:.*\\.)?(?:localhost|localdomain|local)\\.?|[0-9.]+");
    }

    /// As peers see it: in A-labels, without a dot at its end.
    private static String hostname(String text) {
        return asHostname(text)
                .orElseThrow(() -> new IllegalArgumentException("not a host name: " + text + Address.remark(text)));
    }

    /// Letters, digits and dashes in labels, and good for an address.
    private static Optional<String> asHostname(String text) {
        return Address.parse("any@" + text)
                .map(address -> address.toAscii().domain())
                .filter(name -> name.matches("[A-Za-z0-9.-]+"));
    }

    private static Address address(String text) {
        return Address.parse(text)
                .filter(Address::isAsciiCapable)
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + text + Address.remark(text)));
    }
}
