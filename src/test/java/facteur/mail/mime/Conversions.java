package facteur.mail.mime;

import facteur.fixture.Corpus;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.message.ReceivingMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Converts letters in memory; each octet a character.
final class Conversions {
    private static final SevenBit SEVEN_BIT = new SevenBit(1 << 24, new ReceivingMemory(1 << 28), () -> {
        throw new IOException("no file wanted");
    });

    private Conversions() {}

    static Conversion of(String letter) {
        return of(message(letter));
    }

    static Conversion of(Message message) {
        try {
            return SEVEN_BIT.convert(message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// The letter as it is sent then: converted or as it was.
    static String sent(String letter) {
        return switch (of(letter)) {
            case Conversion.Converted(var message) -> text(message);
            case Conversion.Unchanged() -> letter;
            case Conversion.Unfit(var why) -> throw new AssertionError(why);
        };
    }

    static Message message(String letter) {
        var parts = Corpus.Parts.of(letter);
        return new Message(Header.parse(octets(String.join("", parts.fields()))), new MemoryBody(octets(parts.body())));
    }

    static String text(Message message) {
        var out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
