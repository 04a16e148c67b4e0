package facteur.platform.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How much of an address is shown. The domain always is: it shows which servers make trouble.
///
/// Immutable.
public sealed interface Veil {
    /// What is shown in the place of a local part.
    ///
    /// @param domain may be empty
    String localPart(String localPart, String domain);

    /// All of it.
    record None() implements Veil {
        @Override
        public String localPart(String localPart, String domain) {
            return localPart;
        }
    }

    /// The first letter: `j***`; of a single letter nothing.
    record Masked() implements Veil {
        @Override
        public String localPart(String localPart, String domain) {
            var bare = bare(localPart);
            var first = bare.isEmpty() ? 0 : Character.charCount(bare.codePointAt(0));
            return (first < bare.length() ? bare.substring(0, first) : "") + "***";
        }
    }

    /// A pseudonym that only the key can derive: the same for the same address, in any case of its letters. 48 bits of
    /// HMAC-SHA-256 (RFC 2104), in hexadecimal digits.
    record Hashed(SecretKeySpec key) implements Veil {
        private static final int OCTETS = 6;

        @Override
        public String localPart(String localPart, String domain) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                var address = (bare(localPart) + "@" + domain).toLowerCase(Locale.ROOT);
                return HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)), 0, OCTETS);
            } catch (GeneralSecurityException e) {
                throw new LinkageError("every Java has HmacSHA256", e);
            }
        }

        @Override
        public String toString() {
            return "Hashed[key=***]";
        }
    }

    /// Nothing of one person; of others all.
    record Erased(String erasedLocalPart, String erasedDomain) implements Veil {
        @Override
        public String localPart(String localPart, String domain) {
            return Erasure.isSame(erasedLocalPart, erasedDomain, localPart, domain) ? "***" : localPart;
        }
    }

    /// `"jan"` is `jan` (RFC 5321 §4.1.2).
    private static String bare(String localPart) {
        return localPart.length() >= 2 && localPart.startsWith("\"") && localPart.endsWith("\"")
                ? localPart.substring(1, localPart.length() - 1)
                : localPart;
    }
}
