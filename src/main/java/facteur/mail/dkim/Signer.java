package facteur.mail.dkim;

import facteur.mail.message.Body;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Signs letters (RFC 6376 §5): one DKIM-Signature for each key of the domain, on top; nothing else changes. relaxed/relaxed,
/// the whole body, and no `i=`, so that `d=` alone says who signs. There is no `x=`: how long a letter travels isn't
/// ours to know.
///
/// Thread-safe. The body is read once for all keys, and never held in memory.
public final class Signer {
    private static final int LINE_CHARACTERS = 72;
    private static final Base64.Encoder BASE64 = Base64.getEncoder();
    private static final Base64.Encoder FOLDED = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\r', '\n', '\t'});

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
        var bodyHash = hash(message.body());
        var signed = SignedFields.of(message.header());
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
        var unsigned = "v=1; a=" + key.algorithm() + "; c=relaxed/relaxed; d=" + domain
                + ";\r\n\ts=" + key.selector() + "; t=" + time.instant().getEpochSecond()
                + ";\r\n\t" + names(signed.names())
                + ";\r\n\tbh=" + bodyHash
                + ";\r\n\tb=";
        var itself = RelaxedHeader.of(HeaderField.of("DKIM-Signature", unsigned));
        // Hashed behind the others, without its CRLF (RFC 6376 §3.7).
        var octets = Arrays.copyOf(signed.relaxed(), signed.relaxed().length + itself.length - 2);
        System.arraycopy(itself, 0, octets, signed.relaxed().length, itself.length - 2);
        return HeaderField.of("DKIM-Signature", unsigned + FOLDED.encodeToString(sign(key, octets)));
    }

    private static byte[] sign(DkimKey key, byte[] octets) {
        try {
            return key.sign(octets);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(key + " can't sign, though it could be read", impossible);
        }
    }

    /// RFC 6376 §3.5: blanks may stand around each colon.
    private static String names(List<String> names) {
        var text = new StringBuilder("h=");
        var lineStart = 0;
        for (var i = 0; i < names.size(); i++) {
            if (text.length() - lineStart + names.get(i).length() > LINE_CHARACTERS) {
                text.append("\r\n\t");
                lineStart = text.length();
            }
            text.append(names.get(i)).append(i < names.size() - 1 ? ":" : "");
        }
        return text.toString();
    }

    private static String hash(Body body) throws IOException {
        try (var digest = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            var relaxed = new RelaxedBody(digest);
            body.writeTo(relaxed);
            relaxed.finish();
            return BASE64.encodeToString(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every Java", missing);
        }
    }
}
