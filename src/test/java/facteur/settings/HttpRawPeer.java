package facteur.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that writes what no decent one would: each connection gets a thread, each question on it the same answer.
/// Thread-safe.
final class HttpRawPeer implements AutoCloseable {
    /// @param number on all connections, from 1
    /// @param line its first
    record Question(int number, String line) {}

    /// What is done for each question.
    @FunctionalInterface
    interface Answer {
        void write(Question question, Socket socket, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Answer answer;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final AtomicInteger hungUp = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    HttpRawPeer(Answer answer) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answer = answer;
        Thread.startVirtualThread(this::accept);
    }

    /// Answers every question with this text, and hangs up.
    static HttpRawPeer saying(String text) throws IOException {
        return new HttpRawPeer((_, socket, out) -> {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.size();
    }

    /// The first lines of all.
    List<String> questions() {
        return List.copyOf(questions);
    }

    /// Connections that the relay closed while an answer was being written.
    int hungUp() {
        return hungUp.get();
    }

    /// Ends with the peer.
    void stall() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
        closed.countDown();
    }

    private void accept() {
        while (true) {
            try {
                var socket = listener.accept();
                connections.add(socket);
                // A listener that is being closed may have let in one more: a question asked again.
                if (listener.isClosed()) {
                    socket.close();
                    return;
                }
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (var line = question(socket.getInputStream()); line.isPresent(); line = question(socket.getInputStream())) {
                answer.write(add(line.get()), socket, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException broken) {
            hungUp.incrementAndGet();
        } catch (InterruptedException over) {
            // The test is over.
        }
    }

    private synchronized Question add(String line) {
        questions.add(line);
        return new Question(questions.size(), line);
    }

    /// Reads up to the empty line.
    private static Optional<String> question(InputStream in) throws IOException {
        var header = new StringBuilder();
        while (!header.toString().endsWith("\r\n\r\n")) {
            var octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            header.append((char) octet);
        }
        return Optional.of(header.substring(0, header.indexOf("\r\n")));
    }
}
