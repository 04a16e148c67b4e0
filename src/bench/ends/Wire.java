import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The lines of SMTP over a connection, both ways. For one thread. */
final class Wire {
    /** A letter's number. */
    static final String NUMBER = "X-Number: ";

    /** When it was due to be sent, by the clock of this program. */
    static final String DUE = "X-Due: ";

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[16 * 1024];
    private final StringBuilder unsaid = new StringBuilder();
    private int from;
    private int to;
    private int start;

    Wire(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Reads a line, which is there until the next is read. */
    void next() throws IOException {
        var seen = from;
        while (true) {
            for (; seen < to; seen++) {
                if (buffer[seen] == '\n') {
                    start = from;
                    from = seen + 1;
                    return;
                }
            }
            seen -= from;
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            if (to == buffer.length) {
                throw new IOException("a long line");
            }
            var length = in.read(buffer, to, buffer.length - to);
            if (length < 0) {
                throw new EOFException();
            }
            to += length;
        }
    }

    /** Whether another line, or part of it, has come already. */
    boolean hasMore() throws IOException {
        return to > from || in.available() > 0;
    }

    /** Whether the line starts so, in any case. */
    boolean startsWith(String word) {
        if (from - start < word.length()) {
            return false;
        }
        for (var i = 0; i < word.length(); i++) {
            if (Character.toUpperCase((char) buffer[start + i]) != Character.toUpperCase(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing in the line but this. */
    boolean is(String text) {
        return from - start == text.length() + 2 && startsWith(text);
    }

    /** The number behind the name of a field. */
    long number(String name) {
        return Long.parseLong(text().substring(name.length()));
    }

    private String text() {
        return new String(buffer, start, from - start, StandardCharsets.ISO_8859_1).strip();
    }

    /** The last line of a reply. */
    String reply() throws IOException {
        do {
            next();
        } while (from - start > 3 && buffer[start + 3] == '-');
        return text();
    }

    void say(String line) throws IOException {
        add(line);
        flush();
    }

    /** To be said with the next one. */
    void add(String line) {
        unsaid.append(line).append("\r\n");
    }

    void flush() throws IOException {
        if (!unsaid.isEmpty()) {
            write(unsaid.toString().getBytes(StandardCharsets.US_ASCII));
            unsaid.setLength(0);
        }
    }

    void write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }
}
