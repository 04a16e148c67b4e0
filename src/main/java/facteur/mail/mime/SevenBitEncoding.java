package facteur.mail.mime;

import java.io.OutputStream;

/// How octets are written in 7 bits.
enum SevenBitEncoding {
    QUOTED_PRINTABLE("quoted-printable") {
        @Override
        Encoder to(OutputStream out) {
            return new QuotedPrintableEncoder(out);
        }
    },
    BASE64("base64") {
        @Override
        Encoder to(OutputStream out) {
            return new Base64Encoder(out);
        }
    },
    /// Text that is quoted-printable already, with some octets that should be and aren't.
    QUOTED_PRINTABLE_COMPLETED("quoted-printable") {
        @Override
        Encoder to(OutputStream out) {
            return new QuotedPrintableCompleter(out);
        }
    },
    /// Text that no reader shows: it needs no label.
    MASKED("") {
        @Override
        Encoder to(OutputStream out) {
            return new QuestionMarkEncoder(out);
        }
    };

    private final String label;

    SevenBitEncoding(String label) {
        this.label = label;
    }

    /// For Content-Transfer-Encoding.
    String label() {
        return label;
    }

    abstract Encoder to(OutputStream out);
}
