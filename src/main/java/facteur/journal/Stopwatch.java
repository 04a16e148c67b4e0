package facteur.journal;

/// Since when something takes its time, by the clock that no one sets. For measuring only: nothing is decided by it.
public record Stopwatch(long startedNanos) {
    private static final double NANOS = 1e9;

    public static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    double seconds() {
        return (System.nanoTime() - startedNanos) / NANOS;
    }
}
