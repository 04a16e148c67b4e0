package facteur.spool;

import facteur.database.Statements;
import facteur.message.FileBody;
import java.io.IOException;
import java.nio.file.Files;

/// Large bodies as files of the state folder. They are on disk before the row that names them, and go after it; what a
/// crash leaves between is swept at the next start.
record BodyFolder(StateFolder folder) implements Bodies {
    @Override
    public FileBody take(QueueId id, FileBody arrived) throws IOException {
        return folder.keep(id, arrived);
    }

    @Override
    public void insert(Statements statements, QueueId id, FileBody body) {
        // It is there already.
    }

    @Override
    public FileBody read(Statements statements, QueueId id, long sizeBytes) {
        var file = folder.bodyFile(id);
        try {
            if (Files.size(file) == sizeBytes) {
                return new FileBody(file, sizeBytes);
            }
            throw new IllegalArgumentException("its body file is not as long as it was");
        } catch (IOException missing) {
            throw new IllegalArgumentException("its body file can't be read: " + missing, missing);
        }
    }

    @Override
    public void letGo(FileBody body) {
        // The next attempt reads the same file.
    }

    @Override
    public void drop(FileBody body) {
        StateFolder.discard(body.file());
    }

    @Override
    public void sweep(Named named) throws SpoolException, IOException {
        folder.sweep(named);
    }
}
