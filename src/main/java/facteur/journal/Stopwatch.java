package facteur.journal;

/// Measures how long something takes, by the clock that is never set. Nothing is decided by it.
public record Stopwatch(long startedNanos) {
    private static final double NANOS = 1e9;

    public static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    /// So many whole ones have passed.
    public long millis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    double seconds() {
        return (System.nanoTime() - startedNanos) / NANOS;
    }
}
