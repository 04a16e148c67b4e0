package facteur.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An upstream that takes every letter and notes its number in a [CrashLedger]. A copy counts from its final dot, whether or
/// not the relay lives to read the reply. Thread-safe.
final class CrashSink implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
    private final CrashLedger ledger;
    private final Duration pause;
    private volatile int run;
    private volatile boolean isAway;

    CrashSink(CrashLedger ledger) throws IOException {
        this(ledger, Duration.ZERO);
    }

    /// @param pause before it says what became of a letter
    CrashSink(CrashLedger ledger, Duration pause) throws IOException {
        this.ledger = ledger;
        this.pause = pause;
        Thread.ofVirtual().name("sink").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// Connections from here on are of this run of the relay.
    void enter(int newRun) {
        run = newRun;
    }

    /// Away: it ends each connection, at once or at its next command.
    void away(boolean newAway) {
        isAway = newAway;
    }

    private void accept() {
        try {
            while (true) {
                var socket = door.accept();
                var ofRun = run;
                Thread.ofVirtual().name("sink-connection").start(() -> serve(socket, ofRun));
            }
        } catch (IOException closed) {
            // By close().
        }
    }

    private void serve(Socket socket, int ofRun) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            if (isAway) {
                return;
            }
            say(socket, "220 sink.example ready");
            var recipients = new ArrayList<String>();
            for (var line = line(in); line != null && !isAway; line = line(in)) {
                var verb = line.toUpperCase(Locale.ROOT);
                if (verb.startsWith("EHLO")) {
                    say(socket, "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000");
                } else if (verb.startsWith("RCPT TO:")) {
                    recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
                    say(socket, "250 2.1.5 ok");
                } else if (verb.equals("DATA")) {
                    say(socket, "354 go on");
                    var data = data(in);
                    if (data == null) {
                        return;
                    }
                    note(data, recipients, ofRun);
                    recipients.clear();
                    Thread.sleep(pause);
                    say(socket, "250 2.0.0 taken");
                } else {
                    if (verb.startsWith("MAIL") || verb.startsWith("RSET")) {
                        recipients.clear();
                    }
                    say(socket, verb.startsWith("QUIT") ? "221 2.0.0 bye" : "250 2.0.0 ok");
                }
            }
        } catch (IOException | InterruptedException killed) {
            // So it goes.
        }
    }

    private void note(String data, List<String> recipients, int ofRun) {
        var start = data.indexOf("\r\n" + CrashLetter.NUMBER_FIELD);
        if (start < 0) {
            ledger.damaged();
            return;
        }
        start += 2 + CrashLetter.NUMBER_FIELD.length();
        var letter = new CrashLetter(Integer.parseInt(data.substring(start, data.indexOf("\r\n", start))));
        if (!data.substring(data.indexOf("\r\n\r\n") + 4).equals(letter.body()) || !recipients.equals(letter.recipients())) {
            ledger.damaged();
        }
        ledger.arrived(letter.number(), ofRun);
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /// Null at the end of the connection.
    private static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(80);
        int octet;
        while ((octet = in.read()) != '\n') {
            if (octet < 0) {
                return null;
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /// Up to the final dot; null when the connection ended before. No line of these letters starts with a dot.
    private static @Nullable String data(InputStream in) throws IOException {
        var data = new StringBuilder();
        for (var line = line(in); line != null; line = line(in)) {
            if (line.equals(".")) {
                return data.toString();
            }
            data.append(line).append("\r\n");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
