package facteur.explain;

import facteur.mail.message.BodyFiles;
import facteur.mail.message.Collected;
import facteur.mail.message.Header;
import facteur.mail.message.LineEndings;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The header of a letter as a person has it: with or without the body, and with any line ends. Read as the relay reads it.
public sealed interface HeaderText {
    record Read(Header header) implements HeaderText {}

    /// The relay would refuse the letter.
    record Refused(Reply reply) implements HeaderText {}

    /// The body is larger than memory should hold.
    record TooLarge() implements HeaderText {}

    /// @param letter in octets
    static HeaderText read(byte[] letter) {
        var limits = new MessageLimits(Long.MAX_VALUE, 1 << 24, 100_000, 1 << 24, 1 << 24);
        var isTooLarge = new AtomicBoolean();
        BodyFiles none = () -> {
            isTooLarge.set(true);
            throw new IOException("no body is kept");
        };
        try (var collector = new MessageCollector(limits, LineEndings.REPAIR, new ReceivingMemory(Long.MAX_VALUE), none)) {
            collector.write(letter, 0, letter.length);
            return switch (collector.finish()) {
                case Collected.Whole(var message, _) -> new Read(message.header());
                case Collected.Refused _ when isTooLarge.get() -> new TooLarge();
                case Collected.Refused(var reply) -> new Refused(reply);
            };
        }
    }
}
