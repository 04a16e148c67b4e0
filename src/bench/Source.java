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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sends letters as smtp-source can't (TLS, AUTH, many offices, a steady pace), and says how long replies to the end of data took. */
public final class Source {
    private static final AtomicInteger LEFT = new AtomicInteger();

    private Source() {}

    /**
     * Arguments: port, letters, connections, octets of a letter; then any of: tls; login; keys, for an X-Letter-Key in each;
     * pace=N, for so many letters a second, however long replies take; offices=FIRST+COUNT, which write in turn. The start that it
     * prints is when all were connected, by the clock that Python calls monotonic. The first fifth of the replies isn't counted:
     * meanwhile this program's own code is compiled.
     */
    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[0]);
        var letters = Integer.parseInt(arguments[1]);
        var connections = Integer.parseInt(arguments[2]);
        var options = Arrays.asList(arguments).subList(4, arguments.length);
        var offices = Offices.of(option(options, "offices="));
        var nanosBetween = option(options, "pace=").map(pace -> (long) (1e9 / Double.parseDouble(pace))).orElse(0L);
        var keys = options.contains("keys") ? Optional.of(Long.toString(System.nanoTime(), 36) + "-") : Optional.<String>empty();
        var text = text(Integer.parseInt(arguments[3]));
        LEFT.set(letters);
        var waited = new long[letters];
        var threads = new ArrayList<Thread>();
        var failures = new ArrayList<Exception>();
        var ready = new CountDownLatch(connections);
        var go = new CountDownLatch(1);
        for (var i = 0; i < connections; i++) {
            threads.add(new Thread(() -> {
                try (var app = new App(port, options.contains("tls"), options.contains("login"))) {
                    ready.countDown();
                    go.await();
                    var begun = System.nanoTime();
                    for (var left = LEFT.decrementAndGet(); left >= 0; left = LEFT.decrementAndGet()) {
                        var number = letters - 1 - left;
                        await(begun + number * nanosBetween);
                        waited[number] = app.submit(offices.of(number), keys.map(key -> "X-Letter-Key: " + key + number + "\r\n").orElse(""), text);
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
        var counted = Arrays.copyOfRange(waited, letters / 5, letters);
        Arrays.sort(counted);
        System.out.printf(
                Locale.ROOT, "{\"start\": %.6f, \"p50Millis\": %.2f, \"p99Millis\": %.2f}%n",
                start / 1e9, counted[counted.length / 2] / 1e6, counted[counted.length * 99 / 100] / 1e6);
    }

    private static Optional<String> option(List<String> options, String name) {
        return options.stream().filter(option -> option.startsWith(name)).map(option -> option.substring(name.length())).findFirst();
    }

    private static void await(long due) {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** What follows the header. */
    private static byte[] text(int octets) {
        var text = new StringBuilder("\r\n");
        while (text.length() < octets - Office.DUPONT.header().length()) {
            text.append("x".repeat(76)).append("\r\n");
        }
        return text.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** In whose name a letter is sent, and the fields that say so. */
    private record Office(String name, String fields) {
        /** The one that the app has anyway. */
        static final Office DUPONT = new Office("dupont", "");

        static Office numbered(int number) {
            var name = "office-" + number;
            return new Office(name, "X-Office-Id: " + name + "\r\nX-Context: invoice\r\nX-Relation-Id: R-1042\r\n");
        }

        String address() {
            return "jan@" + name + ".example";
        }

        String header() {
            return "From: " + address() + "\r\nTo: client@client.example\r\nSubject: Your invoice\r\n" + fields;
        }

        byte[] letter(String more, byte[] text) {
            var header = (header() + more).getBytes(StandardCharsets.US_ASCII);
            var letter = Arrays.copyOf(header, header.length + text.length);
            System.arraycopy(text, 0, letter, header.length, text.length);
            return letter;
        }
    }

    /** They take turns, and not the same one begins each time. */
    private record Offices(int first, int count, int turn) {
        static final Offices DUPONT = new Offices(0, 0, 0);

        static Offices of(Optional<String> range) {
            if (range.isEmpty()) {
                return DUPONT;
            }
            var parts = range.get().split("\\+");
            var count = Integer.parseInt(parts[1]);
            return new Offices(Integer.parseInt(parts[0]), count, ThreadLocalRandom.current().nextInt(count));
        }

        Office of(int letter) {
            return count == 0 ? Office.DUPONT : Office.numbered(first + (turn + letter) % count);
        }
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
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            var secure = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
            secure.startHandshake();
            return secure;
        }

        /** Nanoseconds from the last octet to the reply. */
        long submit(Office office, String more, byte[] text) throws IOException {
            var letter = office.letter(more, text);
            say("MAIL FROM:<" + office.address() + ">", "250");
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
    private static final class TrustAll implements X509TrustManager {
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
