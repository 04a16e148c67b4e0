package facteur.mail.dkim;

import facteur.mail.message.HeaderField;
import java.io.OutputStream;
import java.util.Optional;

/// Which differences a signature passes over (RFC 6376 §3.4).
public enum Canonicalization {
    SIMPLE {
        @Override
        public byte[] field(HeaderField field) {
            return field.octets();
        }

        @Override
        CanonicalBody body(OutputStream out) {
            return new SimpleBody(out);
        }
    },

    RELAXED {
        @Override
        public byte[] field(HeaderField field) {
            return RelaxedHeader.of(field);
        }

        @Override
        CanonicalBody body(OutputStream out) {
            return new RelaxedBody(out);
        }
    };

    /// A field in this form, with its CRLF; to be read only.
    public abstract byte[] field(HeaderField field);

    /// Passes a body on in this form.
    abstract CanonicalBody body(OutputStream out);

    static Optional<Canonicalization> named(String name) {
        return switch (name) {
            case "simple" -> Optional.of(SIMPLE);
            case "relaxed" -> Optional.of(RELAXED);
            default -> Optional.empty();
        };
    }
}
