package facteur.listener;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Collects replies until [#send], or until there are too many. The few replies that SubEthaSMTP's session gives by itself,
/// most of them without an enhanced status code, are replaced by those of [Replies]. The library has no place where a reply
/// could be set, so they are recognised here by their first words; a test fails when a release of it words them otherwise.
///
/// Thread-safe: a stop may write its 421 while the session is at work.
final class ReplyStream extends OutputStream {
    private static final int LIMIT_BYTES = 8 * 1024;

    /// How SubEthaSMTP's own replies start, and what is sent instead.
    private static final Map<String, Reply> STOCK = Map.of(
            "421 Too many connections", Replies.TOO_MANY_CONNECTIONS,
            "421 Timeout waiting", Replies.IDLE,
            "500 Error:", Replies.UNKNOWN_VERB,
            "501 Input line length", Replies.LINE_TOO_LONG,
            "501 Syntax error", Replies.BAD_LINE);

    /// Behind the code of a reply's last line (RFC 5321 §4.2.1).
    private static final int CODE_END = 3;

    private final OutputStream out;
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream(512);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    /// The letters whose replies are among those collected.
    private final List<QueueId> unsent = new ArrayList<>(0);
    private int refusals;
    private volatile long sendingSinceNanos;
    private volatile boolean isSending;

    ReplyStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) throws IOException {
        var start = offset;
        for (var i = offset; i < offset + length; i++) {
            if (octets[i] == '\n') {
                endLine(octets, start, i + 1);
                start = i + 1;
            }
        }
        line.write(octets, start, offset + length - start);
        if (replies.size() > LIMIT_BYTES) {
            send();
        }
    }

    /// Nothing: the writer of a reply doesn't know whether another follows.
    @Override
    public void flush() {}

    /// Sends what was collected. What could not be sent stays: [#removeUnsent].
    synchronized void send() throws IOException {
        if (replies.size() > 0) {
            sendingSinceNanos = System.nanoTime();
            isSending = true;
            try {
                replies.writeTo(out);
                out.flush();
                replies.reset();
                unsent.clear();
            } finally {
                isSending = false;
            }
        }
    }

    /// Drops the replies that could not be sent.
    ///
    /// @return the accepted letters among them, in order
    synchronized List<QueueId> removeUnsent() {
        var lost = List.copyOf(unsent);
        unsent.clear();
        replies.reset();
        return lost;
    }

    /// How long the peer has not read its replies; zero when it reads.
    Duration silence() {
        return isSending ? Duration.ofNanos(System.nanoTime() - sendingSinceNanos) : Duration.ZERO;
    }

    /// How many replies refused something for good since the last accepted letter.
    synchronized int refusals() {
        return refusals;
    }

    /// The next reply is to this letter.
    synchronized void accepted(QueueId id) {
        unsent.add(id);
        refusals = 0;
    }

    /// Sends what is left. It doesn't close the socket.
    @Override
    public void close() throws IOException {
        send();
    }

    /// @param to behind the line feed
    private void endLine(byte[] octets, int from, int to) {
        if (line.size() == 0 && octets[from] < '4') {
            // Nearly every reply, neither a refusal nor one of SubEthaSMTP's own.
            replies.write(octets, from, to - from);
            return;
        }
        line.write(octets, from, to - from);
        var reply = inOurWords(line.toString(StandardCharsets.UTF_8));
        line.reset();
        if (reply.startsWith("5") && reply.length() > CODE_END && reply.charAt(CODE_END) == ' ') {
            refusals++;
        }
        replies.writeBytes(reply.getBytes(StandardCharsets.UTF_8));
    }

    private static String inOurWords(String reply) {
        for (var stock : STOCK.entrySet()) {
            if (reply.startsWith(stock.getKey())) {
                return stock.getValue().wire() + "\r\n";
            }
        }
        return reply;
    }
}
