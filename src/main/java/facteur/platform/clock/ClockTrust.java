package facteur.platform.clock;

/// Whether the wall clock may be believed where something would end for good because of its age: a letter is bounced,
/// history is deleted. Thread-safe.
@FunctionalInterface
public interface ClockTrust {
    /// Of a clock that is never set.
    ClockTrust ALWAYS = () -> true;

    /// False after a start and after a jump. To be asked after the clock was read, never before.
    boolean isSettled();
}
