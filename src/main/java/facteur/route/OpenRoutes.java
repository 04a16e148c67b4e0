package facteur.route;

import facteur.upstream.Upstream;
import java.util.List;
import java.util.Optional;

/// The routes of a running relay, and what they lead to. Thread-safe.
public final class OpenRoutes implements AutoCloseable {
    private final Routes routes;
    private final List<OpenUpstream> upstreams;

    /// @param upstreams each once
    OpenRoutes(Routes routes, List<OpenUpstream> upstreams) {
        this.routes = routes;
        this.upstreams = List.copyOf(upstreams);
    }

    public Routes routes() {
        return routes;
    }

    public List<Hop> hops() {
        return upstreams.stream().map(OpenUpstream::hop).toList();
    }

    public List<Upstream> upstreams() {
        return upstreams.stream().map(each -> each.hop().upstream()).toList();
    }

    Optional<OpenUpstream> named(String name) {
        return upstreams.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// Closes connections that have been idle for too long; to be called every few seconds.
    public void reap() {
        upstreams().forEach(Upstream::reap);
    }

    /// Closes those upstreams that the others don't lead to.
    public void closeAllBut(OpenRoutes others) {
        var kept = others.upstreams();
        upstreams().stream().filter(upstream -> !kept.contains(upstream)).forEach(Upstream::close);
    }

    @Override
    public void close() {
        upstreams().forEach(Upstream::close);
    }
}
