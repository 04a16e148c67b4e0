package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import facteur.platform.database.Statements;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiConsumer;

/// Large bodies in the database, so that every node can read them: the table `body_part`. The files of this node are
/// copies, each for one attempt: nothing is lost with them, and they are swept at start.
///
/// A body never is in memory whole, only one of its parts.
record BodyRows(StateFolder folder) implements Bodies {
    private static final int PART_BYTES = 1 << 20;
    private static final String INSERT = "insert into body_part (letter_id, position, octets) values (?, ?, ?)";
    private static final String SELECT = "select octets from body_part where letter_id = ? and position = ?";

    /// Under a new name, since the old one is the listener's.
    @Override
    public FileBody accept(QueueId id, FileBody arrived) throws IOException {
        var copy = folder.newBodyFile();
        Files.move(arrived.file(), copy, StandardCopyOption.ATOMIC_MOVE);
        return new FileBody(copy, arrived.sizeBytes());
    }

    @Override
    public void insert(Statements statements, QueueId id, FileBody body) throws SQLException {
        try (var in = Files.newInputStream(body.file())) {
            var written = 0L;
            for (var position = 0; written < body.sizeBytes(); position++) {
                var part = in.readNBytes(PART_BYTES);
                if (part.length == 0) {
                    throw new SQLException(body.file() + " holds " + written + " octets, not " + body.sizeBytes());
                }
                statements.update(INSERT, id.text(), position, part);
                written += part.length;
            }
        } catch (IOException failure) {
            throw new SQLException("the body can't be read: " + Reason.of(failure), failure);
        }
    }

    @Override
    public FileBody read(Statements statements, QueueId id, long sizeBytes) throws SQLException {
        try {
            var copy = folder.newBodyFile();
            try (var out = Files.newOutputStream(copy)) {
                copy(statements, id, sizeBytes, out);
                return new FileBody(copy, sizeBytes);
            } catch (SQLException | IOException | RuntimeException | Error failure) {
                StateFolder.discard(copy);
                throw failure;
            }
        } catch (IOException failure) {
            throw new SQLException("the body can't be copied: " + Reason.of(failure), failure);
        }
    }

    private static void copy(Statements statements, QueueId id, long sizeBytes, OutputStream out)
            throws SQLException, IOException {
        var copied = 0L;
        for (var position = 0; copied < sizeBytes; position++) {
            var part = statements.first(SELECT, row -> row.getBytes(1), id.text(), position)
                    .orElseThrow(() -> new IllegalArgumentException("a part of its body is missing"));
            out.write(part);
            copied += part.length;
        }
        if (copied != sizeBytes) {
            throw new IllegalArgumentException("its body is not as long as it was");
        }
    }

    @Override
    public void release(FileBody body) {
        StateFolder.discard(body.file());
    }

    /// Its rows went with those of the letter.
    @Override
    public void drop(FileBody body) {
        StateFolder.discard(body.file());
    }

    @Override
    public void sweep(Register register, Instant now, BiConsumer<QueueId, Path> teller) throws IOException {
        folder.clearIncoming();
    }
}
