package facteur.listener;

import facteur.mail.message.MessageCollector;
import facteur.mail.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads what follows DATA in blocks, removes the dot-stuffing (RFC 5321 §4.5.2), and stops behind the one sequence that ends
/// it: CRLF, dot, CRLF. A bare line feed or carriage return never counts as a line end here, so no letter can hide another.
///
/// For one letter, on one thread.
final class DataReader {
    /// As much as the session buffers, so that one block empties the buffer.
    private static final int BLOCK_BYTES = 8192;
    /// For letters that fill the first block.
    private static final int LARGE_BLOCK_BYTES = 32_768;
    private static final byte[] CARRIAGE_RETURN = {'\r'};

    private enum State {
        LINE_START,
        INSIDE,
        /// A carriage return inside a line.
        RETURN,
        /// A dot at the start of a line: dropped in any case.
        DOT,
        /// A dot at the start of a line and a carriage return, which is held back.
        DOT_RETURN,
        END
    }

    private final InputStream in;
    private final long limitBytes;
    private State state = State.LINE_START;
    private byte[] rest = {};

    /// @param limitBytes where reading stops, even if the letter goes on; far beyond the largest letter
    DataReader(InputStream in, long limitBytes) {
        this.in = in;
        this.limitBytes = limitBytes;
    }

    /// How it ended.
    enum Ending {
        WHOLE,
        /// The connection was lost within the letter.
        LOST,
        /// It is too long even to be read and dropped. The rest must not be read as commands.
        ENDLESS
    }

    Ending readInto(MessageCollector collector) throws IOException {
        var block = new byte[BLOCK_BYTES];
        for (var bytes = 0L; bytes <= limitBytes;) {
            var length = in.read(block, 0, block.length);
            if (length < 0) {
                return Ending.LOST;
            }
            var used = collect(block, length, collector);
            if (state == State.END) {
                rest = Arrays.copyOfRange(block, used, length);
                return Ending.WHOLE;
            }
            bytes += length;
            if (length == block.length && length < LARGE_BLOCK_BYTES) {
                block = new byte[LARGE_BLOCK_BYTES];
            }
        }
        return Ending.ENDLESS;
    }

    /// What the app pipelined behind the letter, as far as it was read.
    byte[] rest() {
        return rest;
    }

    /// How many octets of the block belong to the letter.
    private int collect(byte[] block, int length, MessageCollector collector) {
        var start = 0;
        for (var i = 0; i < length; i++) {
            var octet = block[i];
            switch (state) {
                case LINE_START -> {
                    if (octet == '.') {
                        collector.write(block, start, i - start);
                        start = i + 1;
                        state = State.DOT;
                    } else {
                        state = inside(octet);
                    }
                }
                case INSIDE -> {
                    var lineFeed = Octets.lineFeed(block, i, length);
                    state = behind(block, i, lineFeed, length);
                    i = lineFeed;
                }
                case RETURN -> state = octet == '\n' ? State.LINE_START : inside(octet);
                case DOT -> {
                    if (octet == '\r') {
                        start = i + 1;
                        state = State.DOT_RETURN;
                    } else {
                        state = inside(octet);
                    }
                }
                case DOT_RETURN -> {
                    if (octet == '\n') {
                        state = State.END;
                        return i + 1;
                    }
                    collector.write(CARRIAGE_RETURN, 0, 1);
                    state = inside(octet);
                }
                case END -> throw new IllegalStateException("read on behind the end");
            }
        }
        collector.write(block, start, length - start);
        return length;
    }

    /// Where a line feed leaves what was inside a line. The octet before it says: there, and at the end of a block, alone a
    /// carriage return counts.
    private static State behind(byte[] block, int from, int lineFeed, int length) {
        var isReturned = lineFeed > from && block[lineFeed - 1] == '\r';
        return !isReturned ? State.INSIDE : lineFeed < length ? State.LINE_START : State.RETURN;
    }

    private static State inside(byte octet) {
        return octet == '\r' ? State.RETURN : State.INSIDE;
    }
}
