package facteur.upstream;

import facteur.message.Message;
import facteur.smtp.BodyType;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Reply;
import facteur.smtp.ReversePath;
import java.util.Optional;

/// What a letter asks of its upstream beyond 7-bit SMTP, by what it holds, and whether it gets it. What it doesn't get is
/// refused in our own words, by the codes of RFC 6152 §3 and RFC 6531 §3.5. Immutable.
///
/// 8-bit octets in a header whose app didn't speak SMTPUTF8 are in no standard. They ask for nothing and go as they are, as
/// other relays send them.
final class Needs {
    private final Envelope envelope;
    private final EightBit eightBit;
    private final boolean isWideHeader;
    private final boolean isUtf8Offered;
    private final boolean isEightBitOffered;

    Needs(Envelope envelope, Message message, EightBit eightBit, RelayTransport transport) {
        this.envelope = envelope;
        this.eightBit = eightBit;
        this.isWideHeader = !message.header().isAscii();
        this.isUtf8Offered = transport.supportsExtension("SMTPUTF8");
        this.isEightBitOffered = transport.supportsExtension("8BITMIME");
    }

    /// Whether MAIL is to say SMTPUTF8 (RFC 6531 §3.2).
    boolean isUtf8() {
        return isUtf8Offered && (isUtf8Header() || envelope.hasWideAddress());
    }

    /// Whether MAIL is to say BODY=8BITMIME: for the header as well, since the parameter is about the whole content.
    boolean isEightBit() {
        return isEightBitOffered && (envelope.body() == BodyType.EIGHT_BIT || isWideHeader);
    }

    /// Why the letter can't go at all.
    Optional<Reply> refusal() {
        if (!isUtf8Offered && (hasWideReversePath() || isStrict() && isUtf8Header())) {
            return Optional.of(Reply.of(550, 6, 7, "The upstream does not offer SMTPUTF8, which this letter needs"));
        }
        if (isStrict() && envelope.body() == BodyType.EIGHT_BIT && !isEightBitOffered) {
            return Optional.of(Reply.of(550, 6, 3, "The upstream does not offer 8BITMIME, which this letter needs"));
        }
        return Optional.empty();
    }

    /// Why it can't go to this recipient.
    Optional<Reply> refusal(ForwardPath recipient) {
        return isUtf8Offered || recipient.address().isAsciiCapable()
                ? Optional.empty()
                : Optional.of(Reply.of(553, 6, 7, "The upstream does not offer SMTPUTF8, which this address needs"));
    }

    private boolean isStrict() {
        return switch (eightBit) {
            case BOUNCE -> true;
            case SEND -> false;
        };
    }

    private boolean isUtf8Header() {
        return envelope.encoding() == HeaderEncoding.UTF8 && isWideHeader;
    }

    private boolean hasWideReversePath() {
        return envelope.reversePath() instanceof ReversePath.Path(var address) && !address.isAsciiCapable();
    }
}
