package facteur.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/// Counts what was taken within the last window, and says when there is room again.
///
/// Providers count what came within the last day, or minute. A token bucket would let through twice as much as that after a
/// pause: what it saved, and what it gains meanwhile. So this keeps count by slices, a thousandth of the window each; what
/// was taken counts until its whole slice has left the window.
///
/// One thread at a time.
final class RollingWindow {
    private static final int SLICES = 1000;

    /// @param leavesAt when it is out of the window
    private record Slice(Instant leavesAt, int count) {}

    private int most;
    private final long windowMillis;
    private final long sliceMillis;
    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private long count;

    /// @param window a second at least
    RollingWindow(int most, Duration window) {
        this.most = most;
        this.windowMillis = window.toMillis();
        this.sliceMillis = windowMillis / SLICES;
    }

    /// From now on that many; what was taken still counts.
    void allow(int other) {
        most = other;
    }

    /// When that many more may have gone, not before `from`. More than fits into a window needs several.
    ///
    /// @param from not earlier than anything that was taken
    Instant earliest(Instant from, long number) {
        while (!slices.isEmpty() && !slices.getFirst().leavesAt().isAfter(from)) {
            count -= slices.removeFirst().count();
        }
        var windows = (number - 1) / most;
        var missing = count + (number - windows * most) - most;
        var at = from;
        for (var slice : slices) {
            if (missing <= 0) {
                break;
            }
            missing -= slice.count();
            at = slice.leavesAt();
        }
        return at.plusMillis(windows * (windowMillis + sliceMillis));
    }

    /// @param at not before anything that was taken
    void take(Instant at, int number) {
        var start = Math.floorDiv(at.toEpochMilli(), sliceMillis) * sliceMillis;
        var leavesAt = Instant.ofEpochMilli(start + sliceMillis + windowMillis);
        var last = slices.pollLast();
        if (last != null && last.leavesAt().equals(leavesAt)) {
            slices.addLast(new Slice(leavesAt, last.count() + number));
        } else {
            if (last != null) {
                slices.addLast(last);
            }
            slices.addLast(new Slice(leavesAt, number));
        }
        count += number;
    }
}
