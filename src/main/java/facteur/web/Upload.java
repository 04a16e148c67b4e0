package facteur.web;

import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A body in a file of its own, mode 0600, which is deleted when this is closed. One thread.
public final class Upload implements AutoCloseable {
    private static final int PIECE = 65_536;

    private final Path file;

    private Upload(Path file) {
        this.file = file;
    }

    /// @return empty when there is more than the most
    /// @throws PeerGoneException when the body ends early
    /// @throws UploadException when the file can't be written
    static Optional<Upload> take(InputStream body, Path folder, long most) {
        var upload = new Upload(newFile(folder));
        var isWhole = false;
        try {
            isWhole = upload.fill(body, most);
            return isWhole ? Optional.of(upload) : Optional.empty();
        } finally {
            if (!isWhole) {
                upload.close();
            }
        }
    }

    private static Path newFile(Path folder) {
        try {
            return Files.createTempFile(folder, "", ".upload", PrivateFolder.FILE_MODE);
        } catch (IOException e) {
            throw new UploadException(e);
        }
    }

    /// @return false when there is more than the most
    private boolean fill(InputStream body, long most) {
        var piece = new byte[PIECE];
        var left = most;
        try (var out = Files.newOutputStream(file)) {
            for (var read = read(body, piece); read >= 0; read = read(body, piece)) {
                left -= read;
                if (left < 0) {
                    return false;
                }
                out.write(piece, 0, read);
            }
            return true;
        } catch (IOException e) {
            throw new UploadException(e);
        }
    }

    private static int read(InputStream body, byte[] piece) {
        try {
            return body.read(piece);
        } catch (IOException e) {
            throw new PeerGoneException(e);
        }
    }

    public Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // The next start of the daemon clears the folder.
        }
    }
}
