package facteur.relay;

import facteur.listener.ListenerSettings;
import facteur.route.RankedUpstream;
import java.util.Optional;
import java.util.OptionalLong;

/// How many open files a configuration needs at most. Immutable.
///
/// @param connections from apps and to upstreams, at their limits
public record OpenFilesNeeded(long connections) {
    /// The program's own files, the database, letters in progress, and the admin port.
    private static final int OTHERS = 200;

    public static OpenFilesNeeded of(Config config) {
        return new OpenFilesNeeded(config.inbound().listeners().stream().mapToLong(ListenerSettings::connections).sum()
                + config.outbound().routes().upstreams().stream().map(RankedUpstream::settings).mapToLong(each -> each.connections()).sum());
    }

    /// What to log when the limit of the process is lower.
    public Optional<String> warning(OptionalLong limit) {
        var wanted = connections + OTHERS;
        return limit.isEmpty() || limit.getAsLong() >= wanted
                ? Optional.empty()
                : Optional.of("the limit of open files is " + limit.getAsLong() + ", but limits.connections and upstreams' connections"
                        + " may take " + wanted + ": connections may have to wait. Raise it (ulimit -n, LimitNOFILE=), or lower them");
    }
}
