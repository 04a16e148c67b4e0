package facteur.mail.returned;

import java.io.OutputStream;

/// Cuts octets into lines, however they end: with CRLF, a line feed or a carriage return alone, or several carriage returns
/// before one line feed, as some gateways write. Memory is one piece of a line. One thread.
final class LooseLines extends OutputStream {
    /// A longer line comes in pieces, of which most readers need the first alone.
    static final int PIECE_BYTES = 8192;

    private final LineSink sink;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int size;
    private int returns;
    private boolean isStarted;

    LooseLines(LineSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        for (var i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    @Override
    public void write(int octet) {
        if (octet == '\n') {
            returns = 0;
            endLine();
        } else if (octet == '\r') {
            returns++;
        } else {
            endReturns();
            if (size == PIECE_BYTES) {
                give();
            }
            piece[size++] = (byte) octet;
        }
    }

    /// The octets end here, perhaps within a line.
    void finish() {
        endReturns();
        if (size > 0 || isStarted) {
            endLine();
        }
        sink.finish();
    }

    private void endReturns() {
        for (; returns > 0; returns--) {
            endLine();
        }
    }

    private void endLine() {
        if (size > 0 || !isStarted) {
            give();
        }
        isStarted = false;
        sink.endLine();
    }

    private void give() {
        if (isStarted) {
            sink.more(piece, size);
        } else {
            sink.start(piece, size);
        }
        isStarted = true;
        size = 0;
    }
}
