package facteur.admin;

import facteur.platform.config.Nearest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The result of waking an upstream.
public sealed interface WakeResult {
    /// It was down, and is tried with the next letter that is due.
    record Awake(String upstream) implements WakeResult {}

    /// It was neither down nor paused.
    record Up(String upstream) implements WakeResult {}

    /// It has reached a rate limit: these are settings, and stay.
    ///
    /// @param until when they let it have letters again
    record Capped(String upstream, Instant until) implements WakeResult {}

    /// There is no upstream of that name.
    ///
    /// @param names of the existing ones
    record Unknown(String upstream, List<String> names) implements WakeResult {
        public Unknown {
            names = List.copyOf(names);
        }
    }

    /// For the admin port.
    default AdminResponse answer() {
        return switch (this) {
            case Awake(var upstream) -> AdminResponse.json(200, Map.of("upstream", upstream, "was", "down"));
            case Up(var upstream) -> AdminResponse.json(200, Map.of("upstream", upstream, "was", "up"));
            case Capped(var upstream, var until) -> AdminResponse.json(200, Map.of("upstream", upstream, "was", "resting", "restsUntil", until));
            case Unknown(var upstream, var names) ->
                AdminResponse.error(400,
                        "there is no upstream " + upstream + Nearest.hint(upstream, names) + "; there is " + String.join(", ", names));
        };
    }
}
