package facteur.listener;

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

    private static final byte[] CRLF = {'\r', '\n'};

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);

    /// The line that is ready to be read.
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
                ready = new ByteArrayInputStream(line.toByteArray());
                line.reset();
                return true;
            }
        }
    }

    /// Moves octets to the line, up to its end or that of what was read.
    ///
    /// @return whether it is whole
    private boolean takeLine() throws IOException {
        while (at < ahead.length) {
            var octet = ahead[at++];
            if (octet == '\n') {
                end();
                return true;
            }
            line.write(octet);
            if (line.size() == LIMIT_BYTES) {
                return true;
            }
        }
        return false;
    }

    private void end() throws IOException {
        var octets = line.toByteArray();
        var start = 0;
        while (start < octets.length && isBlank(octets[start])) {
            start++;
        }
        var end = octets.length;
        while (end > start && octets[end - 1] == '\r') {
            end--;
        }
        var isBare = end == octets.length;
        if (lineEnd == LineEnd.UNKNOWN) {
            lineEnd = end == octets.length - 1 ? LineEnd.CRLF : LineEnd.OTHER;
        }
        while (end > start && isBlank(octets[end - 1])) {
            end--;
        }
        line.reset();
        line.writeBytes(utf8(octets, start, end));
        if (isBare && lineEnd == LineEnd.CRLF) {
            // The reader refuses the line for it, and with it all that follows on this connection.
            line.write('\n');
        }
        line.write(CRLF);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static byte[] utf8(byte[] octets, int start, int end) {
        for (var i = start; i < end; i++) {
            if (octets[i] < 0) {
                return new String(octets, start, end - start, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            }
        }
        return Arrays.copyOfRange(octets, start, end);
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
