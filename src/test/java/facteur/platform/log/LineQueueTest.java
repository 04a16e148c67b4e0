package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LineQueueTest {
    /// No test waits so long.
    private static final Duration LONG = Duration.ofHours(1);

    private final TestTime time = new TestTime();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[64];

    @Test
    void writesInOrderAndTogetherWhatCameMeanwhile() throws InterruptedException {
        var calls = new ArrayList<String>();
        var queue = queue(1_000, calls(calls));
        List.of("one\n", "two\n", "three\n").forEach(line -> queue.put(octets(line), LineQueue.Importance.INFO));
        queue.writeSome(buffer);
        assertThat(calls).containsExactly("one\ntwo\nthree\n");
        assertThat(queue.flush(Duration.ZERO)).isTrue();
    }

    @Test
    void writesALineThatIsLongerThanItsBuffer() throws InterruptedException {
        var queue = queue(1_000, output);
        queue.put(octets("x".repeat(99) + "\n"), LineQueue.Importance.INFO);
        queue.put(octets("y\n"), LineQueue.Importance.INFO);
        queue.writeSome(buffer);
        queue.writeSome(buffer);
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("x".repeat(99) + "\ny\n");
    }

    @Test
    void dropsWhatIsOnlyToldBeforeWarningsAndErrorsLast() throws InterruptedException {
        var queue = queue(160, output);
        for (var importance : LineQueue.Importance.values()) {
            for (var i = 0; i < 20; i++) {
                queue.put(octets("%-9s\n".formatted(importance)), importance);
            }
        }
        // 14 of 16 are for all, one more for warnings, one more for errors.
        assertThat(queue.dropped()).isEqualTo(6 + 19 + 19);
        drain(queue);
        assertThat(output.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .hasSize(17)
                .endsWith("WARNING", "ERROR", "44 missing since 2026-11-23T08:00:00Z");
    }

    @Test
    void saysOnceHowManyAreMissingAndGoesOn() throws InterruptedException {
        var queue = queue(160, output);
        for (var i = 0; i < 20; i++) {
            queue.put(octets("%-9d\n".formatted(i)), LineQueue.Importance.INFO);
        }
        time.advance(Duration.ofMinutes(1));
        queue.put(octets("another\n"), LineQueue.Importance.INFO);
        assertThat(queue.gap()).contains(new LineQueue.Gap(7, time.instant().minus(Duration.ofMinutes(1))));
        drain(queue);
        queue.put(octets("later\n"), LineQueue.Importance.INFO);
        drain(queue);
        assertThat(queue.gap()).isEmpty();
        assertThat(queue.dropped()).isEqualTo(7);
        assertThat(output.toString(StandardCharsets.UTF_8)).endsWith("13       \n7 missing since 2026-11-23T08:00:00Z\nlater\n");
    }

    @Test
    void countsWhatAnOutputRefuses() throws InterruptedException {
        var refuses = new boolean[] {true};
        var queue = queue(1_000, new OutputStream() {
            @Override
            public void write(int octet) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                if (refuses[0]) {
                    throw new IOException("No space left on device");
                }
                output.write(octets, offset, length);
            }
        });
        queue.put(octets("lost\n"), LineQueue.Importance.ERROR);
        queue.writeSome(buffer);
        assertThat(queue.dropped()).isEqualTo(1);
        refuses[0] = false;
        queue.put(octets("kept\n"), LineQueue.Importance.INFO);
        drain(queue);
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("kept\n1 missing since 2026-11-23T08:00:00Z\n");
    }

    @Test
    void doesNotWaitForAnOutputThatIsNotRead() {
        var queue = queue(1_000, output);
        queue.put(octets("never written\n"), LineQueue.Importance.INFO);
        assertThat(queue.flush(Duration.ZERO)).isFalse();
    }

    /// However long the rest: by the flush both lines come at once.
    @Test
    void restsAfterAWriteUntilAFlush() throws InterruptedException {
        var calls = new LinkedBlockingQueue<String>();
        whileWriting(queue(1_000, LONG, calls(calls)), queue -> {
            queue.put(octets("one\n"), LineQueue.Importance.INFO);
            assertThat(calls.take()).isEqualTo("one\n");
            queue.put(octets("two\n"), LineQueue.Importance.INFO);
            queue.put(octets("three\n"), LineQueue.Importance.WARNING);
            assertThat(queue.flush(LONG)).isTrue();
            assertThat(calls).containsExactly("two\nthree\n");
        });
    }

    @Test
    void anErrorEndsTheRest() throws InterruptedException {
        var calls = new LinkedBlockingQueue<String>();
        whileWriting(queue(1_000, LONG, calls(calls)), queue -> {
            queue.put(octets("one\n"), LineQueue.Importance.INFO);
            assertThat(calls.take()).isEqualTo("one\n");
            queue.put(octets("two\n"), LineQueue.Importance.INFO);
            queue.put(octets("three\n"), LineQueue.Importance.ERROR);
            // The writer may have been on its way to its rest.
            assertThat(calls.take()).isEqualTo("two\nthree\n");
        });
    }

    @Test
    void aQueueThatFillsEndsTheRest() throws InterruptedException {
        var calls = new LinkedBlockingQueue<String>();
        whileWriting(queue(16, LONG, calls(calls)), queue -> {
            queue.put(octets("one\n"), LineQueue.Importance.INFO);
            assertThat(calls.take()).isEqualTo("one\n");
            assertThat(queue.flush(LONG)).isTrue();
            queue.put(octets("two\n"), LineQueue.Importance.INFO);
            queue.put(octets("three\n"), LineQueue.Importance.INFO);
            assertThat(calls.take()).isEqualTo("two\nthree\n");
        });
    }

    @Test
    void aRestEnds() throws InterruptedException {
        var calls = new LinkedBlockingQueue<String>();
        whileWriting(queue(1_000, Duration.ofMillis(1), calls(calls)), queue -> {
            for (var line : List.of("one\n", "two\n", "three\n")) {
                queue.put(octets(line), LineQueue.Importance.INFO);
                assertThat(calls.take()).isEqualTo(line);
            }
        });
    }

    /// An error that doesn't fit into one write with the lines before it.
    @Test
    void doesNotRestBeforeAnError() throws InterruptedException {
        var calls = new LinkedBlockingQueue<String>();
        whileWriting(queue(1_000_000, LONG, calls(calls)), queue -> {
            queue.put(octets("one\n"), LineQueue.Importance.INFO);
            assertThat(calls.take()).isEqualTo("one\n");
            queue.put(octets("x".repeat(60_000)), LineQueue.Importance.INFO);
            queue.put(octets("y".repeat(60_000)), LineQueue.Importance.ERROR);
            assertThat(calls.take()).hasSize(60_000);
            assertThat(calls.take()).hasSize(60_000);
        });
    }

    private interface Use {
        void of(LineQueue queue) throws InterruptedException;
    }

    private static void whileWriting(LineQueue queue, Use use) throws InterruptedException {
        var writer = Thread.ofPlatform().daemon().start(queue::writeForever);
        try {
            use.of(queue);
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    private void drain(LineQueue queue) throws InterruptedException {
        while (!queue.flush(Duration.ZERO)) {
            queue.writeSome(buffer);
        }
    }

    private LineQueue queue(long room, OutputStream to) {
        return queue(room, Duration.ZERO, to);
    }

    private LineQueue queue(long room, Duration rest, OutputStream to) {
        return new LineQueue(to, room, rest, gap -> octets(gap.lines() + " missing since " + gap.since() + "\n"), time);
    }

    private static OutputStream calls(Collection<String> calls) {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                calls.add(new String(octets, offset, length, StandardCharsets.UTF_8));
            }
        };
    }

    private static byte[] octets(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
