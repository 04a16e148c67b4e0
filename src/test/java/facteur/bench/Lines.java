package facteur.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What the lines of a letter look like, for code that looks at each.
public enum Lines {
    /// As base64 is folded.
    USUAL("x".repeat(76)),
    /// As much as a line may hold (RFC 5321 §4.5.3.1.6).
    LONG("x".repeat(998)),
    SHORT("x".repeat(8)),
    /// Each to be stuffed.
    DOTTED("." + "x".repeat(75));

    private final String line;

    Lines(String line) {
        this.line = line;
    }

    /// A body of so many octets.
    public byte[] body(int sizeBytes) {
        var whole = line + "\r\n";
        var octets = Arrays.copyOf(whole.repeat(1 + sizeBytes / whole.length()).getBytes(StandardCharsets.US_ASCII), sizeBytes);
        octets[sizeBytes - 2] = '\r';
        octets[sizeBytes - 1] = '\n';
        return octets;
    }
}
