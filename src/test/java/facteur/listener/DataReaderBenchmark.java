package facteur.listener;

import facteur.bench.Lines;
import facteur.fixture.AppConnection;
import facteur.mail.message.Collected;
import facteur.mail.message.FileBody;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What follows DATA, from the connection's buffer to a message, with the limits that the daemon has by default: the body of 1 MB
/// goes to a file, as there. The network is left out.
///
/// In this package because the reader is package-private. Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DataReaderBenchmark {
    private static final MessageLimits LIMITS = new MessageLimits(35 << 20, 128 << 10, 1_000, 64 << 10, 256 << 10);
    private static final byte[] HEADER = "From: jan@dupont.example\r\nSubject: Your invoice\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /// That of a SubEtha session.
    private static final int BUFFER_BYTES = 8192;

    @Param({"4096", "1048576"})
    private int letterBytes;

    @Param
    private Lines lines = Lines.USUAL;

    private final ReceivingMemory receivingMemory = new ReceivingMemory(64 << 20);
    private byte[] wire = {};
    private Path folder = Path.of("");

    /// Octets of DATA, as a rate of their own in the table.
    ///
    /// Public and not final because JMH wants it.
    @AuxCounters
    @State(Scope.Thread)
    public static class Octets {
        private long count;

        /// Those of the column that JMH calls operations a second are gigabytes a second here.
        public double gigabytes() {
            return count / 1e9;
        }

        @Setup(Level.Iteration)
        public void reset() {
            count = 0;
        }
    }

    @Setup
    public void write() throws IOException {
        var letter = new ByteArrayOutputStream();
        letter.writeBytes(HEADER);
        letter.writeBytes(lines.body(letterBytes - HEADER.length));
        wire = AppConnection.stuffed(letter.toByteArray());
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench-");
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(folder);
    }

    @Benchmark
    public Message read(Octets octets) throws IOException {
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, receivingMemory, () -> folder.resolve("body"))) {
            var in = new BufferedInputStream(new ByteArrayInputStream(wire), BUFFER_BYTES);
            var ending = new DataReader(in, Long.MAX_VALUE).readInto(collector);
            if (ending != DataReader.Ending.WHOLE) {
                throw new IllegalStateException(ending.toString());
            }
            octets.count += wire.length;
            return switch (collector.finish()) {
                case Collected.Whole(var message, _) -> forgotten(message);
                case Collected.Refused(var reply) -> throw new IllegalStateException(reply.toString());
            };
        }
    }

    private static Message forgotten(Message message) throws IOException {
        if (message.body() instanceof FileBody(var file, _)) {
            Files.delete(file);
        }
        return message;
    }
}
