package facteur.bench;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import org.awaitility.Awaitility;

/// What thousands of connections that said EHLO and nothing more cost the packaged relay: memory, and the speed of twenty
/// busy ones.
final class IdleConnections {
    private static final int BUSY = 20;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(5);

    /// An address has fewer ports than we may want.
    private static final int PER_ADDRESS = 5_000;

    private static final byte[] LETTER = ("From: jan@dupont.example\r\nSubject: Your invoice\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(50))
            .getBytes(StandardCharsets.US_ASCII);

    private final PackagedRelay relay;
    private final Path captured;
    private final int count;
    private long sent;

    private IdleConnections(PackagedRelay relay, Path captured, int count) {
        this.relay = relay;
        this.captured = captured;
        this.count = count;
    }

    /// @param arguments how many are idle
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var count = Integer.parseInt(arguments[0]);
        var folder = Files.createTempDirectory(Path.of("target"), "idle");
        var relays = new RelayFolder(folder.toAbsolutePath()).office("dupont", RelayFolder.DUPONT).configured("""
                limits: { connections: %d, connections-per-client: %d, command-timeout: 1h }
                """.formatted(count + BUSY, PER_ADDRESS + BUSY));
        try (var relay = PackagedRelay.run(relays.config())) {
            new IdleConnections(relay, relays.state().resolve("captured"), count).measure();
            relay.stop();
        }
    }

    private void measure() throws IOException, InterruptedException, ExecutionException {
        System.out.printf("%d letters of %d octets warm it up, on %d connections%n", lettersPerSecond() * ROUND.toSeconds(), LETTER.length, BUSY);
        var alone = new ArrayList<Long>();
        var crowded = new ArrayList<Long>();
        var memoryAlone = residentMegabytes();
        var memoryCrowded = 0L;
        for (var i = 0; i < ROUNDS; i++) {
            alone.add(lettersPerSecond());
            var idle = open();
            try {
                memoryCrowded = Math.max(memoryCrowded, residentMegabytes());
                crowded.add(lettersPerSecond());
                memoryCrowded = Math.max(memoryCrowded, residentMegabytes());
                for (var socket : idle) {
                    alive(socket);
                }
            } finally {
                for (var socket : idle) {
                    socket.close();
                }
            }
        }
        System.out.printf("%-24s %10s %22s %10s%n", "idle connections", "letters/s", "rounds", "RSS MB");
        print(0, alone, memoryAlone);
        print(count, crowded, memoryCrowded);
        System.out.printf("speed kept: %d %%%n", 100 * median(crowded) / median(alone));
    }

    private static void print(int idle, List<Long> rounds, long megabytes) {
        System.out.printf(
                "%,-24d %,10d %22s %,10d%n", idle, median(rounds), rounds.toString(), megabytes);
    }

    private static long median(List<Long> rounds) {
        return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    private List<Socket> open() throws InterruptedException, ExecutionException {
        return all(IntStream.range(0, BUSY).<Callable<List<Socket>>>mapToObj(worker -> () -> {
                    var sockets = new ArrayList<Socket>();
                    for (var i = worker; i < count; i += BUSY) {
                        sockets.add(idle(i));
                    }
                    return sockets;
                }).toList()).stream().flatMap(List::stream).toList();
    }

    private Socket idle(int number) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (1 + number / PER_ADDRESS)), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), relay.port()));
        readTo(socket, "220 ");
        say(socket, "EHLO idle.example\r\n", "250 ");
        return socket;
    }

    private static void alive(Socket socket) throws IOException {
        say(socket, "NOOP\r\n", "250 ");
    }

    private static void say(Socket socket, String line, String reply) throws IOException {
        socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        readTo(socket, reply);
    }

    /// Reads as far as the line that starts so.
    private static void readTo(Socket socket, String start) throws IOException {
        var octets = new byte[1024];
        var text = "";
        while (!text.endsWith("\r\n") || text.lines().noneMatch(line -> line.startsWith(start))) {
            var length = socket.getInputStream().read(octets);
            if (length < 0) {
                throw new IOException("closed after " + text);
            }
            text += new String(octets, 0, length, StandardCharsets.US_ASCII);
        }
    }

    /// Over all busy connections. Returns when the letters have left the relay, too.
    private long lettersPerSecond() throws InterruptedException, ExecutionException {
        var start = System.nanoTime();
        var letters = all(IntStream.range(0, BUSY).<Callable<Long>>mapToObj(_ -> () -> submit(start)).toList())
                .stream().mapToLong(Long::longValue).sum();
        var seconds = (System.nanoTime() - start) / 1e9;
        sent += letters;
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Objects.requireNonNull(captured.toFile().list()).length == 2 * sent);
        return Math.round(letters / seconds);
    }

    private long submit(long start) throws IOException {
        try (var app = AppConnection.greeted(relay.port())) {
            var letters = 0L;
            while (System.nanoTime() - start < ROUND.toNanos()) {
                var reply = app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER);
                if (!reply.isPositive()) {
                    throw new IOException("refused: " + reply);
                }
                letters++;
            }
            return letters;
        }
    }

    private long residentMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(relay.pid()), "status"))) {
            var line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
    }

    private static <T> List<T> all(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
