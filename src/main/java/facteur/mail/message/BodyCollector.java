package facteur.mail.message;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps a body in memory until it grows past a limit, or there is no more memory to be had; from then on in a file. What
/// it takes of the memory it gives back when it is discarded, or has moved to the file. For one thread.
public final class BodyCollector {
    private static final byte[] NONE = {};
    /// Dots that are taken away cut a letter into pieces as small as its lines.
    private static final int FILE_BLOCK_BYTES = 32_768;

    private final int memoryBytes;
    private final ReceivingMemory receivingMemory;
    private final BodyFiles files;

    private long heldBytes;
    /// As large as the first piece, which is the whole of a small body; what comes behind it makes it grow by doubling.
    private byte @Nullable [] memory = NONE;
    private @Nullable Path file;
    private @Nullable OutputStream out;
    /// Of what goes to the file, which isn't read for it again.
    private @Nullable BodyDigester digester;
    private long sizeBytes;

    /// @param receivingMemory shared: without room in it, the body goes to a file at once
    public BodyCollector(int memoryBytes, ReceivingMemory receivingMemory, BodyFiles files) {
        this.memoryBytes = memoryBytes;
        this.receivingMemory = receivingMemory;
        this.files = files;
    }

    public void write(byte[] octets, int from, int to) throws IOException {
        var before = sizeBytes;
        sizeBytes += to - from;
        if (memory != null) {
            if (sizeBytes <= memoryBytes && receivingMemory.take(ReceivingMemory.Kind.BODY, to - from)) {
                heldBytes += to - from;
                memory = withRoom(memory, (int) before, (int) sizeBytes);
                System.arraycopy(octets, from, memory, (int) before, to - from);
                return;
            }
            moveToFile(memory, (int) before);
            forgetMemory();
        }
        if (out != null && digester != null) {
            digester.update(octets, from, to);
            out.write(octets, from, to - from);
        }
    }

    private static byte[] withRoom(byte[] octets, int used, int wanted) {
        return wanted <= octets.length ? octets : Arrays.copyOf(octets, used == 0 ? wanted : Math.max(wanted, 2 * octets.length));
    }

    private void moveToFile(byte[] soFar, int length) throws IOException {
        file = files.create();
        out = new BufferedOutputStream(Files.newOutputStream(file), FILE_BLOCK_BYTES);
        digester = new BodyDigester();
        digester.update(soFar, 0, length);
        out.write(soFar, 0, length);
    }

    /// The body; a file belongs to the caller from now on.
    public Body finish() throws IOException {
        if (out != null && file != null) {
            out.close();
            out = null;
            var body = new FileBody(file, sizeBytes);
            file = null;
            return body;
        }
        return new MemoryBody(memory == null ? NONE : memory.length == sizeBytes ? memory : Arrays.copyOf(memory, (int) sizeBytes));
    }

    /// Of a body in a file. To be called once, after [#finish].
    Optional<String> digest() {
        return Optional.ofNullable(digester).map(BodyDigester::finish);
    }

    private void forgetMemory() {
        memory = null;
        receivingMemory.give(heldBytes);
        heldBytes = 0;
    }

    /// Gives the memory back, and deletes what [#finish] has not given away.
    public void discard() {
        forgetMemory();
        try {
            if (out != null) {
                out.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // The sweep at the next start takes it.
        }
        out = null;
        file = null;
    }
}
