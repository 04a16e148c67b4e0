package facteur.mail.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A large body, in a file of its own.
public record FileBody(Path file, long sizeBytes) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var written = in.transferTo(out);
            if (written != sizeBytes) {
                throw new IOException(file + " holds " + written + " octets, not " + sizeBytes);
            }
        }
    }

    @Override
    public void discard() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // The sweep at the next start deletes it.
        }
    }
}
