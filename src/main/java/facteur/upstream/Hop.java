package facteur.upstream;

/// An upstream, and whether it is worth trying. Thread-safe.
public record Hop(Upstream upstream, Breaker breaker) {
    public String name() {
        return upstream.name();
    }
}
