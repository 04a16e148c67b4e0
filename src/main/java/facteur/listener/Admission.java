package facteur.listener;

import facteur.intake.App;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Tells which app is calling. Immutable; safe to share between threads.
public final class Admission {
    /// An app and the networks that it calls from.
    public record Entry(App app, List<Network> networks) {
        public Entry {
            networks = List.copyOf(networks);
        }
    }

    private final List<Entry> entries;

    /// @param entries the first that fits wins
    public Admission(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    Optional<App> app(InetAddress peer) {
        return entries.stream()
                .filter(entry -> entry.networks().stream().anyMatch(network -> network.contains(peer)))
                .map(Entry::app)
                .findFirst();
    }
}
