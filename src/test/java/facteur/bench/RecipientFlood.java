package facteur.bench;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// What the packaged relay, with the limits it has by default, does when each connection that it allows names as many
/// recipients as it may, each as long as it may be, and then says nothing more. Meanwhile an app sends letters, and the admin
/// port is asked.
final class RecipientFlood {
    private static final int CLIENTS_AT_ONCE = 40;
    private static final int PER_ADDRESS = 200;
    private static final int BATCH = 50;
    private static final String DOMAIN = String.join(".", "a".repeat(59), "b".repeat(59), "c".repeat(59), "test");

    private final PackagedRelay relay;
    private final RelayLoad load;
    private final AdminPort admin;
    private final int connections;
    private final int recipients;
    private final LongAdder taken = new LongAdder();
    private final LongAdder putOff = new LongAdder();
    private final AtomicBoolean isOver = new AtomicBoolean();

    private RecipientFlood(PackagedRelay relay, RelayFolder folder, int connections, int recipients) throws IOException {
        this.relay = relay;
        this.load = new RelayLoad(relay, folder.state().resolve("captured"));
        this.admin = AdminPort.of(folder);
        this.connections = connections;
        this.recipients = recipients;
    }

    /// @param arguments how many connections, and how many recipients on each
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var folder = new RelayFolder(Files.createTempDirectory(Path.of("target"), "flood").toAbsolutePath())
                .office("dupont", RelayFolder.DUPONT)
                .capturing();
        try (var relay = PackagedRelay.run(folder.config(), Map.of("FACTEUR_JAVA_OPTIONS", ""))) {
            new RecipientFlood(relay, folder, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).measure();
            System.out.println("exit " + relay.stop());
        }
    }

    private void measure() throws IOException, InterruptedException, ExecutionException {
        print("before");
        var app = Thread.ofPlatform().start(this::submit);
        var open = RelayLoad.all(IntStream.range(0, CLIENTS_AT_ONCE).<Callable<List<Socket>>>mapToObj(worker -> () -> {
            var sockets = new ArrayList<Socket>();
            for (var i = worker; i < connections && relay.isAlive(); i += CLIENTS_AT_ONCE) {
                sockets.add(flood(i));
            }
            return sockets;
        }).toList()).stream().flatMap(List::stream).toList();
        print("full");
        System.out.printf("%d connections open, %d recipients taken, %d put off%n", open.size(), taken.sum(), putOff.sum());
        isOver.set(true);
        app.join();
        for (var socket : open) {
            socket.close();
        }
        if (relay.isAlive()) {
            submitOne();
            print("after");
        }
    }

    private void print(String moment) throws IOException {
        if (relay.isAlive()) {
            System.out.printf("%-8s RSS %d MB, heap %d MB, %s%n", moment, load.residentMegabytes(), heapMegabytes(), ready());
        } else {
            System.out.println("the relay is gone: " + relay.said().lines().filter(line -> line.contains("Error")).toList());
        }
    }

    private String ready() throws IOException {
        return "/health/ready " + admin.get("/health/ready").lines().findFirst().orElse("");
    }

    private long heapMegabytes() throws IOException {
        return admin.get("/metrics")
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
                .mapToLong(line -> (long) Double.parseDouble(line.split(" ")[1]) >> 20)
                .findFirst()
                .orElse(-1);
    }

    /// An app among the others, one letter at a time.
    private void submit() {
        var letters = 0;
        var slowestMillis = 0L;
        var slowestReadyMillis = 0L;
        try {
            while (!isOver.get()) {
                var start = System.nanoTime();
                submitOne();
                slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
                start = System.nanoTime();
                if (!ready().contains("200")) {
                    throw new IOException("not ready");
                }
                slowestReadyMillis = Math.max(slowestReadyMillis, (System.nanoTime() - start) / 1_000_000);
                letters++;
            }
            System.out.printf("meanwhile %d letters of another app taken; the slowest took %d ms, the slowest answer of the admin port %d ms%n",
                    letters, slowestMillis, slowestReadyMillis);
        } catch (IOException e) {
            System.out.printf("after %d letters of another app: %s%n", letters, e);
        }
    }

    private void submitOne() throws IOException {
        try (var app = AppConnection.from("127.0.1.1", relay.port())) {
            app.say("EHLO app.example");
            var reply = app.submit("<jan@dupont.example>", List.of("a@client.example", "b@client.example"), RelayLoad.LETTER);
            if (!reply.isPositive()) {
                throw new IOException("refused: " + reply);
            }
        }
    }

    private Socket flood(int number) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (1 + number / PER_ADDRESS)), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), relay.port()));
        socket.setSoTimeout(60_000);
        read(socket, 1);
        say(socket, "EHLO flood.example\r\n", 1);
        say(socket, "MAIL FROM:<jan@dupont.example> ENVID=" + "e".repeat(100) + "\r\n", 1);
        for (var i = 0; i < recipients; i += BATCH) {
            var batch = new StringBuilder();
            var count = Math.min(BATCH, recipients - i);
            for (var j = i; j < i + count; j++) {
                batch.append("RCPT TO:<").append("l".repeat(60)).append("%04d".formatted(j)).append('@').append(DOMAIN)
                        .append("> ORCPT=rfc822;").append("o".repeat(480)).append(" NOTIFY=FAILURE,DELAY\r\n");
            }
            say(socket, batch.toString(), count);
        }
        return socket;
    }

    private void say(Socket socket, String lines, int replies) throws IOException {
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
        read(socket, replies);
    }

    /// Reads so many replies.
    private void read(Socket socket, int replies) throws IOException {
        var line = new ByteArrayOutputStream();
        var octets = new byte[8192];
        for (var left = replies; left > 0;) {
            var length = socket.getInputStream().read(octets);
            if (length < 0) {
                throw new IOException("closed");
            }
            for (var i = 0; i < length; i++) {
                line.write(octets[i]);
                if (octets[i] == '\n') {
                    var text = line.toString(StandardCharsets.US_ASCII);
                    line.reset();
                    left -= text.charAt(3) == ' ' ? 1 : 0;
                    taken.add(text.startsWith("250 2.1.5") ? 1 : 0);
                    putOff.add(text.startsWith("452") ? 1 : 0);
                }
            }
        }
    }
}
