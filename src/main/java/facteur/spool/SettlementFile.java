package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The file `unsettled` of a state folder: settlements that the database couldn't store, a line each ([SettlementLine]). Lines are only
/// ever added, and each is on disk before [#append] returns; when all are written to the database, the file is deleted.
///
/// A process that dies may leave half a line at the end, and a disk anything: what isn't a line as it was written is
/// counted, and not believed. One thread at a time.
final class SettlementFile {
    static final String NAME = "unsettled";

    /// Many times as many as attempts can run; an attempt for 1,000 recipients may need 1 MB.
    static final long LIMIT_BYTES = 64L << 20;

    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    /// @param unreadable lines that aren't as they were written
    record Content(List<Settlement> settlements, int unreadable) {}

    private final PrivateFolder folder;
    private final Path file;
    private final long limitBytes;

    SettlementFile(Path state) {
        this(state, LIMIT_BYTES);
    }

    SettlementFile(Path state, long limitBytes) {
        folder = new PrivateFolder(state);
        file = state.resolve(NAME);
        this.limitBytes = limitBytes;
    }

    Content read() throws IOException {
        return Files.exists(file) ? parse(Files.readAllBytes(file)) : new Content(List.of(), 0);
    }

    /// @param octets as they are on the disk
    static Content parse(byte[] octets) {
        var settlements = new ArrayList<Settlement>();
        var unreadable = 0;
        for (var line : new String(octets, UTF_8).split("\n")) {
            var settlement = SettlementLine.parse(line);
            settlement.ifPresent(settlements::add);
            unreadable += settlement.isEmpty() && !line.isEmpty() ? 1 : 0;
        }
        return new Content(settlements, unreadable);
    }

    /// Adds a line. Behind half a line of a process that died, on a line of its own.
    ///
    /// @throws IOException when it isn't on disk, or the file has no room left
    void append(Settlement settlement) throws IOException {
        var isNew = !Files.exists(file);
        try (var channel = FileChannel.open(file, APPEND, PrivateFolder.FILE_MODE)) {
            var line = ByteBuffer.wrap((channel.size() == 0 ? "" : "\n").concat(SettlementLine.write(settlement)).getBytes(UTF_8));
            if (channel.size() + line.remaining() > limitBytes) {
                throw new IOException(file + " has no room for more");
            }
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        if (isNew) {
            folder.sync();
        }
    }

    /// Has these alone from now on.
    void rewrite(Collection<Settlement> settlements) throws IOException {
        if (settlements.isEmpty()) {
            folder.withdraw(NAME);
        } else {
            folder.publish(NAME, String.join("", settlements.stream().map(SettlementLine::write).toList()));
        }
    }

    long sizeBytes() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
