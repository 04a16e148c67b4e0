package facteur.smtp;

import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a mailbox, `local-part@domain` (RFC 5321 §4.1.2, RFC 6531 §3.3), kept as it was written: a quoted
/// local part keeps its quotes, nothing changes case.
///
/// Equal when the local parts are the same and the domains differ in case at most (RFC 5321 §2.4).
public final class Address {
    private static final int LOCAL_PART_LIMIT = 64;
    private static final int DOMAIN_LIMIT = 255;
    private static final int LABEL_LIMIT = 63;

    private static final Pattern LITERAL = Pattern.compile("\\[(?:\\d{1,3}(?:\\.\\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]{2,45})]");

    private final String localPart;
    private final String domain;
    private final String asciiDomain;

    private Address(String localPart, String domain, String asciiDomain) {
        this.localPart = localPart;
        this.domain = domain;
        this.asciiDomain = asciiDomain;
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
        return isLocalPart(localPart)
                ? asciiDomain(domain).map(ascii -> new Address(localPart, domain, ascii))
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
        return asciiDomain;
    }

    /// Whether the address goes over a wire without SMTPUTF8, its domain turned into A-labels.
    public boolean isAsciiCapable() {
        return isAscii(localPart);
    }

    /// This address with its domain in A-labels; the local part stays.
    public Address toAscii() {
        return isAscii(domain) ? this : new Address(localPart, asciiDomain, asciiDomain);
    }

    /// Whether both name the same mailbox as people see it: case makes no difference anywhere.
    public boolean isSameMailbox(Address other) {
        return folded(localPart).equals(folded(other.localPart)) && asciiDomain.equals(other.asciiDomain);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that
                && localPart.equals(that.localPart)
                && folded(domain).equals(folded(that.domain));
    }

    @Override
    public int hashCode() {
        return Objects.hash(localPart, folded(domain));
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }

    /// In lower case, but no letter becomes an ASCII one: the Kelvin sign is no k, and a dotted capital I no i.
    private static String folded(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return text.codePoints()
                .map(c -> c >= 128 && Character.toLowerCase(c) < 128 ? c : Character.toLowerCase(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAscii(String text) {
        return HeaderEncoding.ASCII.holds(text);
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

    /// The domain in lower case and A-labels, or the literal in lower case; empty when it is neither.
    private static Optional<String> asciiDomain(String text) {
        if (octets(text) > DOMAIN_LIMIT) {
            return Optional.empty();
        }
        if (isAscii(text)) {
            return isAsciiDomain(text) || isLiteral(text) ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
        }
        if (!text.codePoints().allMatch(c -> c < 128 || isWideDomainText(c))) {
            return Optional.empty();
        }
        try {
            // Compatibility characters become ASCII here, and not letters alone: what came out is looked at once more.
            return Optional.of(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT))
                    .filter(ascii -> ascii.length() <= DOMAIN_LIMIT && isAsciiDomain(ascii));
        } catch (IllegalArgumentException notIdn) {
            return Optional.empty();
        }
    }

    private static boolean isAsciiDomain(String text) {
        var start = 0;
        for (var dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(text, start, text.length());
    }

    /// Letters, digits, inner hyphens; the underscore too, which some hosts have in spite of RFC 1123.
    private static boolean isLabel(String text, int from, int to) {
        if (to == from || to - from > LABEL_LIMIT || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return false;
        }
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLiteral(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return false;
        }
        var inside = text.substring(1, text.length() - 1);
        try {
            InetAddress.ofLiteral(inside.startsWith("IPv6:") ? inside.substring(5) : inside);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static boolean isAtomText(int c) {
        return isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0 || isWideText(c);
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /// UTF-8 beyond ASCII (RFC 6531 §3.3), without what can't be seen or turns the reading direction.
    static boolean isWideText(int c) {
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

    /// What a name may hold beyond ASCII: letters, marks and digits, no symbols and no other full stops (RFC 5892 §2).
    private static boolean isWideDomainText(int c) {
        return isWideText(c)
                && switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> Character.isLetterOrDigit(c);
                };
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
