package facteur.listener;

import facteur.smtp.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Collects replies until [#send], or until there are too many. The few replies that SubEthaSMTP's session gives by
/// itself, most without an enhanced status code, are put into our words.
///
/// Thread-safe: a stop may write its 421 while the session is at work.
final class ReplyStream extends OutputStream {
    private static final int LIMIT_BYTES = 8 * 1024;

    /// How SubEthaSMTP's own replies start, and what is said instead.
    private static final Map<String, Reply> STOCK = Map.of(
            "421 Too many connections", Replies.TOO_MANY_CONNECTIONS,
            "421 Timeout waiting", Replies.IDLE,
            "500 Error:", Replies.UNKNOWN_VERB,
            "501 Input line length", Replies.LINE_TOO_LONG,
            "501 Syntax error", Replies.BAD_LINE);

    private final OutputStream out;
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);

    ReplyStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public synchronized void write(int octet) {
        line.write(octet);
        if (octet == '\n') {
            endLine();
        }
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) throws IOException {
        for (var i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
        if (replies.size() > LIMIT_BYTES) {
            send();
        }
    }

    /// Nothing: whoever writes a reply doesn't know whether another follows.
    @Override
    public void flush() {}

    /// Sends what was collected.
    synchronized void send() throws IOException {
        if (replies.size() > 0) {
            replies.writeTo(out);
            replies.reset();
            out.flush();
        }
    }

    /// Sends what is left. The socket is somebody else's to close.
    @Override
    public void close() throws IOException {
        send();
    }

    private void endLine() {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        var reply = STOCK.entrySet().stream()
                .filter(stock -> text.startsWith(stock.getKey()))
                .findFirst()
                .map(stock -> stock.getValue().wire() + "\r\n")
                .orElse(text);
        replies.writeBytes(reply.getBytes(StandardCharsets.UTF_8));
    }
}
