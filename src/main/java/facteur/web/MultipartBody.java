package facteur.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A body in parts (RFC 2046 §5.1), read as a stream and strictly: as browsers write it, and in no other way. Nothing stands before the
/// first part or after the last, lines end with CRLF, and a boundary stands alone on its line. One thread.
final class MultipartBody {
    /// Browsers send three fields, with the name of a file in one.
    private static final int MOST_HEAD = 4096;

    private static final int SIZE = 65_536;
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private final InputStream in;

    /// What ends a part: a line end belongs to it.
    private final byte[] delimiter;

    private final byte[] buffer = new byte[SIZE];
    private int at;
    private int end;

    MultipartBody(InputStream in, String boundary) {
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw FormBudget.unreadable("has no boundary, or none of 1 to 70 letters");
        }
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        // So that the first delimiter is as the others are.
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /// Goes to the first part.
    ///
    /// @return whether there is one
    boolean first() {
        if (new Content().read() >= 0) {
            throw FormBudget.unreadable("doesn't begin with its boundary");
        }
        return isAtPart();
    }

    /// Goes to the next part. The last must have been read to its end.
    ///
    /// @return whether there is one
    boolean isAtPart() {
        var behind = twoOctets();
        if (behind.equals("\r\n")) {
            return true;
        }
        if (!behind.equals("--")) {
            throw FormBudget.unreadable("has a boundary with more behind it");
        }
        fill(3);
        var rest = end - at;
        if (rest > 2 || rest > 0 && !twoOctets().equals("\r\n")) {
            throw FormBudget.unreadable("goes on behind its end");
        }
        return false;
    }

    /// The lines above a part's content, without their ends.
    List<String> head() {
        var lines = new ArrayList<String>();
        var left = MOST_HEAD;
        for (var line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length();
            lines.add(line);
        }
        return lines;
    }

    /// What is no UTF-8 is read as U+FFFD.
    private String line(int most) {
        var from = at;
        for (var length = 0; length <= most; length++) {
            fill(length + 2);
            from = at;
            if (from + length + 2 > end) {
                throw FormBudget.unreadable("ends within a part");
            }
            var octet = buffer[from + length];
            if (octet == '\r' && buffer[from + length + 1] == '\n') {
                at += length + 2;
                return new String(buffer, from, length, StandardCharsets.UTF_8);
            }
            if (octet >= 0 && octet < ' ' && octet != '\t' || octet == 0x7F) {
                throw FormBudget.unreadable("has a control character above a part");
            }
        }
        throw ProblemDetails.of(413, "form.head-too-large", "", "above a part of a form there may be " + MOST_HEAD + " octets at most").refused();
    }

    private String twoOctets() {
        fill(2);
        if (end - at < 2) {
            throw FormBudget.unreadable("ends within a boundary");
        }
        at += 2;
        return new String(buffer, at - 2, 2, StandardCharsets.ISO_8859_1);
    }

    /// Reads until there are so many octets, or no more come.
    private void fill(int octets) {
        if (at + octets > SIZE) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        try {
            var read = 0;
            while (end - at < octets && read >= 0) {
                read = in.read(buffer, end, SIZE - end);
                end += Math.max(read, 0);
            }
        } catch (IOException e) {
            throw new PeerGoneException(e);
        }
    }

    /// What stands between the head of a part and the next boundary; to be read to its end.
    InputStream content() {
        return new Content();
    }

    private final class Content extends InputStream {
        private final byte[] one = new byte[1];
        private boolean isEnd;

        @Override
        public int read() {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (isEnd) {
                return -1;
            }
            if (length == 0) {
                return 0;
            }
            fill(delimiter.length);
            var plain = plainOctets();
            if (plain == 0) {
                at += delimiter.length;
                isEnd = true;
                return -1;
            }
            var taken = Math.min(plain, length);
            System.arraycopy(buffer, at, into, offset, taken);
            at += taken;
            return taken;
        }

        /// How many octets, of those that are here, belong to the content for sure.
        private int plainOctets() {
            for (var i = at; i < end; i++) {
                if (buffer[i] == '\r' && isDelimiter(i)) {
                    if (i + delimiter.length <= end) {
                        return i - at;
                    }
                    if (i > at) {
                        return i - at; // The rest decides when it is here.
                    }
                    throw FormBudget.unreadable("ends within a part");
                }
            }
            if (at == end) {
                throw FormBudget.unreadable("ends within a part");
            }
            return end - at;
        }

        /// Whether it is one as far as it is here.
        private boolean isDelimiter(int from) {
            for (var i = 0; i < delimiter.length && from + i < end; i++) {
                if (buffer[from + i] != delimiter[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
