/// Two clocks, and the difference between them. The wall clock (`java.time.InstantSource`) shows the date, and may be set;
/// [facteur.platform.clock.SteadyTime] measures how long something takes, and only moves forward. What leaves this process or
/// outlives it, in a letter, an event or a row, is a time of the wall clock. What is measured within the process (a pause, a
/// cache, a cap, a lock-out) is one of the steady clock. They are of two types, so that neither is used for the other.
@org.jspecify.annotations.NullMarked
package facteur.platform.clock;
