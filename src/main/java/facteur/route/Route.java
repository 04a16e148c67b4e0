package facteur.route;

import facteur.mail.letter.RouteId;
import facteur.mail.smtp.HeaderEncoding;
import facteur.upstream.Breaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The upstreams that may take a letter. Those of the lowest order are tried first; those of the same order share the letters by
/// their weights, as RFC 2782 does with its priorities; those of a higher order stand in when no lower one can be had.
///
/// Thread-safe.
public final class Route {
    /// @param order lower ones first
    /// @param weight its share among those of the same order, at least 1
    public record Choice(Hop hop, int order, int weight) {}

    /// No upstream of a route is worth trying.
    ///
    /// @param upstream the first of them
    public record Outage(String upstream, Breaker.Condition.Down down) {}

    /// Who may start an attempt now.
    public sealed interface Permit {
        record Unlimited() implements Permit {}

        /// One letter, to probe this hop: to be followed by the end of its attempt, or by [Breaker#noProbe].
        record Probe(Hop hop) implements Permit {}

        /// @param until when to ask again; empty while a probe is running
        record None(Optional<Instant> until) implements Permit {}
    }

    private final RouteId id;
    private final List<Choice> choices;
    private final RandomGenerator random;

    /// @param choices at least one
    public Route(List<Choice> choices, RandomGenerator random) {
        this.choices = choices.stream().sorted(Comparator.comparingInt(Choice::order)).toList();
        this.random = random;
        id = RouteId.of(this.choices.stream().map(choice -> choice.hop().name()).toList());
    }

    public RouteId id() {
        return id;
    }

    /// The hops in the order in which a letter tries them.
    public List<Hop> turn() {
        if (choices.size() == 1) {
            return List.of(choices.getFirst().hop());
        }
        var left = new ArrayList<>(choices);
        var turn = new ArrayList<Hop>();
        while (!left.isEmpty()) {
            var equals = left.stream().filter(choice -> choice.order() == left.getFirst().order()).toList();
            var chosen = drawn(equals);
            left.remove(chosen);
            turn.add(chosen.hop());
        }
        return turn;
    }

    private Choice drawn(List<Choice> equals) {
        var drawn = random.nextInt(equals.stream().mapToInt(Choice::weight).sum());
        for (var choice : equals) {
            drawn -= choice.weight();
            if (drawn < 0) {
                return choice;
            }
        }
        throw new IllegalStateException("weights don't add up");
    }

    /// While one hop is up and below its caps, every letter may start: their attempts see to the others, probes included.
    ///
    /// @param now to tell which rests are over
    public Permit permit(Instant now) {
        if (outage().isEmpty()) {
            return isResting(now) ? new Permit.None(rest()) : new Permit.Unlimited();
        }
        var untils = new ArrayList<Instant>();
        for (var choice : choices) {
            switch (choice.hop().breaker().permit()) {
                case Breaker.Permit.Unlimited() -> {
                    return new Permit.Unlimited();
                }
                case Breaker.Permit.Probe() -> {
                    return new Permit.Probe(choice.hop());
                }
                case Breaker.Permit.None(var until) -> until.ifPresent(untils::add);
            }
        }
        return new Permit.None(untils.stream().min(Instant::compareTo));
    }

    /// Whether all that are up have had as much as their caps allow.
    public boolean isResting(Instant now) {
        return rest().filter(until -> until.isAfter(now)).isPresent();
    }

    /// Until when all that are up have had as much as their caps allow.
    private Optional<Instant> rest() {
        var rests = new ArrayList<Instant>();
        for (var choice : choices) {
            if (choice.hop().breaker().condition() instanceof Breaker.Condition.Up) {
                var rest = choice.hop().upstream().restsUntil();
                if (rest.isEmpty()) {
                    return Optional.empty();
                }
                rests.add(rest.get());
            }
        }
        return rests.stream().min(Instant::compareTo);
    }

    /// Empty while a hop is up.
    public Optional<Outage> outage() {
        Optional<Outage> first = Optional.empty();
        for (var choice : choices) {
            switch (choice.hop().breaker().condition()) {
                case Breaker.Condition.Up() -> {
                    return Optional.empty();
                }
                case Breaker.Condition.Down down -> first = first.or(() -> Optional.of(new Outage(choice.hop().name(), down)));
            }
        }
        return first;
    }

    /// What the header of a letter may hold that any of them is to take.
    public HeaderEncoding encoding() {
        return choices.stream()
                .map(choice -> choice.hop().upstream().encoding())
                .reduce(HeaderEncoding.UTF8, HeaderEncoding::and);
    }
}
