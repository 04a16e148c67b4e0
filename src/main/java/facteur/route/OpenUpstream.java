package facteur.route;

import facteur.upstream.SendingRate;
import facteur.upstream.UpstreamSettings;

/// An upstream of a running relay, and what it was made of. Thread-safe.
///
/// @param settings as they are now
/// @param rate outlives the upstream: the next one of the same name uses it too
record OpenUpstream(UpstreamSettings settings, Hop hop, SendingRate rate) {
    String name() {
        return hop.name();
    }

    /// Whether it can go on under other settings: when only caps differ. Then neither its connections nor what is known of
    /// its health is given up.
    boolean suits(UpstreamSettings other) {
        return settings.uncapped().equals(other.uncapped());
    }

    /// The same upstream, by other caps from now on.
    OpenUpstream under(UpstreamSettings other) {
        rate.apply(other.caps());
        return new OpenUpstream(other, hop, rate);
    }
}
