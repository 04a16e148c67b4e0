package facteur.upstream;

import facteur.message.Message;
import facteur.smtp.Address;
import facteur.smtp.BodyType;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Reply;
import facteur.smtp.ReversePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// What a letter asks of its upstream beyond 7-bit SMTP, and whether it gets it. What it doesn't get is refused in our own
/// words, by the codes of RFC 6152 §3 and RFC 6531 §3.5. One thread.
final class Needs {
    private final Envelope envelope;
    private final Message message;
    private final EightBit eightBit;
    private final boolean isUtf8;
    private final boolean isEightBitOffered;

    Needs(Envelope envelope, Message message, EightBit eightBit, RelayTransport transport) {
        this.envelope = envelope;
        this.message = message;
        this.eightBit = eightBit;
        this.isUtf8 = transport.supportsExtension("SMTPUTF8")
                && (envelope.encoding() == HeaderEncoding.UTF8 || hasWideReversePath() || hasWideRecipient());
        this.isEightBitOffered = transport.supportsExtension("8BITMIME");
    }

    /// Whether MAIL is to say SMTPUTF8.
    boolean isUtf8() {
        return isUtf8;
    }

    /// Whether MAIL is to say BODY=8BITMIME.
    boolean isEightBit() {
        return isEightBitOffered && envelope.body() == BodyType.EIGHT_BIT;
    }

    /// Why the letter can't go at all.
    Optional<Reply> refusal() {
        if (!isUtf8 && (hasWideReversePath() || isStrict() && envelope.encoding() == HeaderEncoding.UTF8 && hasWideHeader())) {
            return Optional.of(Reply.of(550, 6, 7, "The upstream does not offer SMTPUTF8, which this letter needs"));
        }
        if (isStrict() && envelope.body() == BodyType.EIGHT_BIT && !isEightBitOffered) {
            return Optional.of(Reply.of(550, 6, 3, "The upstream does not offer 8BITMIME, which this letter needs"));
        }
        return Optional.empty();
    }

    /// Why it can't go to this recipient.
    Optional<Reply> refusal(ForwardPath recipient) {
        return isUtf8 || recipient.address().isAsciiCapable()
                ? Optional.empty()
                : Optional.of(Reply.of(553, 6, 7, "The upstream does not offer SMTPUTF8, which this address needs"));
    }

    private boolean isStrict() {
        return switch (eightBit) {
            case BOUNCE -> true;
            case SEND -> false;
        };
    }

    private boolean hasWideReversePath() {
        return envelope.reversePath() instanceof ReversePath.Path(var address) && !address.isAsciiCapable();
    }

    private boolean hasWideRecipient() {
        return !envelope.recipients().stream().map(ForwardPath::address).allMatch(Address::isAsciiCapable);
    }

    private boolean hasWideHeader() {
        var sniffer = new WideOctets();
        try {
            message.header().writeTo(sniffer);
        } catch (IOException impossible) {
            return true;
        }
        return sniffer.isFound;
    }

    /// Looks for octets beyond US-ASCII.
    private static final class WideOctets extends OutputStream {
        private boolean isFound;

        @Override
        public void write(int octet) {
            isFound |= (octet & 0x80) != 0;
        }
    }
}
