package facteur.mail.dkim;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Signs letters (RFC 6376 §5): one DKIM-Signature for each key of the domain, on top; nothing else changes. relaxed/relaxed,
/// the whole body, and no `i=`, so that `d=` alone says who signs. There is no `x=`: how long a letter travels isn't
/// ours to know.
///
/// Thread-safe. The body is read once for all keys, and never held in memory.
public final class Signer {
    private final SigningKeys signingKeys;
    private final InstantSource time;

    public Signer(SigningKeys signingKeys, InstantSource time) {
        this.signingKeys = signingKeys;
        this.time = time;
    }

    /// @param message as it is to leave: what is changed afterwards breaks the signature
    /// @param domain that of the address in From, in A-labels and lower case
    /// @throws IOException when the body can't be read
    public Signed sign(Message message, String domain) throws IOException {
        var keys = signingKeys.of(domain);
        if (keys.isEmpty()) {
            return new Signed(message, keys);
        }
        var bodyHash = BodyHashes.of(message.body(), List.of(BodyForm.OURS)).ours();
        var signed = SignedFields.of(message.header(), List.of());
        var fields = new ArrayList<HeaderField>(keys.size() + message.header().fields().size());
        for (var key : keys) {
            fields.add(signature(key, domain, signed, bodyHash));
        }
        fields.addAll(message.header().fields());
        return new Signed(message.withHeader(new Header(fields)), keys);
    }

    /// Signs a letter that we wrote ourselves, whose body is in memory.
    ///
    /// @param from its From
    public Message sign(Message ours, Address from) {
        try {
            return sign(ours, from.asciiDomain()).message();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private HeaderField signature(DkimKey key, String domain, SignedFields signed, String bodyHash) {
        return SignatureWriter.sign(key, signed.relaxed(), "DKIM-Signature",
                "v=1; a=" + key.algorithm() + "; c=relaxed/relaxed; d=" + domain
                        + ";\r\n\ts=" + key.selector() + "; t=" + time.instant().getEpochSecond()
                        + ";\r\n\t" + SignatureWriter.names(signed.names())
                        + ";\r\n\tbh=" + bodyHash
                        + ";\r\n\tb=");
    }
}
