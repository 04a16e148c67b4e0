package facteur.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/// An app with a connection to the relay. For one thread.
final class TrialApp implements AutoCloseable {
    private final Wire wire;

    private TrialApp(Wire wire) {
        this.wire = wire;
    }

    /// In clear, known by its address.
    static TrialApp in(int port) throws IOException {
        var app = new TrialApp(new Wire(new Socket(InetAddress.getLoopbackAddress(), port)));
        app.wire.reply();
        app.say("EHLO app.example");
        return app;
    }

    /// Over TLS, known by its login.
    static TrialApp secured(int port, SSLContext context) throws IOException {
        var app = in(port);
        app.say("STARTTLS");
        app.wire.shakeHands(context, true);
        app.say("EHLO app.example");
        var login = "\0" + TrialFiles.LOGIN + "\0" + TrialFiles.PASSWORD;
        app.say("AUTH PLAIN " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        return app;
    }

    private void say(String line) throws IOException {
        wire.write(line + "\r\n");
        wire.flush();
        var reply = wire.reply();
        if (reply.charAt(0) > '3') {
            throw new IOException("refused: " + line + ": " + reply);
        }
    }

    /// One command at a time, as most apps do. A letter that is refused at its end, by pass-through, is one that the day has, too.
    void send(String sender, String recipient, byte[] letter) throws IOException {
        say("MAIL FROM:<" + sender + ">");
        say("RCPT TO:<" + recipient + ">");
        say("DATA");
        wire.write(letter);
        wire.write(".\r\n");
        wire.flush();
        wire.reply();
    }

    /// Several recipients, all commands in one flight, the letter in two blocks (RFC 3030).
    void sendInBlocks(String sender, byte[] letter, String... recipients) throws IOException {
        wire.write("MAIL FROM:<" + sender + "> BODY=8BITMIME SIZE=" + letter.length + "\r\n");
        for (var recipient : recipients) {
            wire.write("RCPT TO:<" + recipient + ">\r\n");
        }
        var half = letter.length / 2;
        wire.write("BDAT " + half + "\r\n");
        wire.write(Arrays.copyOf(letter, half));
        wire.write("BDAT " + (letter.length - half) + " LAST\r\n");
        wire.write(Arrays.copyOfRange(letter, half, letter.length));
        wire.flush();
        for (var i = 0; i < recipients.length + 3; i++) {
            wire.reply();
        }
    }

    @Override
    public void close() throws IOException {
        wire.write("QUIT\r\n");
        wire.flush();
        wire.close();
    }
}
