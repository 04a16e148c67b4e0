package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The state of the relay on one page. Immutable.
///
/// @param at when that was
/// @param ready whether letters are accepted
/// @param obstacles why not, in the relay's words
/// @param minute what happened in the last minute
/// @param queue by state; empty when it is, or can't be read
/// @param isQueueKnown whether it can be read
/// @param attention what an operator should look at
/// @param troubles events of the last while, as in the log
/// @param listeners where apps connect
/// @param facts about the program, its certificate, its nodes
/// @param isRefreshing whether the page asks again
public record StatusModel(
        Instant at,
        StateWord ready,
        List<String> obstacles,
        List<Figure> minute,
        List<Waiting> queue,
        boolean isQueueKnown,
        List<UpstreamRow> upstreams,
        List<Attention> attention,
        List<Trouble> troubles,
        List<Listening> listeners,
        List<LetterModel.Fact> facts,
        boolean isRefreshing) {
    public StatusModel {
        obstacles = List.copyOf(obstacles);
        minute = List.copyOf(minute);
        queue = List.copyOf(queue);
        upstreams = List.copyOf(upstreams);
        attention = List.copyOf(attention);
        troubles = List.copyOf(troubles);
        listeners = List.copyOf(listeners);
        facts = List.copyOf(facts);
    }

    public record Figure(String name, long number) {}

    /// @param word of the state, as the command says it
    public record Waiting(String word, StateWord state, long letters, Instant oldestAt) {}

    /// @param since when it went down, or until when it rests
    /// @param cause in the host's words
    public record UpstreamRow(String name, StateWord state, Optional<String> since, String cause, Optional<String> next) {}

    /// @param href where to do something about it; empty when there is no such page
    public record Attention(String text, String detail, Optional<String> href) {}

    public record Trouble(Instant at, String line) {}

    public record Listening(String address, String takes, String tls, long connections) {}
}
