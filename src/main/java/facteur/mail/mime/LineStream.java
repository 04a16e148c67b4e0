package facteur.mail.mime;

import facteur.mail.message.Octets;
import java.io.OutputStream;

/// Cuts a body into its lines, wherever the pieces end that it comes in. A line that is longer than any that matters comes
/// in several. One thread.
final class LineStream extends OutputStream {
    /// A longer line is neither a boundary nor a field that we read.
    static final int PIECE_BYTES = 8192;

    /// Gets the lines.
    interface Lines {
        /// A line with its CRLF, or as much of it as is whole.
        ///
        /// @param at where in the body it begins
        void begin(long at, byte[] octets, int from, int to);

        /// More of that line.
        void more(byte[] octets, int from, int to);
    }

    private final Lines lines;
    private final byte[] kept = new byte[PIECE_BYTES];
    private int keptSize;
    private boolean isBegun;
    private long lineAt;
    private long lineBytes;
    private byte last;

    LineStream(Lines lines) {
        this.lines = lines;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        var end = offset + length;
        var start = offset;
        for (var i = Octets.lineEnd(octets, offset, end); i < end; i = Octets.lineEnd(octets, i + 1, end)) {
            if (octets[i] == '\n' && (i > offset ? octets[i - 1] : last) == '\r') {
                endLine(octets, start, i + 1);
                start = i + 1;
            }
        }
        if (start < end) {
            keep(octets, start, end);
        }
        if (length > 0) {
            last = octets[end - 1];
        }
    }

    /// The body ends here, perhaps within a line.
    void finish() {
        giveKept();
    }

    private void endLine(byte[] octets, int from, int to) {
        if (keptSize == 0 && !isBegun) {
            lineBytes += to - from;
            give(octets, from, to);
        } else {
            keep(octets, from, to);
            giveKept();
        }
        lineAt += lineBytes;
        lineBytes = 0;
        isBegun = false;
    }

    private void keep(byte[] octets, int from, int to) {
        lineBytes += to - from;
        var start = from;
        if (!isBegun) {
            var count = Math.min(to - from, PIECE_BYTES - keptSize);
            System.arraycopy(octets, from, kept, keptSize, count);
            keptSize += count;
            start += count;
            if (start == to) {
                return;
            }
            giveKept();
        }
        lines.more(octets, start, to);
    }

    private void giveKept() {
        if (keptSize > 0) {
            give(kept, 0, keptSize);
            keptSize = 0;
        }
    }

    private void give(byte[] octets, int from, int to) {
        var first = Math.min(to, from + PIECE_BYTES);
        lines.begin(lineAt, octets, from, first);
        isBegun = true;
        if (first < to) {
            lines.more(octets, first, to);
        }
    }
}
