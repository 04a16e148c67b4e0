package facteur.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where letters go: takes them, but for recipients called `nobody`, and those called `later`, which it takes the second time. For any
/// thread.
final class TrialUpstream implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final ServerSocket server;
    private final SSLContext context;
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<String> returnAddresses = new ConcurrentLinkedQueue<>();
    private final Set<String> deferred = ConcurrentHashMap.newKeySet();

    private TrialUpstream(ServerSocket server, SSLContext context) {
        this.server = server;
        this.context = context;
    }

    static TrialUpstream start(Path folder) throws IOException, InterruptedException {
        var upstream = new TrialUpstream(
                new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), TrialFiles.certificate(folder));
        Thread.ofPlatform().daemon().name("upstream").start(upstream::accept);
        return upstream;
    }

    int port() {
        return server.getLocalPort();
    }

    SSLContext context() {
        return context;
    }

    /// How many letters it has taken.
    int taken() {
        return taken.get();
    }

    /// One of those that letters had as their reverse-path, or null.
    @Nullable
    String returnAddress() {
        return returnAddresses.poll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (var wire = new Wire(socket)) {
            wire.write("220 localhost ESMTP\r\n");
            wire.flush();
            for (var line = wire.line(); line != null; line = wire.line()) {
                answer(wire, line);
            }
        } catch (IOException gone) {
            // The relay closes when it likes.
            return;
        }
    }

    private void answer(Wire wire, String line) throws IOException {
        var verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> wire.write("250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE 50000000\r\n250-SMTPUTF8\r\n"
                    + "250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n250-DSN\r\n250 STARTTLS\r\n");
            case "STARTTLS" -> {
                wire.write("220 2.0.0 Go ahead\r\n");
                wire.flush();
                wire.shakeHands(context, false);
                return;
            }
            case "MAIL" -> {
                if (line.contains("@return.example.org")) {
                    returnAddresses.add(line.replaceFirst("^[^<]*<([^>]*)>.*$", "$1"));
                }
                wire.write("250 2.1.0 Ok\r\n");
            }
            case "RCPT" -> wire.write(recipient(line));
            case "DATA" -> {
                wire.write("354 Go ahead\r\n");
                wire.flush();
                var text = wire.line();
                while (text != null && !text.equals(".")) {
                    text = wire.line();
                }
                wire.write("250 2.0.0 Ok: queued as " + taken.incrementAndGet() + "\r\n");
            }
            case "BDAT" -> {
                wire.skip(Long.parseLong(line.split(" ")[1]));
                wire.write(line.toUpperCase(Locale.ROOT).endsWith("LAST") ? "250 2.0.0 Ok: queued as " + taken.incrementAndGet() + "\r\n"
                        : "250 2.0.0 Ok\r\n");
            }
            case "QUIT" -> wire.write("221 2.0.0 Bye\r\n");
            default -> wire.write("250 2.0.0 Ok\r\n");
        }
        wire.flush();
    }

    private String recipient(String line) {
        if (line.contains("<nobody")) {
            return "550 5.1.1 No such user\r\n";
        }
        return line.contains("<later") && deferred.add(line) ? "451 4.2.1 Come back later\r\n" : "250 2.1.5 Ok\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
