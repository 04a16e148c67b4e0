package facteur.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// What the apps and the upstream know of each letter. Thread-safe.
final class CrashLedger {
    /// What came of a letter, for the app that sent it.
    enum Answer {
        /// 250 at the end of data.
        ACKNOWLEDGED,
        /// Another reply.
        REFUSED,
        /// No reply: the relay was killed. Nothing was promised.
        UNANSWERED
    }

    /// One letter.
    private static final class Entry {
        Answer answer = Answer.UNANSWERED;
        /// For each copy, the run of the relay that it came from.
        final List<Integer> copies = new ArrayList<>(1);
    }

    private final List<Entry> entries;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final LongAdder damaged = new LongAdder();

    CrashLedger(int letters) {
        entries = IntStream.range(0, letters).mapToObj(_ -> new Entry()).toList();
    }

    void answered(int number, Answer answer) {
        var entry = entries.get(number);
        synchronized (entry) {
            entry.answer = answer;
        }
        if (answer == Answer.ACKNOWLEDGED) {
            acknowledged.incrementAndGet();
        }
    }

    void arrived(int number, int run) {
        var entry = entries.get(number);
        synchronized (entry) {
            entry.copies.add(run);
        }
    }

    /// Letters of which more than one copy came.
    List<Integer> twice() {
        return IntStream.range(0, entries.size()).filter(number -> copies(number) > 1).boxed().toList();
    }

    private int copies(int number) {
        var entry = entries.get(number);
        synchronized (entry) {
            return entry.copies.size();
        }
    }

    /// A copy whose body or recipients are not those that were sent.
    void damaged() {
        damaged.increment();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /// @param acknowledged that got a 250
    /// @param missing got a 250, and never arrived: loss
    /// @param unpromised got no reply, and arrived all the same
    /// @param doubted copies too many, from a later run than the copy before: the relay was killed between the dot and the
    ///     commit of its outcome
    /// @param unexplained copies too many, from one run
    /// @param damaged copies that were not what was sent
    record Sums(
            int acknowledged,
            int refused,
            int unanswered,
            int missing,
            int unpromised,
            int doubted,
            int unexplained,
            long damaged) {
        boolean isSound() {
            return missing == 0 && unexplained == 0 && damaged == 0;
        }
    }

    Sums sums() {
        int refused = 0;
        int unanswered = 0;
        int missing = 0;
        int unpromised = 0;
        int doubted = 0;
        int unexplained = 0;
        int kept = 0;
        for (var entry : entries) {
            synchronized (entry) {
                switch (entry.answer) {
                    case ACKNOWLEDGED -> {
                        kept++;
                        missing += entry.copies.isEmpty() ? 1 : 0;
                    }
                    case REFUSED -> refused++;
                    case UNANSWERED -> {
                        unanswered++;
                        unpromised += entry.copies.isEmpty() ? 0 : 1;
                    }
                }
                var runs = (int) entry.copies.stream().distinct().count();
                doubted += Math.max(0, runs - 1);
                unexplained += entry.copies.size() - runs;
            }
        }
        return new Sums(kept, refused, unanswered, missing, unpromised, doubted, unexplained, damaged.sum());
    }
}
