package facteur.listener;

import facteur.mail.message.MessageCollector;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads the octets that follow BDAT: as many as it says, without looking at them (RFC 3030 §2). For one thread.
final class ChunkReader {
    private static final int BLOCK_BYTES = 32_768;

    private final InputStream in;
    private final byte[] block;
    private long left;

    ChunkReader(InputStream in, long chunkBytes) {
        this.in = in;
        this.block = new byte[(int) Math.min(BLOCK_BYTES, chunkBytes)];
        this.left = chunkBytes;
    }

    /// @throws EOFException when the connection ends before the chunk does
    void readInto(MessageCollector collector) throws IOException {
        while (left > 0) {
            collector.write(block, 0, next());
        }
    }

    /// Reads the chunk and drops it, so that none of it runs as a command.
    ///
    /// @throws EOFException when the connection ends before the chunk does
    void drain() throws IOException {
        while (left > 0) {
            next();
        }
    }

    /// Fills the block, as far as octets have come.
    private int next() throws IOException {
        var length = in.read(block, 0, (int) Math.min(block.length, left));
        if (length < 0) {
            throw new EOFException("connection lost inside a chunk");
        }
        left -= length;
        return length;
    }
}
