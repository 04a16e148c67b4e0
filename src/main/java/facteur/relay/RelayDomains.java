package facteur.relay;

import facteur.domain.DomainCheck;
import facteur.domain.OwnDomain;
import facteur.domain.OwnDomain.Use;
import facteur.domain.OwnDomains;
import facteur.mail.dkim.KeyFolder;
import facteur.platform.dns.Dns;
import facteur.route.RankedUpstream;
import facteur.upstream.UpstreamSettings;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The domains of the relay itself, by its configuration.
public final class RelayDomains {
    private RelayDomains() {}

    /// @param keys of the state folder
    /// @param listener learns of each change
    public static OwnDomains of(Config config, KeyFolder keys, Dns dns, InstantSource time, Runnable listener) {
        return new OwnDomains(
                list(config),
                config.hostname(),
                smarthosts(config),
                keys,
                new DomainCheck(dns),
                config.outbound().retry().expireAfter(),
                time,
                listener);
    }

    /// That of the shared address, and those of return addresses.
    static List<OwnDomain> list(Config config) {
        var uses = new LinkedHashMap<String, EnumSet<Use>>();
        uses.put(config.sharedAddress().asciiDomain(), EnumSet.of(Use.FROM));
        config.returns().ifPresent(returns -> {
            uses.computeIfAbsent(returns.domains().bounces(), _ -> EnumSet.noneOf(Use.class)).add(Use.BOUNCES);
            returns.domains().replies().ifPresent(
                    domain -> uses.computeIfAbsent(domain, _ -> EnumSet.noneOf(Use.class)).add(Use.REPLIES));
        });
        return uses.entrySet().stream().map(each -> new OwnDomain(each.getKey(), each.getValue())).toList();
    }

    private static List<String> smarthosts(Config config) {
        return config.outbound().routes().upstreams().stream()
                .map(RankedUpstream::settings)
                .map(UpstreamSettings::host)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
