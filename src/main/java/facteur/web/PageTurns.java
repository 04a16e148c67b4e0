package facteur.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many requests of one person, and about one office, are worked on at once on this node: a page about tens of thousands of clients is
/// large, and letters need memory, too. The next one waits its turn. Thread-safe.
public final class PageTurns {
    static final int PER_PERSON = 4;
    static final int PER_OFFICE = 8;

    static final int OF_STRANGERS = 8;

    /// Forms up to so many octets need no turn where no person has signed in: passwords, codes, tokens.
    public static final int SMALL = 8 * 1024;

    private static final long LONGEST_SECONDS = 5;

    /// To be closed when the answer is sent. Idempotent.
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Line {
        private final Semaphore free;
        private int members;

        Line(int most) {
            free = new Semaphore(most, true);
        }
    }

    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /// Waits for it; refuses the request with 429 when that takes too long.
    ///
    /// @param person a key of theirs
    /// @param office whose page it is
    public Turn take(String person, Optional<String> office) {
        var own = take("person " + person, PER_PERSON);
        if (office.isEmpty()) {
            return own;
        }
        var isWhole = false;
        try {
            var shared = take("office " + office.get(), PER_OFFICE);
            isWhole = true;
            return () -> {
                shared.close();
                own.close();
            };
        } finally {
            if (!isWhole) {
                own.close();
            }
        }
    }

    /// Of all together who have not signed in, for what isn't small: a thousand forms of a quarter of a megabyte fill the memory.
    public Turn takeOfStrangers() {
        return take("strangers", OF_STRANGERS);
    }

    private Turn take(String key, int most) {
        var line = lines.compute(key, (_, known) -> joined(known == null ? new Line(most) : known));
        if (!isFree(line)) {
            leave(key);
            throw new RefusedException(ProblemDetails.of(429, "rate.exceeded", "", "no more than " + most + " requests at once")
                    .answer()
                    .with("Retry-After", Long.toString(LONGEST_SECONDS)));
        }
        var isOver = new AtomicBoolean();
        return () -> {
            if (isOver.compareAndSet(false, true)) {
                line.free.release();
                leave(key);
            }
        };
    }

    private static Line joined(Line line) {
        line.members++;
        return line;
    }

    private static boolean isFree(Line line) {
        try {
            return line.free.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void leave(String key) {
        lines.computeIfPresent(key, (_, line) -> {
            line.members--;
            return line.members == 0 ? null : line;
        });
    }

    /// How many are remembered.
    int size() {
        return lines.size();
    }
}
