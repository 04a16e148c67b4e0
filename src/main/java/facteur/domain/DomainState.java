package facteur.domain;

import java.time.Instant;
import java.util.Locale;

/// The state of a claim's proof. Immutable.
public sealed interface DomainState {
    /// Since when.
    Instant since();

    /// Added, and not proved yet.
    record Pending(Instant since) implements DomainState {}

    /// Proved by DNS, or by the operator's word.
    record Verified(Instant since) implements DomainState {}

    /// It was proved, and no check has found out anything for days, right or wrong. Still used: what fails may be our own
    /// resolver.
    ///
    /// @param reason why the last of them found out nothing
    record Unconfirmed(Instant since, String reason) implements DomainState {}

    /// It was proved, and the last checks found otherwise. Still used: most mistakes in DNS are corrected within hours.
    ///
    /// @param mismatches how many checks in a row; those that found out nothing don't count, either way
    /// @param reason what the last of them found
    record Degraded(Instant since, int mismatches, String reason) implements DomainState {}

    /// It was proved, and has been otherwise for too long.
    record Suspended(Instant since, String reason) implements DomainState {}

    /// It was never proved, and the time for that is over.
    record Failed(Instant since, String reason) implements DomainState {}

    /// Whether letters leave under the domain.
    default boolean isUsable() {
        return switch (this) {
            case Verified _, Unconfirmed _, Degraded _ -> true;
            case Pending _, Suspended _, Failed _ -> false;
        };
    }

    /// What is wrong; empty when nothing is, or no check was made.
    default String reason() {
        return switch (this) {
            case Pending _, Verified _ -> "";
            case Unconfirmed(_, var reason) -> reason;
            case Degraded(_, _, var reason) -> reason;
            case Suspended(_, var reason) -> reason;
            case Failed(_, var reason) -> reason;
        };
    }

    /// Such as `degraded`, in rows, events and meters.
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
