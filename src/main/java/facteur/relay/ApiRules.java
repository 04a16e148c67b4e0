package facteur.relay;

import facteur.domain.Claims;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.explain.CurrentRules;
import facteur.explain.Departures;
import facteur.intake.OutboundEncoding;
import facteur.mail.dkim.KeyFolder;
import facteur.platform.clock.Clocks;
import facteur.platform.database.Database;
import facteur.settings.OfficeReader;
import facteur.settings.SettingsSource;
import facteur.settings.SourceSettings;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;

/// What the API uses: the configuration that is in force, and the cache that letters use, so that it tells what a letter would get.
/// Thread-safe.
final class ApiRules implements Supplier<CurrentRules> {
    private final CurrentConfig current;
    private final Supplier<SettingsSource> settings;
    private final Claims claims;
    private final OutboundEncoding encoding;
    private final Database database;
    private final Clocks clocks;
    private final KeyFolder keys;

    /// @param settings that letters are decided by now
    /// @param claims of offices on domains
    /// @param encoding that upstreams can carry
    ApiRules(
            CurrentConfig current,
            Supplier<SettingsSource> settings,
            Claims claims,
            OutboundEncoding encoding,
            Database database,
            Clocks clocks) {
        this.current = current;
        this.settings = settings;
        this.claims = claims;
        this.encoding = encoding;
        this.database = database;
        this.clocks = clocks;
        this.keys = new KeyFolder(current.get().state());
    }

    @Override
    public CurrentRules get() {
        var config = current.get();
        var source = settings.get();
        return new CurrentRules(
                elsewhere(config.rules().settings()),
                config.rules().roles(),
                new OfficeReader(config.sharedAddress(), config.rules().roles()),
                source,
                config.decider(source, claims, encoding),
                new Departures(config.outbound().routes(), keys, config.returns().flatMap(returns -> returns.domains().replies())),
                desk(config, config.rules().domains()),
                config.returns(),
                config.outbound().language());
    }

    /// The word of `settings.source`, unless it is the store.
    private static Optional<String> elsewhere(SourceSettings source) {
        return switch (source) {
            case SourceSettings.InStore _ -> Optional.empty();
            case SourceSettings.InFiles _ -> Optional.of("files");
            case SourceSettings.InDatabase _ -> Optional.of("sql");
            case SourceSettings.InService _ -> Optional.of("http");
        };
    }

    /// It asks the DNS itself, as the command does: the person who asks has just changed a record.
    private DomainDesk desk(Config config, DomainSettings domains) {
        return new DomainDesk(
                database,
                keys,
                new DomainCheck(domains.dns().open()),
                domains.lifecycle(),
                config.outbound().retry().expireAfter(),
                clocks.wall(),
                clocks.trust(),
                new SecureRandom());
    }
}
