import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends letters over one connection, each when it is due. One that gets a 4xx is sent again until it is taken; one without a reply
 * never is, so that a second copy is always the relay's.
 */
final class App implements Runnable {
    private static final long AGAIN_MILLIS = 1_000;
    private static final long CONNECT_AGAIN_MILLIS = 100;
    private static final int REPLY_MILLIS = 300_000;

    private final int port;
    private final String body;
    private final Pace pace;
    private final Ledger ledger;
    private Socket socket;
    private Wire wire;

    App(int port, int octets, Pace pace, Ledger ledger) {
        this.port = port;
        this.body = ("x".repeat(76) + "\r\n").repeat(octets / 78);
        this.pace = pace;
        this.ledger = ledger;
    }

    @Override
    public void run() {
        try {
            while (true) {
                var due = pace.await();
                send(ledger.next(), due);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int number, long due) throws InterruptedException {
        var letter = letter(number, due);
        while (true) {
            var isSent = false;
            try {
                if (wire == null) {
                    connect();
                }
                var reply = begin();
                if (reply.startsWith("354")) {
                    isSent = true;
                    wire.write(letter);
                    var start = System.nanoTime();
                    reply = wire.reply();
                    if (reply.startsWith("250")) {
                        ledger.accepted(number, System.nanoTime() - start);
                        return;
                    }
                }
                if (reply.startsWith("5")) {
                    ledger.refused(number, reply);
                    return;
                }
                ledger.putOff();
                if (reply.startsWith("421")) {
                    disconnect();
                } else {
                    wire.say("RSET");
                    wire.reply();
                }
            } catch (IOException e) {
                disconnect();
                if (isSent) {
                    ledger.unanswered();
                    return;
                }
                ledger.putOff();
            }
            Thread.sleep(wire == null ? CONNECT_AGAIN_MILLIS : AGAIN_MILLIS);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] letter(int number, long due) {
        return octets("From: jan@dupont.example\r\nTo: client@client.example\r\nSubject: Your invoice\r\n"
                + Wire.NUMBER + number + "\r\n" + Wire.DUE + due + "\r\n\r\n" + body + ".\r\n");
    }

    private void connect() throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_MILLIS);
        wire = new Wire(socket);
        expect(wire.reply());
        wire.say("EHLO app.example");
        expect(wire.reply());
    }

    private static void expect(String reply) throws IOException {
        if (!reply.startsWith("2")) {
            throw new IOException(reply);
        }
    }

    private void disconnect() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is gone.
        }
        wire = null;
    }

    /** As far as the reply to DATA, or the first that isn't in order. */
    private String begin() throws IOException {
        wire.say("MAIL FROM:<jan@dupont.example>");
        var reply = wire.reply();
        if (!reply.startsWith("250")) {
            return reply;
        }
        wire.say("RCPT TO:<client@client.example>");
        reply = wire.reply();
        if (!reply.startsWith("250")) {
            return reply;
        }
        wire.say("DATA");
        return wire.reply();
    }
}
