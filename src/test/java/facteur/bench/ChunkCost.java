package facteur.bench;

import facteur.fixture.Sink;
import facteur.mail.letter.QueueId;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// What a letter costs this process to hand over, as a chunk in one flight with its envelope and behind DATA, by turns; the upstream is
/// another process ([Sink]). Processor time counts; letters per second show what is left of it on a machine with other work.
final class ChunkCost {
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int ROUNDS = 5;
    private static final QueueId ID = new QueueId("0123456789abcdef");
    private static final Envelope ENVELOPE = new Envelope(
            ReversePath.of(Address.of("inbox@relay.example.org")),
            List.of(Address.of("client@example.com")),
            BodyType.SEVEN_BIT,
            HeaderEncoding.ASCII);

    private record Sample(double lettersPerSecond, double micros, double switches) {}

    private ChunkCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        if (arguments.length > 0) {
            serve(arguments[0]);
            return;
        }
        for (var connections : List.of(20, 1)) {
            measure(connections, 4096);
        }
        measure(20, 32_768);
    }

    private static void serve(String kind) throws IOException, InterruptedException {
        try (var sink = kind.equals("chunks") ? Sink.chunking() : new Sink()) {
            System.out.println(sink.port());
            // Ends with the process that reads this.
            var _ = System.in.read();
        }
    }

    private static void measure(int connections, int bytes)
            throws IOException, InterruptedException, ExecutionException {
        var data = new ArrayList<Sample>();
        var chunks = new ArrayList<Sample>();
        var sinks = List.of(start("data"), start("chunks"));
        try (var behindData = upstream(port(sinks.get(0)), connections);
                var asChunk = upstream(port(sinks.get(1)), connections)) {
            for (var i = -1; i < ROUNDS; i++) {
                var one = sample(behindData, connections, bytes);
                var other = sample(asChunk, connections, bytes);
                if (i >= 0) {
                    data.add(one);
                    chunks.add(other);
                }
            }
        } finally {
            sinks.forEach(Process::destroy);
        }
        System.out.printf("%d connections, %d bytes%n", connections, bytes);
        print("DATA", data);
        print("BDAT", chunks);
        var ratios = IntStream.range(0, ROUNDS).mapToObj(i -> chunks.get(i).micros() / data.get(i).micros()).toList();
        System.out.printf("processor time, median of the rounds' ratios: %.2f%n", median(ratios));
    }

    private static void print(String kind, List<Sample> samples) {
        System.out.printf(
                "%s: %.0f letters/s, %.1f us of CPU, %.2f context switches a letter%n",
                kind,
                median(samples.stream().map(Sample::lettersPerSecond).toList()),
                median(samples.stream().map(Sample::micros).toList()),
                median(samples.stream().map(Sample::switches).toList()));
    }

    private static Process start(String kind) throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "facteur.bench.ChunkCost",
                kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(Process sink) throws IOException {
        return Integer.parseInt(Objects.requireNonNull(sink.inputReader(StandardCharsets.US_ASCII).readLine()));
    }

    private static SmtpUpstream upstream(int port, int connections) {
        return new SmtpUpstream(
                Smarthost.of("sink", "127.0.0.1", port, TlsMode.NONE, "relay.example.org")
                        .withLimits(new ConnectionLimits(connections, Integer.MAX_VALUE, Duration.ofHours(1), Duration.ofHours(1))),
                new SendingRate(List.of()),
                new Breaker(wait -> wait, SteadyTime.system()),
                SevenBitForm.NONE,
                _ -> {},
                SteadyTime.system());
    }

    private static Sample sample(SmtpUpstream upstream, int connections, int bytes)
            throws IOException, InterruptedException, ExecutionException {
        var header = Header.parse("From: office@dupont.example\r\nSubject: Your invoice\r\n".getBytes(StandardCharsets.US_ASCII));
        var message = new Message(header, new MemoryBody(("x".repeat(76) + "\r\n").repeat(bytes / 78).getBytes(StandardCharsets.US_ASCII)));
        var letters = 0L;
        var processor = processor();
        var switches = switches();
        var start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(IntStream.range(0, connections).<Callable<Long>>mapToObj(_ -> () -> {
                var sent = 0L;
                while (System.nanoTime() - start < ROUND.toNanos()) {
                    if (!(upstream.relay(ID, ENVELOPE, message).getFirst() instanceof Outcome.Relayed)) {
                        throw new IOException("not relayed");
                    }
                    sent++;
                }
                return sent;
            }).toList());
            for (var each : all) {
                letters += each.get();
            }
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Sample(
                letters / seconds,
                (processor() - processor) / 1e3 / letters,
                (double) (switches() - switches) / letters);
    }

    private static long processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static long switches() throws IOException {
        var sum = 0L;
        try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (var thread : threads) {
                for (var line : Files.readAllLines(thread.resolve("status"))) {
                    if (line.contains("voluntary_ctxt_switches")) {
                        sum += Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
                    }
                }
            }
        }
        return sum;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
