package facteur.admin;

import facteur.platform.config.Nearest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What came of ending the rest of an upstream.
public sealed interface WakeResult {
    /// It was down, and is tried as soon as a letter is due.
    record Awake(String upstream) implements WakeResult {}

    /// It doesn't rest.
    record Up(String upstream) implements WakeResult {}

    /// It has had what its caps allow: these are settings, and stay.
    ///
    /// @param until when they let it take letters again
    record Capped(String upstream, Instant until) implements WakeResult {}

    /// There is none of that name.
    ///
    /// @param names of those that there are
    record Unknown(String upstream, List<String> names) implements WakeResult {
        public Unknown {
            names = List.copyOf(names);
        }
    }

    /// As the admin port says it.
    default AdminResponse answer() {
        return switch (this) {
            case Awake(var upstream) -> AdminResponse.json(200, Map.of("upstream", upstream, "was", "down"));
            case Up(var upstream) -> AdminResponse.json(200, Map.of("upstream", upstream, "was", "up"));
            case Capped(var upstream, var until) -> AdminResponse.json(200, Map.of("upstream", upstream, "was", "resting", "restsUntil", until));
            case Unknown(var upstream, var names) ->
                AdminResponse.error(400, "there is no upstream " + upstream + Nearest.hint(upstream, names) + "; there is " + String.join(", ", names));
        };
    }
}
