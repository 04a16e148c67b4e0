package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.mime.Conversion;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import java.io.IOException;
import java.util.Optional;

/// What a letter asks of its upstream beyond 7-bit SMTP, by what it holds, and whether it gets it. What it doesn't get is
/// refused in our own words, by the codes of RFC 6152 §3 and RFC 6531 §3.5. Immutable.
///
/// 8-bit octets in a header whose app didn't speak SMTPUTF8 are in no standard. They ask for nothing and go as they are, as
/// other relays send them.
final class RequiredExtensions {
    /// What becomes of the letter for this upstream.
    sealed interface Fitted {
        /// @param message to be sent
        record Fit(Message message) implements Fitted {}

        /// @param outcome for every recipient
        record Unfit(Outcome outcome) implements Fitted {}
    }

    private final Envelope envelope;
    private final OutgoingLetter letter;
    private final boolean isWideHeader;
    private final boolean isUtf8Offered;
    private final boolean isEightBitOffered;

    RequiredExtensions(Envelope envelope, OutgoingLetter letter, Extensions extensions) {
        this.envelope = envelope;
        this.letter = letter;
        this.isWideHeader = !letter.message().header().isAscii();
        this.isUtf8Offered = extensions.offers("SMTPUTF8");
        this.isEightBitOffered = extensions.offers("8BITMIME");
    }

    /// Whether MAIL is to say SMTPUTF8 (RFC 6531 §3.2).
    boolean isUtf8() {
        return isUtf8Offered && (isUtf8Header() || envelope.hasWideAddress());
    }

    /// Whether MAIL is to say BODY=8BITMIME: for the header as well, since the parameter is about the whole content.
    boolean isEightBit() {
        return isEightBitOffered && (envelope.body() == BodyType.EIGHT_BIT || isWideHeader);
    }

    /// The letter as this upstream takes it, or why it doesn't at all.
    Fitted fitted() {
        if (!isUtf8Offered && (hasWideReversePath() || isStrict() && isUtf8Header())) {
            return unfit(Reply.of(550, 6, 7, "The upstream does not offer SMTPUTF8, which this letter needs"));
        }
        if (envelope.body() != BodyType.EIGHT_BIT || isEightBitOffered) {
            return new Fitted.Fit(letter.message());
        }
        return switch (letter.eightBit()) {
            case BOUNCE -> unfit(Reply.of(550, 6, 3, "The upstream does not offer 8BITMIME, which this letter needs"));
            case SEND -> new Fitted.Fit(letter.message());
            case CONVERT -> converted();
        };
    }

    private Fitted converted() {
        try {
            return switch (letter.inSevenBits()) {
                case Conversion.Converted(var message) -> new Fitted.Fit(message);
                case Conversion.Unchanged() -> new Fitted.Fit(letter.message());
                case Conversion.Unfit(var why) -> unfit(Reply.of(
                        550, 6, 3, "The upstream does not offer 8BITMIME, and this letter can't be converted: " + why));
            };
        } catch (IOException e) {
            // About the letter, not about the upstream: as when its body can't be read while it is sent.
            return new Fitted.Unfit(new Outcome.TempFailed(Stage.DATA, LostConnection.cause("cannot convert the letter: ", e)));
        }
    }

    private static Fitted unfit(Reply reply) {
        return new Fitted.Unfit(new Outcome.PermFailed(Stage.MAIL, reply));
    }

    /// Why it can't go to this recipient.
    Optional<Reply> refusal(ForwardPath recipient) {
        return isUtf8Offered || recipient.address().isAsciiCapable()
                ? Optional.empty()
                : Optional.of(Reply.of(553, 6, 7, "The upstream does not offer SMTPUTF8, which this address needs"));
    }

    private boolean isStrict() {
        return switch (letter.eightBit()) {
            case BOUNCE, CONVERT -> true;
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
