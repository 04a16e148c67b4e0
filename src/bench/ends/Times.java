import java.util.Arrays;

/** How long things took. For one thread. */
final class Times {
    private long[] nanos = new long[1024];
    private int count;

    void add(long time) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = time;
    }

    /** Those so far, which are forgotten here. */
    Times drained() {
        var all = new Times();
        all.nanos = nanos;
        all.count = count;
        nanos = new long[1024];
        count = 0;
        return all;
    }

    /** As JSON, in milliseconds: the median, 95 and 99 of 100, the most; nulls without any. */
    String percentiles() {
        if (count == 0) {
            return "[null, null, null, null]";
        }
        Arrays.sort(nanos, 0, count);
        return String.format("[%.3f, %.3f, %.3f, %.3f]", at(50), at(95), at(99), at(100));
    }

    private double at(int percent) {
        return nanos[(int) Math.max(0, Math.ceil(count * percent / 100.0) - 1)] / 1e6;
    }
}
