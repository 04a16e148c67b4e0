package facteur.listener;

import facteur.mail.message.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Gives what an app sends to SubEthaSMTP one line at a time, as its reader expects it: ended by CRLF, and in UTF-8. So
/// neither the reader nor the buffer before it ever holds an octet behind the current command: what follows may be a letter,
/// which is read without change ([#readOctets]).
///
/// Line ends: the first line decides. An app that ends it with a bare line feed (a shell script, an old device), or with CR CR
/// LF (a program on Windows that writes CRLF in text mode), may end all its commands so. From an app that began with CRLF, a
/// bare line feed within a command is a fault: it came in with an address or a name that the app didn't check, and what stands
/// behind it is not what the app meant to send. A letter always ends at CRLF, dot, CRLF ([DataReader]).
///
/// All carriage returns right before the line feed are part of the line end. Blanks around a line are dropped. Octets that
/// aren't UTF-8 are replaced by U+FFFD: [Verb] refuses them where they matter.
///
/// For one connection, on its session's thread.
final class CommandLines extends InputStream {
    /// How a line ends for this app.
    enum LineEnd {
        UNKNOWN,
        CRLF,
        OTHER
    }

    /// Longer than any line may be: readers of lines refuse it before.
    private static final int LIMIT_BYTES = ResponseLine.LIMIT_BYTES + 2;

    private final InputStream in;

    /// The start of a line whose end hasn't come yet.
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream(64);

    /// The line that is ready to be read: mostly a part of what was read, as it came.
    private ByteArrayInputStream ready = new ByteArrayInputStream(new byte[0]);

    /// Octets that were read beyond the line.
    private byte[] ahead = {};
    private int at;

    /// How many octets pass without change before lines do again.
    private long octetsLeft;
    private LineEnd lineEnd = LineEnd.UNKNOWN;

    CommandLines(InputStream in) {
        this.in = in;
    }

    LineEnd lineEnd() {
        return lineEnd;
    }

    /// As many octets pass without change, and none behind them.
    void readOctets(long count) {
        octetsLeft = count;
    }

    /// From now on lines pass, one at a time.
    void readLines() {
        octetsLeft = 0;
    }

    /// Returns octets that were read too far: they are the next to be read.
    void unread(byte[] octets) {
        if (octets.length > 0) {
            var all = Arrays.copyOf(octets, octets.length + ahead.length - at);
            System.arraycopy(ahead, at, all, octets.length, ahead.length - at);
            ahead = all;
            at = 0;
        }
    }

    @Override
    public int read() throws IOException {
        var octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ready.available() == 0) {
            if (octetsLeft > 0) {
                return readOctets(octets, offset, (int) Math.min(length, octetsLeft));
            }
            if (!readLine(octets, offset, length)) {
                return -1;
            }
        }
        return ready.read(octets, offset, length);
    }

    private int readOctets(byte[] octets, int offset, int length) throws IOException {
        if (at == ahead.length) {
            var count = in.read(octets, offset, length);
            octetsLeft -= Math.max(0, count);
            return count;
        }
        var count = Math.min(length, ahead.length - at);
        System.arraycopy(ahead, at, octets, offset, count);
        at += count;
        octetsLeft -= count;
        return count;
    }

    /// Makes the next line ready.
    ///
    /// @param room to read into; its content has no meaning afterwards
    /// @return false at the end of the connection
    private boolean readLine(byte[] room, int offset, int length) throws IOException {
        while (true) {
            if (at == ahead.length) {
                var count = in.read(room, offset, length);
                if (count < 0) {
                    return false;
                }
                ahead = Arrays.copyOfRange(room, offset, offset + count);
                at = 0;
            }
            if (takeLine()) {
                return true;
            }
        }
    }

    /// Takes octets up to the end of the line, or of what was read.
    ///
    /// @return whether the line is ready
    private boolean takeLine() {
        var from = at;
        var limit = from + LIMIT_BYTES - begun.size();
        while (at < ahead.length && at < limit) {
            if (ahead[at++] == '\n') {
                end(from);
                return true;
            }
        }
        begun.write(ahead, from, at - from);
        if (at < limit) {
            return false;
        }
        ready = new ByteArrayInputStream(takeBegun());
        return true;
    }

    /// @param from where the line, or the rest of it, starts; it ends where the next octet is to be read
    private void end(int from) {
        if (begun.size() == 0) {
            ready = ended(ahead, from, at - 1);
        } else {
            begun.write(ahead, from, at - from);
            var line = takeBegun();
            ready = ended(line, 0, line.length - 1);
        }
    }

    private byte[] takeBegun() {
        var octets = begun.toByteArray();
        begun.reset();
        return octets;
    }

    /// @param feed where the line feed is
    private ByteArrayInputStream ended(byte[] octets, int from, int feed) {
        var start = from;
        while (isBlank(octets[start])) {
            start++;
        }
        var end = feed;
        while (end > start && octets[end - 1] == '\r') {
            end--;
        }
        var isBare = end == feed;
        if (lineEnd == LineEnd.UNKNOWN) {
            lineEnd = end == feed - 1 ? LineEnd.CRLF : LineEnd.OTHER;
        }
        while (end > start && isBlank(octets[end - 1])) {
            end--;
        }
        var isWritten = end == feed - 1 && octets[end] == '\r' && Octets.isAscii(octets, start, end);
        return isWritten
                ? new ByteArrayInputStream(octets, start, feed + 1 - start)
                // The reader refuses the line for a bare line feed, and with it all that follows on this connection.
                : rewritten(octets, start, end, isBare && lineEnd == LineEnd.CRLF ? "\n\r\n" : "\r\n");
    }

    /// In UTF-8.
    private static ByteArrayInputStream rewritten(byte[] octets, int start, int end, String lineEnd) {
        var line = new String(octets, start, end - start, StandardCharsets.UTF_8) + lineEnd;
        return new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /// Without asking the system, as a buffer does after each read.
    @Override
    public int available() {
        return ready.available() + ahead.length - at;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
