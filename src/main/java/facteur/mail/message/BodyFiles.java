package facteur.mail.message;

import java.io.IOException;
import java.nio.file.Path;

/// Where large bodies are put while they arrive. Thread-safe.
@FunctionalInterface
public interface BodyFiles {
    /// A new, empty file with no other writer.
    Path create() throws IOException;
}
