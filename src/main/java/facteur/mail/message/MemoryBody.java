package facteur.mail.message;

import java.io.IOException;
import java.io.OutputStream;

/// A small body, in memory.
public final class MemoryBody implements Body {
    private final byte[] octets;

    /// @param octets taken over, not copied: the caller forgets them
    public MemoryBody(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public long sizeBytes() {
        return octets.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(octets);
    }

    @Override
    public void discard() {}

    /// The octets themselves, not a copy: to be read only.
    public byte[] octets() {
        return octets;
    }
}
