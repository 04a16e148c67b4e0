package facteur.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reads replies of a peer, whole ones only, and knows whether octets have come that nothing asked for. One thread.
///
/// Bounded by [Source#allow]: by time, and by the number of octets in a reply.
final class ReplyReader {
    /// Where the octets come from.
    interface Source {
        /// At the time of asking: TLS may come between.
        InputStream source() throws IOException;

        /// Whether there are octets to read; with TLS they need not amount to any that [#source] gives.
        boolean hasArrived() throws IOException;

        /// What is sent from now on is awaited for so long in all, and counted from zero.
        void allow(Duration timeout);
    }

    /// For what has arrived already to pass through TLS.
    private static final Duration MOMENT = Duration.ofMillis(50);

    private static final int CODE_LENGTH = 3;

    private final Source source;
    private final byte[] buffer = new byte[4096];
    private int next;
    private int end;
    private boolean isEnded;

    ReplyReader(Source source) {
        this.source = source;
    }

    /// @return its lines as they came, each ended by a line feed; what is no reply ends with its first line
    /// @throws EOFException when the peer has closed the connection, at the end of a line or without any
    String read() throws IOException {
        var line = readLine();
        if (!isFollowed(line)) {
            return line + '\n';
        }
        var reply = new StringBuilder();
        for (; isFollowed(line); line = readLine()) {
            reply.append(line).append('\n');
        }
        return reply.append(line).append('\n').toString();
    }

    private static boolean isFollowed(String line) {
        return line.length() > CODE_LENGTH && line.charAt(CODE_LENGTH) == '-';
    }

    /// That of its last line; -1 when it has none.
    static int code(String reply) {
        var start = reply.lastIndexOf('\n', reply.length() - 2) + 1;
        if (reply.length() < start + CODE_LENGTH || reply.charAt(start) < '2' || reply.charAt(start) > '5') {
            return -1;
        }
        return isDigit(reply.charAt(start + 1)) && isDigit(reply.charAt(start + 2))
                ? Integer.parseInt(reply, start, start + CODE_LENGTH, 10)
                : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether anything waits to be read, the end of the connection included if it is known.
    ///
    /// Octets of TLS need not be octets of a reply: there are tickets and new keys among them. So they are read, for a moment.
    boolean hasMore() throws IOException {
        if (next < end || isEnded) {
            return true;
        }
        if (!source.hasArrived()) {
            return false;
        }
        source.allow(MOMENT);
        try {
            fill();
            return true;
        } catch (SocketTimeoutException onlyForTls) {
            return false;
        }
    }

    /// Up to a line feed, or to the end of the connection; carriage returns before a line feed are no part of the line.
    private String readLine() throws IOException {
        if (next == end && !fill()) {
            throw new EOFException("connection closed by the upstream");
        }
        var start = next;
        next = lineFeed();
        if (next == end) {
            return readLongLine(text(start, end));
        }
        var to = next++;
        while (to > start && buffer[to - 1] == '\r') {
            to--;
        }
        return text(start, to);
    }

    /// What doesn't lie in the buffer as a whole, as nearly every line does.
    private String readLongLine(String begun) throws IOException {
        var line = new StringBuilder(begun);
        while (fill()) {
            var start = next;
            next = lineFeed();
            line.append(text(start, next));
            if (next < end) {
                next++;
                return withoutReturns(line);
            }
        }
        return line.toString();
    }

    private int lineFeed() {
        var i = next;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String withoutReturns(StringBuilder line) {
        var length = line.length();
        while (length > 0 && line.charAt(length - 1) == '\r') {
            length--;
        }
        return line.substring(0, length);
    }

    private boolean fill() throws IOException {
        var received = source.source().read(buffer, 0, buffer.length);
        isEnded = received < 0;
        next = 0;
        end = Math.max(0, received);
        return !isEnded;
    }
}
