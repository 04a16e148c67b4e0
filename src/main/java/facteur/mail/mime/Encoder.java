package facteur.mail.mime;

import java.io.IOException;

/// Writes octets in 7 bits. One thread.
sealed interface Encoder permits QuotedPrintableEncoder, QuotedPrintableCompleter, Base64Encoder, QuestionMarkEncoder {
    void write(byte[] octets, int from, int to) throws IOException;

    /// Writes what is still held back; leaves the stream below open.
    void finish() throws IOException;
}
