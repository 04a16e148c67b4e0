package facteur.settings;

import facteur.office.Lookup;
import java.time.Duration;
import java.time.Instant;

/// What was known of an office or a card before the source is asked. It isn't gone because something on the way to the
/// source says so once: without settings, an office's letters are refused for good. Immutable.
sealed interface LastKnown {
    /// How long an uncertain "there is none" must stand before it counts for what was known.
    Duration DOUBT = Duration.ofMinutes(1);

    /// The source never had it.
    record Unknown() implements LastKnown {}

    record Known() implements LastKnown {}

    /// It was known; the source says that there is none, and that doesn't count yet.
    ///
    /// @param since when it said so first
    record Doubted(Instant since) implements LastKnown {}

    /// What an answer counts as, and what is known after it.
    record Judged<T>(Lookup<T> lookup, LastKnown known) {}

    default <T> Judged<T> judge(Lookup<T> answer, Instant now) {
        return switch (answer) {
            case Lookup.Found<T> _ -> new Judged<>(answer, new Known());
            case Lookup.Failed<T> _ -> new Judged<>(answer, this);
            case Lookup.Missing<T>(var certainty) -> switch (certainty) {
                case CERTAIN -> new Judged<>(answer, new Unknown());
                case UNCERTAIN -> uncertain(answer, now);
            };
        };
    }

    private <T> Judged<T> uncertain(Lookup<T> answer, Instant now) {
        return switch (this) {
            case Unknown unknown -> new Judged<>(answer, unknown);
            case Known() -> doubted(now);
            case Doubted(var since) -> now.isBefore(since.plus(DOUBT)) ? doubted(since) : new Judged<>(answer, new Unknown());
        };
    }

    private static <T> Judged<T> doubted(Instant since) {
        return new Judged<>(
                new Lookup.Unavailable<>(
                        "an answer that isn't JSON says that this no longer exists; it counts if it is still the answer after a minute"),
                new Doubted(since));
    }
}
