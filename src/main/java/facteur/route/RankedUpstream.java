package facteur.route;

import facteur.upstream.UpstreamSettings;

/// An upstream, and its place among those of a route. Immutable.
///
/// @param order lower ones first
/// @param weight its share among those of the same order
public record RankedUpstream(UpstreamSettings settings, int order, int weight) {
    public String name() {
        return settings.name();
    }
}
