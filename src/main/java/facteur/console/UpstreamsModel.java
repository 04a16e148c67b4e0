package facteur.console;

import java.util.List;
import java.util.Optional;

/// Where letters go on, and how each of these is. Immutable.
///
/// @param message what was just done
/// @param mayOperate whether upstreams may be looked at and woken from here
public record UpstreamsModel(Optional<String> message, boolean mayOperate, List<Item> upstreams) {
    public UpstreamsModel {
        upstreams = List.copyOf(upstreams);
    }

    /// @param destination what becomes of letters there
    /// @param row its state
    /// @param caps how much it gets at most, as configured
    /// @param connections how many are open; empty when it has none
    /// @param canBeWoken whether there is a pause to be ended
    /// @param look what a look showed
    public record Item(
            String name,
            String destination,
            StatusModel.UpstreamRow row,
            List<String> caps,
            Optional<String> connections,
            boolean canBeWoken,
            Optional<Look> look) {
        public Item {
            caps = List.copyOf(caps);
        }
    }

    /// What an upstream showed, without a letter.
    ///
    /// @param result whether it would take one
    /// @param cause why not, in its own words
    /// @param shown the rest
    public record Look(StateWord result, String cause, List<Shown> shown) {
        public Look {
            shown = List.copyOf(shown);
        }
    }

    /// @param isForeign whether it is the host's own text
    public record Shown(String name, String value, boolean isForeign) {}
}
