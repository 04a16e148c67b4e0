package facteur.mail.arc;

import facteur.mail.dkim.Canonicalization;
import facteur.mail.dkim.LetterSignature;
import facteur.mail.dkim.SignatureField;
import facteur.mail.message.HeaderField;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/// What one host has added (RFC 8617 §4.2). Immutable.
record ArcSet(HeaderField results, LetterSignature message, SignatureField seal) {
    static final String RESULTS = "ARC-Authentication-Results";
    static final String MESSAGE = "ARC-Message-Signature";
    static final String SEAL = "ARC-Seal";

    /// How the chain stood when it came there.
    String status() {
        return seal.tags().value("cv").orElse("").toLowerCase(Locale.ROOT);
    }

    /// The first two fields, as seals from this one on cover them (§5.1.1).
    void writeUnsealed(ByteArrayOutputStream out) {
        out.writeBytes(Canonicalization.RELAXED.field(results));
        out.writeBytes(Canonicalization.RELAXED.field(message.field().field()));
    }

    /// All three, as the seals of later sets cover them.
    void writeTo(ByteArrayOutputStream out) {
        writeUnsealed(out);
        out.writeBytes(Canonicalization.RELAXED.field(seal.field()));
    }
}
