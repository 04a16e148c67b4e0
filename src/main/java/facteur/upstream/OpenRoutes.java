package facteur.upstream;

import java.util.List;

/// The routes of a running relay, and what they lead to. Thread-safe.
///
/// @param hops every upstream once
public record OpenRoutes(Routes routes, List<Hop> hops) implements AutoCloseable {
    public OpenRoutes {
        hops = List.copyOf(hops);
    }

    public List<Upstream> upstreams() {
        return hops.stream().map(Hop::upstream).toList();
    }

    /// Closes connections that have been idle for too long; to be called every few seconds.
    public void reap() {
        hops.forEach(hop -> hop.upstream().reap());
    }

    @Override
    public void close() {
        hops.forEach(hop -> hop.upstream().close());
    }
}
