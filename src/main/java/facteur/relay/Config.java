package facteur.relay;

import facteur.admin.AdminSettings;
import facteur.app.Admission;
import facteur.app.RateSettings;
import facteur.delivery.Acceptance;
import facteur.delivery.DeliveryLimits;
import facteur.delivery.RetrySchedule;
import facteur.domain.DomainSettings;
import facteur.intake.ReversePathRule;
import facteur.journal.MeterSettings;
import facteur.listener.ListenerSettings;
import facteur.login.LoginLimits;
import facteur.mail.bounce.Language;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.ConfigSnapshot;
import facteur.platform.config.DataSize;
import facteur.platform.config.NamedFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.log.LogSettings;
import facteur.platform.tls.KeyMaterial;
import facteur.platform.tls.TlsSection;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.route.RouteSettings;
import facteur.settings.CacheTimes;
import facteur.settings.OfficeDomains;
import facteur.settings.SourceSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that the configuration file says, read once; each feature reads its own section. Immutable; safe to share
/// between threads.
///
/// @param state where captured letters live, and database and large bodies unless they are on a server
/// @param reportReversePath that letters of our own leave with
/// @param language of reports
/// @param receivedFields how many Received fields a letter may have
/// @param receivedClient how much of an app our own Received field shows
/// @param receivingBytes of letters that are held in memory while they arrive, all together
/// @param floorBytes free space on the state's disk below which no letter is accepted
/// @param historyKeep how long a letter is remembered after its end
/// @param database that the spool is in
public record Config(
        String hostname,
        Address sharedAddress,
        Path state,
        List<ListenerSettings> listeners,
        Admission admission,
        Optional<KeyMaterial> tls,
        LoginLimits logins,
        SourceSettings settings,
        CacheTimes cacheTimes,
        DomainSettings domains,
        UnknownContext unknownContext,
        RouteSettings routes,
        ReversePathRule reversePath,
        ReversePath reportReversePath,
        RetrySchedule retry,
        Language language,
        DeliveryLimits delivery,
        Acceptance acceptance,
        RateSettings rates,
        int receivedFields,
        ReceivedClient receivedClient,
        long receivingBytes,
        long floorBytes,
        Duration historyKeep,
        DatabaseSettings database,
        AdminSettings admin,
        LogSettings log,
        MeterSettings metrics,
        Reading reading) {
    private static final DataSize LOWEST_FLOOR = DataSize.ofMegabytes(16);
    private static final Address NO_ADDRESS = Address.of("nobody@invalid");

    /// Where a configuration came from, and what was written there.
    ///
    /// @param environment the variables that it may name
    /// @param named the files and folders that it names
    public record Reading(
            Path file, Function<String, @Nullable String> environment, ConfigSnapshot written, List<NamedFile> named) {}

    /// Reads the same file again. With a problem in it the result must not be used.
    ///
    /// The state folder stays what it is, whatever the file says: it holds what a running daemon works with.
    public Config again(Problems problems) {
        var root = ConfigFile.read(reading.file(), problems, reading.environment());
        return of(root, reading.environment(), Optional.of(state));
    }

    /// Reads the offices' own files, of which there may be thousands; whoever has them elsewhere has none.
    ///
    /// @param problems gets what is wrong in them: an office with a problem is unusable, the others work
    public void readOffices(Problems problems) {
        var keys = new KeyFolder(state);
        var _ = readOffices(problems, domain -> !keys.read(domain).keys().isEmpty());
    }

    /// The same, with what is known of domains.
    ///
    /// @return the domains that offices want to write under, in A-labels; none when offices are elsewhere
    public Set<String> readOffices(Problems problems, OfficeDomains known) {
        return settings instanceof SourceSettings.InFiles files
                ? files.open(sharedAddress, InstantSource.system()).readAll(problems, known)
                : Set.of();
    }

    /// The folder that a configuration keeps its state in, whatever else is wrong with it.
    ///
    /// @param problems gets those that keep it from being known
    public static Path state(Path file, Problems problems, Function<String, @Nullable String> environment) {
        return state(ConfigFile.read(file, problems, environment));
    }

    /// Where the queue is.
    public record Place(Path state, DatabaseSettings database) {}

    /// Where a configuration keeps its queue, likewise.
    public static Place place(Path file, Problems problems, Function<String, @Nullable String> environment) {
        var root = ConfigFile.read(file, problems, environment);
        var state = state(root);
        return new Place(state, DatabaseSettings.from(root.section("spool"), state));
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

    /// @param before where the state is already
    private static Config of(Section root, Function<String, @Nullable String> environment, Optional<Path> before) {
        var hostname = root.value("hostname", Config::hostname).orElseGet(Config::machineName);
        var sharedAddress = root.requiredValue("shared-address", Config::address, NO_ADDRESS);
        var written = state(root);
        var state = before.orElse(written);
        var delivery = root.section("delivery");
        var limits = root.section("limits");
        var admission = Admission.from(root);
        var section = root.section("settings");
        var settings = SourceSettings.from(section);
        if (settings instanceof SourceSettings.InFiles files) {
            admission.offices().stream()
                    .filter(files::lacks)
                    .forEach(office -> root.warning("apps", "there is no office " + office + ": its letters are refused"));
            for (var route : root.sections("routes")) {
                route.texts("office", List.of()).stream()
                        .filter(office -> OfficeId.parse(office).filter(id -> !files.lacks(id)).isEmpty())
                        .forEach(office -> route.warning("office", "there is no office " + office + ": no letter of it comes this way"));
            }
        }
        var config = new Config(
                hostname,
                sharedAddress,
                state,
                ListenerSettings.from(root, limits, hostname),
                admission,
                TlsSection.read(root.section("tls"), InstantSource.system()),
                LoginLimits.from(limits),
                settings,
                CacheTimes.from(section),
                DomainSettings.from(root.section("domains")),
                root.section("contexts").choice("unknown", UnknownContext.GENERAL),
                RouteSettings.from(root, state, hostname),
                delivery.value("reverse-path", text -> ReversePathRule.parse(text, sharedAddress))
                        .orElse(new ReversePathRule.Always(sharedAddress)),
                delivery.value("report-reverse-path", text -> reportReversePath(text, sharedAddress)).orElse(ReversePath.NULL),
                RetrySchedule.from(delivery),
                delivery.choice("language", Language.EN),
                DeliveryLimits.from(delivery),
                Acceptance.from(delivery),
                RateSettings.from(limits),
                limits.integer("received-fields", 50, 1, 1000),
                root.section("received").choice("client", ReceivedClient.FULL),
                limits.size("receiving-memory", DataSize.ofMegabytes(64)).bytes(),
                root.section("spool").value("free-space", Config::floor).orElse(DataSize.ofMegabytes(100)).bytes(),
                root.section("history").duration("keep", Duration.ofDays(30)),
                DatabaseSettings.from(root.section("spool"), state),
                AdminSettings.from(root),
                LogSettings.from(root.section("log"), root.section("journal")),
                MeterSettings.from(root.section("metrics")),
                new Reading(root.file(), environment, root.written(), root.named()));
        if (config.listeners().stream().map(ListenerSettings::address).anyMatch(config.admin()::isInTheWayOf)) {
            root.section("admin").warning("address", "a listener has the same port: only one of them can have it. Write another, or 'off'");
        }
        if (!isQualified(hostname) && config.routes().isRelaying()) {
            root.warning("hostname", "\"" + hostname + "\" is no fully qualified name: many smarthosts refuse it at EHLO or MAIL");
        }
        root.close();
        return config;
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

    /// As peers are told it: in A-labels, without a dot at its end.
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

    private static DataSize floor(String text) {
        var size = DataSize.parse(text);
        if (size.bytes() < LOWEST_FLOOR.bytes()) {
            throw new IllegalArgumentException("must be " + LOWEST_FLOOR + " at least: the database's log grows to that before its room is"
                    + " used again, and with less a queue that filled the disk could not leave");
        }
        return size;
    }

    private static ReversePath reportReversePath(String text, Address sharedAddress) {
        return switch (text) {
            case "null", "<>" -> ReversePath.NULL;
            case "shared" -> ReversePath.of(sharedAddress.toAscii());
            default -> ReversePath.of(Address.parse(text)
                    .filter(Address::isAsciiCapable)
                    .orElseThrow(() -> new IllegalArgumentException("must be null, shared or an address: " + text))
                    .toAscii());
        };
    }

    private static Address address(String text) {
        return Address.parse(text)
                .filter(Address::isAsciiCapable)
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + text + Address.remark(text)));
    }
}
