package facteur.bench;

import facteur.fixture.Sink;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Body;
import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.TlsMode;
import facteur.platform.clock.SteadyTime;
import facteur.upstream.Breaker;
import facteur.upstream.ConnectionLimits;
import facteur.upstream.Outcome;
import facteur.upstream.SendingRate;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Smarthost;
import facteur.upstream.SmtpUpstream;
import facteur.upstream.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A letter onto the wire, over one connection that stays open, from MAIL to the reply to the final dot. The peer is in this
/// JVM, but does next to nothing ([Sink]) and allocates nothing. A body of 1 MB lies in a file, as it does in the spool.
///
/// Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class RelayTransportBenchmark {
    private static final int IN_MEMORY_BYTES = 256 << 10;
    private static final QueueId ID = new QueueId("0123456789abcdef");
    private static final Header HEADER =
            Header.parse("From: office@dupont.example\r\nSubject: Your invoice\r\n".getBytes(StandardCharsets.US_ASCII));
    private static final Envelope ENVELOPE = new Envelope(
            ReversePath.of(Address.of("inbox@relay.example.org")),
            List.of(Address.of("client@example.com")),
            BodyType.SEVEN_BIT,
            HeaderEncoding.ASCII);

    @Param({"4096", "1048576"})
    private int letterBytes;

    @Param
    private Lines lines = Lines.USUAL;

    private Optional<Path> file = Optional.empty();
    private Optional<Sink> sink = Optional.empty();
    private Optional<Upstream> upstream = Optional.empty();
    private Message message = new Message(HEADER, new MemoryBody(new byte[0]));

    @Setup
    public void open() throws IOException {
        message = new Message(HEADER, body(lines.body(letterBytes - (int) message.sizeBytes())));
        var peer = new Sink();
        sink = Optional.of(peer);
        upstream = Optional.of(new SmtpUpstream(
                Smarthost.of("sink", "127.0.0.1", peer.port(), TlsMode.NONE, "relay.example.org")
                        .withLimits(new ConnectionLimits(1, Integer.MAX_VALUE, Duration.ofHours(1), Duration.ofHours(1))),
                new SendingRate(List.of()),
                new Breaker(wait -> wait, SteadyTime.system()),
                SevenBitForm.NONE,
                _ -> {},
                SteadyTime.system()));
    }

    private Body body(byte[] octets) throws IOException {
        if (octets.length <= IN_MEMORY_BYTES) {
            return new MemoryBody(octets);
        }
        var path = Files.write(Files.createTempFile(Files.createDirectories(Path.of("target")), "bench-", ".body"), octets);
        file = Optional.of(path);
        return new FileBody(path, octets.length);
    }

    @TearDown
    public void close() throws IOException {
        upstream.orElseThrow().close();
        sink.orElseThrow().close();
        if (file.isPresent()) {
            Files.delete(file.get());
        }
    }

    @Benchmark
    public List<Outcome> relay() {
        var outcomes = upstream.orElseThrow().relay(ID, ENVELOPE, message);
        if (!(outcomes.getFirst() instanceof Outcome.Relayed)) {
            throw new IllegalStateException(outcomes.toString());
        }
        return outcomes;
    }
}
