package facteur.relay;

import facteur.listener.ListenerSettings;
import facteur.route.RankedUpstream;
import java.util.Optional;
import java.util.OptionalLong;

/// How many file descriptors a configuration asks for. Immutable.
///
/// @param connections of apps and to upstreams, as many as there may be
public record DescriptorNeed(long connections) {
    /// For the program's own files, the database, letters on their way, and the admin port.
    private static final int OTHERS = 200;

    public static DescriptorNeed of(Config config) {
        return new DescriptorNeed(config.inbound().listeners().stream().mapToLong(ListenerSettings::connections).sum()
                + config.outbound().routes().upstreams().stream().map(RankedUpstream::settings).mapToLong(each -> each.connections()).sum());
    }

    /// What to say when there are fewer.
    public Optional<String> warning(OptionalLong limit) {
        var wanted = connections + OTHERS;
        return limit.isEmpty() || limit.getAsLong() >= wanted
                ? Optional.empty()
                : Optional.of("the limit of open files is " + limit.getAsLong() + ", but limits.connections and upstreams' connections"
                        + " may take " + wanted + ": connections may have to wait. Raise it (ulimit -n, LimitNOFILE=), or lower them");
    }
}
