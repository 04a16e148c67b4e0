package facteur.platform.commitlog;

import facteur.platform.disk.FilePlace;
import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file of a fixed size with records that are on the disk when [#append] returns. Once they are written elsewhere, the file is used again
/// from its start ([#rewind]); so an append is one write, and one fsync of a file whose size doesn't change.
///
/// Records are numbered without gaps, over rewinds and restarts, so that those of an earlier round are known by their numbers. A process
/// or a machine that dies leaves at most half an append at the end, which no caller believed in.
///
/// One thread writes; [#read(Path, long)] may be called beside it, and then doesn't see what is being written.
public final class CommitLog implements AutoCloseable {
    /// Page by page: Linux keeps in one piece (a large folio) what was written in one, and counts all of it as written again when one
    /// page is.
    private static final int ZEROS = 4096;
    private static final int BUFFER_BYTES = 1 << 18;

    private final FileChannel channel;
    private final FilePlace place;
    private final int sizeBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long next;
    private int position;

    private CommitLog(FileChannel channel, FilePlace place, int sizeBytes, long next) {
        this.channel = channel;
        this.place = place;
        this.sizeBytes = sizeBytes;
        this.next = next;
    }

    /// What a file has.
    ///
    /// @param contents of the records behind a number, in order
    /// @param end of them: the number of the last one, or the number that was asked for
    /// @param lost how many records lie behind one that is damaged, though they were on disk when it was: they aren't among the others
    public record Records(List<byte[]> contents, long end, int lost) {}

    /// Reads what lies behind a record.
    ///
    /// @param after number of the last record that isn't wanted
    /// @throws CommitLogGap when the file goes on behind a later record
    public static Records read(Path file, long after) throws IOException {
        if (!Files.exists(file)) {
            return new Records(List.of(), after, 0);
        }
        return parse(ByteBuffer.wrap(Files.readAllBytes(file)), after);
    }

    /// @param octets of a file
    static Records parse(ByteBuffer octets, long after) throws CommitLogGap {
        var contents = new ArrayList<byte[]>();
        var end = after;
        var at = 0;
        for (var record = LoggedRecord.read(octets, at); record.isPresent(); record = LoggedRecord.read(octets, at)) {
            var number = record.get().number();
            if (at == 0 && number > after + 1) {
                throw new CommitLogGap(after, number);
            }
            if (number > end + 1) {
                break;
            }
            if (number == end + 1) {
                contents.add(record.get().content());
                end = number;
            }
            at += LoggedRecord.sizeBytes(record.get().content());
        }
        return new Records(List.copyOf(contents), end, lost(octets, at, end));
    }

    /// What was appended in one go may be there in part, in any order, when the machine died in it. What was appended after that proves
    /// that it was whole.
    private static int lost(ByteBuffer octets, int from, long end) {
        var lost = 0;
        for (var at = from; at < octets.limit() - LoggedRecord.HEAD_BYTES; at++) {
            var record = LoggedRecord.read(octets, at);
            if (record.isPresent() && record.get().number() > end && record.get().first() > end + 1) {
                lost++;
            }
        }
        return lost;
    }

    /// Opens the file to be written from its start; makes it when it isn't there, or has another size.
    ///
    /// @param after number of the last record that was read from it or is known elsewhere; all of them are written elsewhere
    public static CommitLog open(Path file, int sizeBytes, long after) throws IOException {
        var isNew = !Files.exists(file) || Files.size(file) != sizeBytes;
        var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PrivateFolder.FILE_MODE);
        try {
            if (isNew) {
                fill(channel, sizeBytes);
                new PrivateFolder(file.resolveSibling("")).sync();
            }
            return new CommitLog(channel, FilePlace.ofFilled(file), sizeBytes, after + 1);
        } catch (IOException failure) {
            channel.close();
            if (isNew) {
                Files.deleteIfExists(file);
            }
            throw failure;
        }
    }

    private static void fill(FileChannel channel, int sizeBytes) throws IOException {
        channel.truncate(sizeBytes);
        var zeros = ByteBuffer.allocate(ZEROS);
        for (var at = 0; at < sizeBytes; at += zeros.limit()) {
            zeros.clear().limit(Math.min(ZEROS, sizeBytes - at));
            writeAll(channel, zeros, at);
        }
        channel.force(true);
    }

    private static void writeAll(FileChannel channel, ByteBuffer octets, long at) throws IOException {
        for (var to = at; octets.hasRemaining();) {
            to += channel.write(octets, to);
        }
    }

    /// How many octets more records may have, their heads included.
    public int roomBytes() {
        return sizeBytes - position;
    }

    /// What of the room a record needs.
    public static int needBytes(byte[] content) {
        return LoggedRecord.sizeBytes(content);
    }

    /// The number that the next record will have.
    public long next() {
        return next;
    }

    /// Writes records. They are on the disk when this returns.
    ///
    /// @throws CommitLogFull when they aren't, for want of room on the disk
    /// @throws IOException when that isn't known
    /// @throws IllegalArgumentException when there is no room for them
    public void append(List<byte[]> contents) throws IOException {
        var size = contents.stream().mapToInt(LoggedRecord::sizeBytes).sum();
        if (size > roomBytes()) {
            throw new IllegalArgumentException(size + " octets for " + roomBytes());
        }
        var octets = size <= buffer.capacity() ? buffer.clear() : ByteBuffer.allocate(size);
        var number = next;
        for (var content : contents) {
            LoggedRecord.write(octets, number++, next, content);
        }
        try {
            writeAll(channel, octets.flip(), position);
        } catch (IOException failure) {
            throw isFull(failure) ? new CommitLogFull(failure) : failure;
        }
        channel.force(false);
        next = number;
        position += size;
    }

    private static boolean isFull(IOException failure) {
        var said = String.valueOf(failure.getMessage());
        return said.contains("No space left") || said.contains("quota exceeded");
    }

    /// Has the next record written at the start: all before it are written elsewhere, and on disk there.
    public void rewind() {
        position = 0;
    }

    /// What happened to the file, as a sentence; empty while it is in place.
    public Optional<String> displaced() {
        return place.trouble();
    }

    /// To be called when nothing is in it that isn't elsewhere: makes it empty, so that its place can be anywhere.
    public void clear() throws IOException {
        rewind();
        writeAll(channel, ByteBuffer.allocate(LoggedRecord.HEAD_BYTES), 0);
        channel.force(false);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException written) {
            // What was appended is on disk.
        }
    }
}
