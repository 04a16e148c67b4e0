import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sends letters over TLS and with AUTH, which smtp-source doesn't, and says how long replies to the end of data took. */
public final class Source {
    private static final AtomicInteger LEFT = new AtomicInteger();

    private Source() {}

    /**
     * Arguments: port, letters, connections, octets of a letter, tls or clear, login or anonymous. The start that it prints is when
     * all were connected, by the clock that Python calls monotonic.
     */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[0]);
        var letters = Integer.parseInt(arguments[1]);
        var connections = Integer.parseInt(arguments[2]);
        var letter = letter(Integer.parseInt(arguments[3]));
        LEFT.set(letters);
        var waited = new long[letters];
        var threads = new ArrayList<Thread>();
        var failures = new ArrayList<Exception>();
        var ready = new CountDownLatch(connections);
        var go = new CountDownLatch(1);
        for (var i = 0; i < connections; i++) {
            threads.add(new Thread(() -> {
                try (var app = new App(port, arguments[4].equals("tls"), arguments[5].equals("login"))) {
                    ready.countDown();
                    go.await();
                    for (var number = LEFT.decrementAndGet(); number >= 0; number = LEFT.decrementAndGet()) {
                        waited[number] = app.submit(letter);
                    }
                } catch (IOException | GeneralSecurityException | InterruptedException e) {
                    ready.countDown();
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        ready.await();
        var start = System.nanoTime();
        go.countDown();
        for (var thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        Arrays.sort(waited);
        System.out.printf("{\"start\": %.6f, \"p99Millis\": %.2f}%n", start / 1e9, waited[letters * 99 / 100] / 1e6);
    }

    private static byte[] letter(int octets) {
        var text = new StringBuilder("From: jan@dupont.example\r\nTo: client@client.example\r\nSubject: Your invoice\r\n\r\n");
        while (text.length() < octets) {
            text.append("x".repeat(76)).append("\r\n");
        }
        return text.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static final class App implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        App(int port, boolean tls, boolean login) throws IOException, GeneralSecurityException {
            var plain = new Socket("127.0.0.1", port);
            plain.setTcpNoDelay(true);
            if (tls) {
                var before = new Dialogue(plain.getInputStream(), plain.getOutputStream());
                before.expect("220");
                before.say("EHLO app.example", "250");
                before.say("STARTTLS", "220");
                socket = secured(plain, port);
            } else {
                socket = plain;
            }
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            if (!tls) {
                new Dialogue(in, out).expect("220");
            }
            say("EHLO app.example", "250");
            if (login) {
                say("AUTH PLAIN " + Base64.getEncoder().encodeToString("\0suite\0sesame".getBytes(StandardCharsets.US_ASCII)), "235");
            }
        }

        private static Socket secured(Socket plain, int port) throws IOException, GeneralSecurityException {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            var secure = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
            secure.startHandshake();
            return secure;
        }

        /** Nanoseconds from the last octet to the reply. */
        long submit(byte[] letter) throws IOException {
            say("MAIL FROM:<jan@dupont.example>", "250");
            say("RCPT TO:<client@client.example>", "250");
            say("DATA", "354");
            out.write(letter);
            out.flush();
            var start = System.nanoTime();
            new Dialogue(in, out).expect("250");
            return System.nanoTime() - start;
        }

        private void say(String line, String code) throws IOException {
            new Dialogue(in, out).say(line, code);
        }

        @Override
        public void close() throws IOException {
            say("QUIT", "221");
            socket.close();
        }
    }

    private record Dialogue(InputStream in, OutputStream out) {
        void say(String line, String code) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            expect(code);
        }

        /** The last line of a reply. */
        void expect(String code) throws IOException {
            String line;
            do {
                line = line();
            } while (line.length() > 3 && line.charAt(3) == '-');
            if (!line.startsWith(code)) {
                throw new IOException("not " + code + ": " + line);
            }
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (var octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new EOFException();
                }
                line.append((char) octet);
            }
            return line.toString();
        }
    }

    /** The certificate was made for this run. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
