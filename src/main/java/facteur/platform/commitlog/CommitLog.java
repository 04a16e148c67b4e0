package facteur.platform.commitlog;

import facteur.platform.disk.FilePlace;
import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A file of a fixed size with records that are on the disk when [#append] returns. Once they are written elsewhere, the file is used again
/// from its start ([#rewind]); so an append is one write, and one fsync of a file whose size doesn't change.
///
/// Records are numbered without gaps, over rewinds and restarts, so that those of an earlier lap are known by their numbers; and each has
/// the round of its file, which is made at each start. A process or a machine that dies leaves at most a part of the last append, which
/// no caller believed in.
///
/// One thread writes; [#read] may be called beside it, and then doesn't see what is being written.
public final class CommitLog implements AutoCloseable {
    /// Page by page: Linux keeps in one piece (a large folio) what was written in one, and counts all of it as written again when one
    /// page is.
    private static final int ZEROS = 4096;
    private static final int BUFFER_BYTES = 1 << 18;

    private static final String UNFINISHED = ".new";

    private final FileChannel channel;
    private final FilePlace place;
    private final int sizeBytes;
    private final long round;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long next;
    private volatile int position;
    /// As far as there may be octets of records.
    private int usedBytes;

    private CommitLog(FileChannel channel, FilePlace place, int sizeBytes, long round, long next) {
        this.channel = channel;
        this.place = place;
        this.sizeBytes = sizeBytes;
        this.round = round;
        this.next = next;
    }

    /// What a file has.
    ///
    /// @param contents of the whole records behind a number, in order
    /// @param end number of the last one, or of a later one that is damaged; the number that was asked for when there is none
    /// @param lost how many are damaged or missing, though they were on disk
    public record Records(List<byte[]> contents, long end, int lost) {}

    /// Reads what lies behind a record.
    ///
    /// @param round of the file, as it was given to [#open]
    /// @param after number of the last record that isn't wanted
    /// @throws CommitLogGap when the file begins behind a later record, or is of another round
    public static Records read(Path file, long round, long after) throws IOException {
        return Files.exists(file) ? parse(ByteBuffer.wrap(Files.readAllBytes(file)), round, after) : new Records(List.of(), after, 0);
    }

    /// Whether there is a record, of any round.
    public static boolean isAny(Path file) throws IOException {
        return Files.exists(file) && LoggedRecord.roundAt(ByteBuffer.wrap(Files.readAllBytes(file)), 0).isPresent();
    }

    /// @param octets of a file
    static Records parse(ByteBuffer octets, long round, long after) throws CommitLogGap {
        refuseGap(octets, round, after);
        var records = new TreeMap<Long, LoggedRecord>();
        for (var at = LoggedRecord.next(octets, 0); at < octets.limit();) {
            var record = LoggedRecord.read(octets, at, round);
            record.filter(found -> found.number() > after).ifPresent(found -> records.put(found.number(), found));
            at = LoggedRecord.next(octets, at + record.map(found -> LoggedRecord.sizeBytes(found.content())).orElse(1));
        }
        // What was appended in one go may be there in part, in any order, when the machine died in it. What was appended after that proves
        // that it was whole.
        var last = records.values().stream().mapToLong(LoggedRecord::first).max().orElse(after + 1);
        var contents = new ArrayList<>(records.headMap(last).values());
        var lost = Math.toIntExact(Math.max(0, last - after - 1 - contents.size()));
        var end = Math.max(after, last - 1);
        for (var record = records.get(end + 1); record != null; record = records.get(end + 1)) {
            contents.add(record);
            end++;
        }
        return new Records(contents.stream().map(LoggedRecord::content).toList(), end, lost);
    }

    private static void refuseGap(ByteBuffer octets, long round, long after) throws CommitLogGap {
        var first = LoggedRecord.read(octets, 0, round);
        if (first.isPresent() && first.get().number() > after + 1) {
            throw new CommitLogGap("begins with record " + first.get().number() + ", not behind record " + after);
        }
        var other = LoggedRecord.roundAt(octets, 0);
        if (other.isPresent() && other.getAsLong() != round && LoggedRecord.read(octets, 0, other.getAsLong()).isPresent()) {
            throw new CommitLogGap("is of another round");
        }
    }

    /// Makes a new file, in the place of one that was there: nothing of that is left to be taken for something new.
    ///
    /// @param round for its records, and no other's
    /// @param after number of the last record that was read or is known elsewhere; all of them are written elsewhere
    public static CommitLog open(Path file, int sizeBytes, long round, long after) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        var channel = FileChannel.open(unfinished, options, PrivateFolder.FILE_MODE);
        try {
            fill(channel, sizeBytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            new PrivateFolder(file.resolveSibling("")).sync();
            return new CommitLog(channel, FilePlace.ofFilled(file), sizeBytes, round, after + 1);
        } catch (IOException failure) {
            channel.close();
            Files.deleteIfExists(unfinished);
            throw failure;
        }
    }

    private static void fill(FileChannel channel, int sizeBytes) throws IOException {
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
    /// @throws CommitLogFull when they aren't, for want of room on the disk: their numbers are used up
    /// @throws IOException when that isn't known
    /// @throws IllegalArgumentException when there is no room for them
    public void append(List<byte[]> contents) throws IOException {
        var size = contents.stream().mapToInt(LoggedRecord::sizeBytes).sum();
        if (size > roomBytes()) {
            throw new IllegalArgumentException(size + " octets for " + roomBytes());
        }
        usedBytes = Math.max(usedBytes, position + size);
        var octets = size <= buffer.capacity() ? buffer.clear() : ByteBuffer.allocate(size);
        var number = next;
        for (var content : contents) {
            LoggedRecord.write(octets, round, number++, next, content);
        }
        try {
            writeAll(channel, octets.flip(), position);
        } catch (IOException failure) {
            if (isFull(failure)) {
                next = number; // Some of them may be in the file, whole.
                throw new CommitLogFull(failure);
            }
            throw failure;
        }
        channel.force(false);
        next = number;
        var end = position + size; // One thread writes.
        position = end;
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

    /// Whether octets of records are in it, be they written elsewhere or not.
    public boolean isUsed() {
        return usedBytes > 0;
    }

    /// To be called when nothing is in it that isn't elsewhere: overwrites all records, so that nothing is left of what they said, and the
    /// place of the file can be anywhere.
    public void clear() throws IOException {
        rewind();
        fill(channel, Math.max(usedBytes, LoggedRecord.HEAD_BYTES));
        usedBytes = 0;
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
