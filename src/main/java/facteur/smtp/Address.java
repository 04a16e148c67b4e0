package facteur.smtp;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The address of a mailbox, `local-part@domain` (RFC 5321 §4.1.2, RFC 6531 §3.3), kept as it was written: a quoted
/// local part keeps its quotes, nothing changes case.
///
/// Equal when the local parts are the same and the domains differ in case at most (RFC 5321 §2.4).
public final class Address {
    private static final int LOCAL_PART_LIMIT = 64;
    private static final int DOMAIN_LIMIT = 255;

    private final String localPart;
    private final String domain;

    private Address(String localPart, String domain) {
        this.localPart = localPart;
        this.domain = domain;
    }

    /// Reads an address strictly: no source route, no comment, no blank outside quotes, a domain or an address literal.
    ///
    /// @return empty when the text isn't one, or is longer than RFC 5321 §4.5.3.1 allows (64 and 255 octets)
    public static Optional<Address> parse(String text) {
        var at = text.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        var localPart = text.substring(0, at);
        var domain = text.substring(at + 1);
        return isLocalPart(localPart) && isDomain(domain)
                ? Optional.of(new Address(localPart, domain))
                : Optional.empty();
    }

    /// For text that is known to be an address: constants and tests.
    ///
    /// @throws IllegalArgumentException when it isn't
    public static Address of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }

    /// As written on the wire, with quotes where it has them.
    public String localPart() {
        return localPart;
    }

    public String domain() {
        return domain;
    }

    /// The domain for comparing: lower case, A-labels (RFC 5890 §2.3.2.1).
    public String asciiDomain() {
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notIdn) {
            return domain.toLowerCase(Locale.ROOT);
        }
    }

    /// Whether the address goes over a wire without SMTPUTF8, its domain turned into A-labels.
    public boolean isAsciiCapable() {
        return isAscii(localPart) && isAscii(asciiDomain());
    }

    /// This address with its domain in A-labels; the local part stays.
    public Address toAscii() {
        return isAscii(domain) ? this : new Address(localPart, asciiDomain());
    }

    /// Whether both name the same mailbox as people see it: case makes no difference anywhere.
    public boolean isSameMailbox(Address other) {
        return localPart.equalsIgnoreCase(other.localPart) && asciiDomain().equals(other.asciiDomain());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that
                && localPart.equals(that.localPart)
                && domain.equalsIgnoreCase(that.domain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(localPart, domain.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static boolean isLocalPart(String text) {
        return octets(text) <= LOCAL_PART_LIMIT && (text.startsWith("\"") ? isQuotedString(text) : isDotString(text));
    }

    private static boolean isDotString(String text) {
        return !text.isEmpty()
                && !text.startsWith(".")
                && !text.endsWith(".")
                && !text.contains("..")
                && text.codePoints().allMatch(c -> c == '.' || isAtomText(c));
    }

    /// Quoted-string of RFC 5321 §4.1.2: blanks yes, control characters no.
    private static boolean isQuotedString(String text) {
        if (text.length() < 3 || !text.endsWith("\"")) {
            return false;
        }
        var inside = text.substring(1, text.length() - 1).codePoints().iterator();
        while (inside.hasNext()) {
            var c = inside.nextInt();
            if (c == '\\') {
                if (!inside.hasNext() || !isPrintable(inside.nextInt())) {
                    return false;
                }
            } else if (c == '"' || !(isPrintable(c) || isWideText(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(int c) {
        return c >= ' ' && c < 127;
    }

    private static boolean isDomain(String text) {
        if (text.isEmpty() || octets(text) > DOMAIN_LIMIT) {
            return false;
        }
        if (text.startsWith("[")) {
            return text.matches("\\[(?:\\d{1,3}(?:\\.\\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]{2,45})]");
        }
        for (var label : text.split("\\.", -1)) {
            if (label.isEmpty()
                    || octets(label) > 63 && isAscii(label)
                    || label.startsWith("-")
                    || label.endsWith("-")
                    || !label.codePoints().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '_' || isWideText(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtomText(int c) {
        return isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0 || isWideText(c);
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /// UTF-8 beyond ASCII (RFC 6531 §3.3), without what can't be seen or turns the reading direction.
    private static boolean isWideText(int c) {
        return c > 0x9F
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
