package facteur.platform.clock;

import java.time.InstantSource;

/// What a part needs that writes times as well as measures them. Immutable; thread-safe.
///
/// @param wall the date: for what is written, shown, or compared with what was
/// @param steady for what is measured
/// @param trust whether `wall` is to be believed where something would end by it
public record Clocks(InstantSource wall, SteadyTime steady, ClockTrust trust) {
    /// One clock that is never set, for all three: for tests.
    public static Clocks of(InstantSource unset) {
        return new Clocks(unset, SteadyTime.of(unset), ClockTrust.ALWAYS);
    }
}
