package facteur.delivery;

import facteur.mail.dkim.Signer;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.mime.Conversion;
import facteur.mail.mime.SevenBit;
import facteur.mail.smtp.Address;
import facteur.upstream.SevenBitForm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The 7-bit form of a letter of ours, signed as it is then: our signature over the 8-bit form is broken by the conversion
/// (RFC 6376 §5.3). It is signed with the current keys, or not at all where there are none. What we didn't sign before isn't signed
/// here either. Thread-safe.
public record SignedForm(SevenBit sevenBit, Signer signer) implements SevenBitForm {
    @Override
    public Conversion of(Message message) throws IOException {
        return switch (sevenBit.convert(message)) {
            case Conversion.Converted converted -> signed(converted);
            case Conversion.Unchanged unchanged -> unchanged;
            case Conversion.Unfit unfit -> unfit;
        };
    }

    private Conversion signed(Conversion.Converted converted) throws IOException {
        var bare = withoutSignatures(converted.message());
        var from = from(bare.header());
        if (from.isEmpty() || !isSignedByUs(converted.message())) {
            return converted;
        }
        try {
            return new Conversion.Converted(signer.sign(bare, from.get().asciiDomain()).message());
        } catch (IOException | RuntimeException e) {
            converted.discard();
            throw e;
        }
    }

    /// Our signatures are above our Received. A letter of others, which is only passed on, has none there: what it says From is
    /// not ours to vouch for.
    private static boolean isSignedByUs(Message message) {
        return message.header().fields().getFirst().is("DKIM-Signature");
    }

    /// All of them are ours: those of apps are removed when a letter is accepted.
    private static Message withoutSignatures(Message message) {
        List<HeaderField> others =
                message.header().fields().stream().filter(field -> !field.is("DKIM-Signature")).toList();
        return message.withHeader(new Header(others));
    }

    /// As we wrote it.
    private static Optional<Address> from(Header header) {
        return header.first("From").map(HeaderField::value).flatMap(Mailbox::parse).map(Mailbox::address);
    }
}
