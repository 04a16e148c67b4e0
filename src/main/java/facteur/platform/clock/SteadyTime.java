package facteur.platform.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that only moves forward, at the pace of time, unaffected when the wall clock is set: for how long something
/// takes, pauses or holds within this process. It stands still while the machine sleeps.
///
/// Its instants are good for comparison with each other alone. They look like the time of day, and are off by as much as the
/// wall clock was set since the start; so none of them is shown, written or compared with a time of the wall clock before
/// [#onWall] has translated it.
///
/// Thread-safe.
public interface SteadyTime {
    /// Now.
    Instant instant();

    /// What the wall clock shows, or would have shown, at that instant of this clock, as it goes now.
    Instant onWall(Instant steady);

    /// That of the machine.
    static SteadyTime system() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    /// A wall clock that is never set, in its place: for tests.
    static SteadyTime of(InstantSource unset) {
        return new SteadyTime() {
            @Override
            public Instant instant() {
                return unset.instant();
            }

            @Override
            public Instant onWall(Instant steady) {
                return steady;
            }
        };
    }

    /// How long ago that was, by this clock.
    default Duration since(Instant steady) {
        return Duration.between(steady, instant());
    }
}
