package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.mime.Conversion;
import java.io.IOException;
import java.util.Optional;

/// The letter of one attempt: as it is, and in 7 bits once a connection wants it so. It is converted once, however many
/// connections are tried. One thread.
final class OutgoingLetter implements AutoCloseable {
    private final Message message;
    private final EightBit eightBit;
    private final SevenBitForm form;
    private Optional<Conversion> conversion = Optional.empty();

    OutgoingLetter(Message message, EightBit eightBit, SevenBitForm form) {
        this.message = message;
        this.eightBit = eightBit;
        this.form = form;
    }

    Message message() {
        return message;
    }

    EightBit eightBit() {
        return eightBit;
    }

    Conversion inSevenBits() throws IOException {
        if (conversion.isEmpty()) {
            conversion = Optional.of(form.of(message));
        }
        return conversion.get();
    }

    /// Whether another letter was made.
    boolean isConverted() {
        return conversion.filter(Conversion.Converted.class::isInstance).isPresent();
    }

    @Override
    public void close() {
        if (conversion.isPresent() && conversion.get() instanceof Conversion.Converted converted) {
            converted.discard();
        }
    }
}
