package facteur.route;

import facteur.upstream.Breaker;
import facteur.upstream.Upstream;

/// An upstream, and whether it is worth trying. Thread-safe.
public record Hop(Upstream upstream, Breaker breaker) {
    public String name() {
        return upstream.name();
    }
}
