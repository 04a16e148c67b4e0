package facteur.mail.smtp;

import facteur.platform.idna.DomainName;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a mailbox, `local-part@domain` (RFC 5321 §4.1.2, RFC 6531 §3.3), kept as it was written: a quoted
/// local part keeps its quotes, nothing changes case. Only the dot at the end of a domain, which names the root, goes: hosts
/// refuse it (Exim), and it changes nothing.
///
/// Equal when the local parts mean the same text, quoted or not, and the domains are one (RFC 5321 §2.4, RFC 5890 §2.3.2.4).
public final class Address {
    /// In octets, as it is written. RFC 5321 §4.5.3.1 asks for 64 and 255 at least, and for no limit where that
    /// can be; addresses that programs make (tickets, VERP, SRS) are longer. This one fits into a command that we read, and
    /// into a line of any field (RFC 5322 §2.1.1).
    private static final int LIMIT = 900;

    private static final int DOMAIN_LIMIT = 255;
    private static final int LABEL_LIMIT = 63;

    private static final Pattern LITERAL = Pattern.compile("\\[(?:\\d{1,3}(?:\\.\\d{1,3}){3}|(?i:IPv6:)[0-9A-Fa-f:.]{2,45})]");

    /// The full stops of RFC 5895 §2 (3).
    private static final String DOTS = ".\u3002\uFF0E\uFF61";

    private final String localPart;
    private final String domain;
    private final String asciiDomain;

    private Address(String localPart, String domain, String asciiDomain) {
        this.localPart = localPart;
        this.domain = domain;
        this.asciiDomain = asciiDomain;
    }

    /// Reads an address: no source route, no comment, no blank outside quotes, a domain or an address literal. Strictly, but
    /// for dots, which a local part may have anywhere.
    ///
    /// @return empty when the text isn't one, or is longer than 900 octets
    public static Optional<Address> parse(String text) {
        var at = text.lastIndexOf('@');
        if (at < 1 || text.length() > LIMIT) {
            return Optional.empty();
        }
        var localPart = text.substring(0, at);
        var domain = withoutRoot(text.substring(at + 1));
        return LocalPart.isValid(localPart)
                ? asciiDomain(domain)
                        .map(ascii -> new Address(localPart, domain, ascii))
                        .filter(Address::isWithinLimit)
                : Optional.empty();
    }

    private boolean isWithinLimit() {
        var longer = Math.max(octets(domain), asciiDomain.length());
        return octets(LocalPart.written(localPart)) + 1 + longer <= LIMIT;
    }

    /// For text that is known to be an address: constants and tests.
    ///
    /// @throws IllegalArgumentException when it isn't
    public static Address of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }

    /// Reads what was an address when it was written down, though the rules for domains have changed since: a letter that
    /// waits comes to its end by its upstream's word. Where a domain has no A-labels any more, a reserved name stands for them
    /// (RFC 2606 §2).
    ///
    /// @throws IllegalArgumentException when it wasn't one either
    public static Address stored(String text) {
        return parse(text).orElseGet(() -> outdated(text));
    }

    private static Address outdated(String text) {
        var domain = text.substring(text.lastIndexOf('@') + 1);
        if (isAscii(domain) || !domain.codePoints().allMatch(c -> c < 128 ? isLetterOrDigit(c) || "-_.".indexOf(c) >= 0 : isWideText(c))) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        var stand = parse(text.substring(0, text.length() - domain.length()) + "outdated-%08x.invalid".formatted(domain.hashCode()));
        return stand.map(found -> new Address(found.localPart, domain, found.asciiDomain))
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }

    /// What can be said to a text that is no address, or no domain, beyond that. Empty mostly; else to be put behind it.
    public static String remark(String text) {
        return DomainName.isAmbiguous(text.substring(text.lastIndexOf('@') + 1))
                ? ": in a domain, U+1E9E (capital sharp s) is ss for some programs and U+00DF (sharp s) for others; write one of these"
                : "";
    }

    /// About how many octets of memory it takes.
    int memoryBytes() {
        return TextMemory.OBJECT_BYTES + TextMemory.bytes(localPart) + TextMemory.bytes(domain) + TextMemory.bytes(asciiDomain);
    }

    /// As it was given, with quotes where it has them.
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

    /// As commands and header fields have it. The domain in A-labels, also where UTF-8 is allowed, so that no host further on
    /// turns it into another by older rules. A local part with dots that RFC 5321 doesn't know is quoted: that is the same
    /// mailbox, and what Postfix and nodemailer write.
    public String wire() {
        return LocalPart.written(localPart) + "@" + toAscii().domain;
    }

    /// Whether both name the same mailbox as people see it: case makes no difference anywhere.
    public boolean isSameMailbox(Address other) {
        return mailboxKey().equals(other.mailboxKey());
    }

    /// Equal for those that name the same mailbox as people see it: to find one among many.
    public String mailboxKey() {
        return folded(meant()) + "@" + asciiDomain;
    }

    private String meant() {
        return LocalPart.meant(localPart);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && meant().equals(that.meant()) && asciiDomain.equals(that.asciiDomain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(meant(), asciiDomain);
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

    /// `x.example.` is `x.example` (RFC 1034 §3.1).
    private static String withoutRoot(String domain) {
        var last = domain.length() - 1;
        return last > 0 && DOTS.indexOf(domain.charAt(last)) >= 0 && !domain.startsWith("[") ? domain.substring(0, last) : domain;
    }

    /// The domain in lower case and A-labels, or the literal in lower case; empty when it is neither.
    private static Optional<String> asciiDomain(String text) {
        if (isAscii(text)) {
            return isAsciiDomain(text) || isLiteral(text) ? DomainName.ascii(text) : Optional.empty();
        }
        // Compatibility characters become ASCII here, and not letters alone: what came out is looked at once more.
        return DomainName.ascii(text).filter(Address::isAsciiDomain);
    }

    private static boolean isAsciiDomain(String text) {
        if (text.length() > DOMAIN_LIMIT) {
            return false;
        }
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
            InetAddress.ofLiteral(inside.regionMatches(true, 0, "IPv6:", 0, 5) ? inside.substring(5) : inside);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
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
                            Character.PARAGRAPH_SEPARATOR ->
                        false;
                    default -> true;
                };
    }

    private static int octets(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
