package facteur.bench;

import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// What thousands of connections that said EHLO and nothing more cost the packaged relay: memory, and the speed of twenty
/// busy ones.
final class IdleConnections {
    private static final int ROUNDS = 5;

    /// An address has fewer ports than we may want.
    private static final int PER_ADDRESS = 5_000;

    private final PackagedRelay relay;
    private final RelayLoad load;
    private final int count;

    private IdleConnections(PackagedRelay relay, Path captured, int count) {
        this.relay = relay;
        this.load = new RelayLoad(relay, captured);
        this.count = count;
    }

    /// @param arguments how many are idle
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var count = Integer.parseInt(arguments[0]);
        var folder = Files.createTempDirectory(Path.of("target"), "idle");
        var relays = new RelayFolder(folder.toAbsolutePath()).office("dupont", RelayFolder.DUPONT).configured("""
                limits: { connections: %d, connections-per-client: %d, command-timeout: 1h }
                """.formatted(count + RelayLoad.APPS, PER_ADDRESS + RelayLoad.APPS));
        try (var relay = PackagedRelay.run(relays.config())) {
            new IdleConnections(relay, relays.state().resolve("captured"), count).measure();
            relay.stop();
        }
    }

    private void measure() throws IOException, InterruptedException, ExecutionException {
        System.out.printf("%d letters of %d octets warm it up, on %d connections%n", load.lettersPerSecond() * RelayLoad.ROUND.toSeconds(),
                RelayLoad.LETTER.length, RelayLoad.APPS);
        var alone = new ArrayList<Long>();
        var crowded = new ArrayList<Long>();
        var memoryAlone = load.residentMegabytes();
        var memoryCrowded = 0L;
        for (var i = 0; i < ROUNDS; i++) {
            alone.add(load.lettersPerSecond());
            var idle = open();
            try {
                memoryCrowded = Math.max(memoryCrowded, load.residentMegabytes());
                crowded.add(load.lettersPerSecond());
                memoryCrowded = Math.max(memoryCrowded, load.residentMegabytes());
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
        System.out.printf("speed kept: %d %%%n", 100 * RelayLoad.median(crowded) / RelayLoad.median(alone));
    }

    private static void print(int idle, List<Long> rounds, long megabytes) {
        System.out.printf(
                "%,-24d %,10d %22s %,10d%n", idle, RelayLoad.median(rounds), rounds.toString(), megabytes);
    }

    private List<Socket> open() throws InterruptedException, ExecutionException {
        return RelayLoad.all(IntStream.range(0, RelayLoad.APPS).<Callable<List<Socket>>>mapToObj(worker -> () -> {
            var sockets = new ArrayList<Socket>();
            for (var i = worker; i < count; i += RelayLoad.APPS) {
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
}
