package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.mime.Conversion;
import java.io.IOException;

/// Makes another letter of one with 8-bit octets, for an upstream without 8BITMIME. Thread-safe.
@FunctionalInterface
public interface SevenBitForm {
    /// Where nothing is converted.
    SevenBitForm NONE = _ -> new Conversion.Unfit("nothing is converted here");

    /// @return as it is to leave, signed; the caller discards it
    /// @throws IOException when the body can't be read, or the new one not be written
    Conversion of(Message message) throws IOException;
}
