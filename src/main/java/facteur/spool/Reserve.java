package facteur.spool;

import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.Set;

/// A file that holds room on the disk for the worst hour: when there is none left, it is given up, and what is queued can
/// leave, be held or removed. New letters get nothing of it: while it is missing they need that much more.
///
/// It is as large as the write-ahead log may grow before it goes into the database, and a little more for what is written
/// until then: with that much room the log always comes to its end, and is used from its beginning again.
///
/// Thread-safe. An operator's command gives up the daemon's.
public final class Reserve {
    static final String NAME = "reserve";
    /// 16 MB of log ([Committer#CHECKPOINT_PAGES]) and 4 MB.
    static final long BYTES = 20L << 20;
    /// With less than this on the disk a start may fail before the spool is there to ask for more.
    private static final long BARE_BYTES = 2L << 20;
    private static final int PIECE_BYTES = 1 << 20;

    private final Path state;
    private final Path file;
    private final long sizeBytes;

    public Reserve(Path state) {
        this(state, BYTES);
    }

    Reserve(Path state, long sizeBytes) {
        this.state = state;
        this.file = state.resolve(NAME);
        this.sizeBytes = sizeBytes;
    }

    /// How much of the disk has to stay free for it: all of it, or nothing once it is there.
    long missingBytes() {
        try {
            return Files.size(file) < sizeBytes ? sizeBytes : 0;
        } catch (IOException none) {
            return sizeBytes;
        }
    }

    /// Frees its room.
    ///
    /// @return whether there was any
    boolean giveUp() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException kept) {
            return false;
        }
    }

    /// The same when there is hardly anything left, before the database is opened.
    public boolean giveUpOnFullDisk() {
        return state.toFile().getUsableSpace() < BARE_BYTES && giveUp();
    }

    /// Makes it, of blocks that are really allocated, unless it is there. When this throws there is none.
    ///
    /// @return whether it had to be made
    boolean make() throws IOException {
        if (missingBytes() == 0) {
            return false;
        }
        var unfinished = state.resolve(NAME + ".new");
        Files.deleteIfExists(unfinished);
        try (var channel = FileChannel.open(
                unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.FILE_MODE)) {
            // Some file systems keep nothing for octets that are all alike.
            var random = new Random(sizeBytes);
            var piece = new byte[PIECE_BYTES];
            for (var left = sizeBytes; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                var octets = ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, left));
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
            }
            channel.force(true);
        } catch (IOException failure) {
            StateFolder.discard(unfinished);
            throw failure;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }
}
