package facteur.platform.log;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Lines on their way to an output that may stand still: a pipe that is not read, a terminal that is stopped, a full disk.
/// Threads leave their lines here and continue; one thread writes, in the order in which lines came.
///
/// There is room for so many octets. What doesn't fit is dropped and counted: first information, then warnings, and
/// errors last. As soon as half of the room is free again, a line says how many are missing at that place.
///
/// After a write the writer rests for some milliseconds. What came meanwhile goes out together, by one call of the kernel: under
/// load no line wakes a thread. A line that comes after a rest without lines is written at once. An error, a flush and a queue that
/// fills end the rest; so a process that is killed loses the lines of one rest at most, and no error but one that it logs
/// while it dies. Thread-safe.
final class LineQueue {
    /// What a line may take of the room.
    enum Importance {
        /// Seven eighths of it.
        INFO(2),
        /// Fifteen sixteenths.
        WARNING(1),
        /// All.
        ERROR(0);

        private final int sixteenths;

        Importance(int sixteenths) {
            this.sixteenths = sixteenths;
        }

        private long room(long all) {
            return all - all / 16 * sixteenths;
        }
    }

    /// Lines that are missing.
    ///
    /// @param since when the first of them came
    record Gap(long lines, Instant since) {}

    /// Of one write.
    private static final int TOGETHER_BYTES = 65_536;
    /// An output that takes nothing for so long isn't read.
    private static final long PATIENCE_MILLIS = 1_000;
    /// An output that fails, such as a full disk, isn't tried more often.
    private static final long PAUSE_MILLIS = 100;

    private final OutputStream output;
    private final long roomBytes;
    /// When so much waits, the writer doesn't rest.
    private final long urgentBytes;
    private final Duration rest;
    private final Function<Gap, byte[]> note;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
    /// Those that are being written, too.
    private long waitingBytes;
    /// The writer waits for any line.
    private boolean isQuiet;
    /// What waits has to be written now.
    private boolean isUrgent;
    private long writtenLines;
    private long droppedLines;
    private Optional<Gap> gap = Optional.empty();

    /// @param roomBytes for lines that wait
    /// @param rest after a write
    /// @param note the line that reports missing ones
    LineQueue(OutputStream output, long roomBytes, Duration rest, Function<Gap, byte[]> note, InstantSource time) {
        this.output = output;
        this.roomBytes = roomBytes;
        this.urgentBytes = Math.min(TOGETHER_BYTES, roomBytes / 2);
        this.rest = rest;
        this.note = note;
        this.time = time;
    }

    /// Writes from here on, on a thread of its own that doesn't prevent the program from ending.
    void start() {
        Thread.ofPlatform().name("log").daemon().start(this::writeForever);
    }

    /// Takes a line, or drops it. Never waits for the output.
    void put(byte[] line, Importance importance) {
        lock.lock();
        try {
            if (waitingBytes + line.length > importance.room(roomBytes)) {
                drop(1);
                return;
            }
            lines.add(line);
            waitingBytes += line.length;
            if (importance == Importance.ERROR || waitingBytes >= urgentBytes) {
                hurry();
            } else if (isQuiet) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(long count) {
        droppedLines += count;
        gap = Optional.of(gap.map(open -> new Gap(open.lines() + count, open.since())).orElseGet(() -> new Gap(count, time.instant())));
    }

    /// Ends the rest, or prevents the next one.
    private void hurry() {
        isUrgent = true;
        arrived.signal();
    }

    /// Until the thread is interrupted.
    void writeForever() {
        var buffer = new byte[TOGETHER_BYTES];
        try {
            while (true) {
                writeSome(buffer);
                rest();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for lines and writes those that are there, as far as they fit together.
    void writeSome(byte[] buffer) throws InterruptedException {
        var length = 0;
        var count = 0;
        byte[] single;
        lock.lockInterruptibly();
        try {
            awaitLine();
            single = lines.remove();
            if (single.length < buffer.length) {
                System.arraycopy(single, 0, buffer, 0, single.length);
                length = single.length;
            }
            count = 1;
            while (length > 0 && !lines.isEmpty() && length + lines.element().length <= buffer.length) {
                var next = lines.remove();
                System.arraycopy(next, 0, buffer, length, next.length);
                length += next.length;
                count++;
            }
            isUrgent = isUrgent && !lines.isEmpty();
        } finally {
            lock.unlock();
        }
        if (length > 0) {
            write(buffer, length, count);
        } else {
            write(single, single.length, count);
        }
    }

    private void awaitLine() throws InterruptedException {
        isQuiet = true;
        try {
            while (lines.isEmpty()) {
                arrived.await();
            }
        } finally {
            isQuiet = false;
        }
    }

    /// More lines come meanwhile, and none of them has to wake the writer.
    private void rest() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = rest.toNanos();
            while (left > 0 && !isUrgent) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] octets, int length, int count) throws InterruptedException {
        var isWritten = false;
        try {
            output.write(octets, 0, length);
            output.flush();
            isWritten = true;
        } catch (IOException noOutput) {
            Thread.sleep(PAUSE_MILLIS);
        }
        lock.lock();
        try {
            waitingBytes -= length;
            if (isWritten) {
                writtenLines += count;
                tellOfGap();
            } else {
                drop(count);
            }
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tellOfGap() {
        if (gap.isPresent() && waitingBytes <= roomBytes / 2) {
            var line = note.apply(gap.get());
            gap = Optional.empty();
            lines.add(line);
            waitingBytes += line.length;
        }
    }

    /// Waits until all is written; no longer when the output takes nothing for a second, or isn't done by then.
    ///
    /// @return whether all is written
    boolean flush(Duration most) {
        var end = System.nanoTime() + most.toNanos();
        lock.lock();
        try {
            var before = -1L;
            while (waitingBytes > 0) {
                var left = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
                if (left <= 0 || writtenLines == before) {
                    return false;
                }
                before = writtenLines;
                if (!lines.isEmpty()) {
                    hurry();
                }
                while (left > 0 && waitingBytes > 0 && writtenLines == before) {
                    left = written.awaitNanos(left);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// How many lines were dropped by now.
    long dropped() {
        lock.lock();
        try {
            return droppedLines;
        } finally {
            lock.unlock();
        }
    }

    /// The lines that are missing now: they were dropped, and the output hasn't been read since.
    Optional<Gap> gap() {
        lock.lock();
        try {
            return gap;
        } finally {
            lock.unlock();
        }
    }
}
