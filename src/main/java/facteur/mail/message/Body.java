package facteur.mail.message;

import java.io.IOException;
import java.io.OutputStream;

/// The body of a letter: octets that are looked into only to make them 7-bit, or to read what came back. Immutable; may be
/// written any number of times, by several threads at once.
public sealed interface Body permits MemoryBody, FileBody {
    long sizeBytes();

    /// Writes every octet; leaves the stream open.
    ///
    /// @throws IOException from the stream, or when a [FileBody]'s file is gone or shorter than it was
    void writeTo(OutputStream out) throws IOException;

    /// Drops it for good: of no use afterwards.
    void discard();
}
