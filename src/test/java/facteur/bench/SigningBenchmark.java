package facteur.bench;

import facteur.mail.dkim.DkimAlgorithm;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.Signed;
import facteur.mail.dkim.Signer;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/// Signatures on one thread: the header of [SampleLetter] with a body in memory that makes it a letter of that size.
///
/// Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SigningBenchmark {
    private static final MessageLimits LIMITS = new MessageLimits(35 << 20, 128 << 10, 1_000, 64 << 10, 2 << 20);
    private static final String DOMAIN = "dupont.example";
    private static final String LINE = "Dear client, please find the amount that is due below.  \r\n";

    @Param({"4096", "1048576"})
    private int letterBytes;

    private List<DkimKey> both = List.of();
    private Message message = collected(0);

    @Setup
    public void makeKeys() throws IOException {
        both = new KeyFolder(Files.createTempDirectory("signing")).create(DOMAIN, InstantSource.system().instant()).keys().stream()
                .map(stored -> stored.key())
                .toList();
        message = collected(letterBytes);
    }

    @Benchmark
    public Signed rsa() throws IOException {
        return sign(with(DkimAlgorithm.RSA));
    }

    @Benchmark
    public Signed ed25519() throws IOException {
        return sign(with(DkimAlgorithm.ED25519));
    }

    @Benchmark
    public Signed withBoth() throws IOException {
        return sign(both);
    }

    private List<DkimKey> with(DkimAlgorithm algorithm) {
        return both.stream().filter(key -> key.algorithm() == algorithm).toList();
    }

    private Signed sign(List<DkimKey> keys) throws IOException {
        return new Signer(_ -> keys, InstantSource.system()).sign(message, DOMAIN);
    }

    private static Message collected(int bytes) {
        var header = SampleLetter.HEADER + "\r\n";
        var lines = LINE.repeat(1 + bytes / LINE.length());
        var letter = Arrays.copyOf((header + lines).getBytes(StandardCharsets.US_ASCII), Math.max(bytes, header.length()));
        letter[letter.length - 2] = '\r';
        letter[letter.length - 1] = '\n';
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, new ReceivingMemory(64 << 20), () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(letter, 0, letter.length);
            return switch (collector.finish()) {
                case Collected.Whole(var whole, _) -> whole;
                case Collected.Refused(var reply) -> throw new AssertionError(reply);
            };
        }
    }
}
