package facteur.mail.smtp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whom the letter was first written to, before any forwarding: the ORCPT parameter of RCPT (RFC 3461 §4.2).
///
/// @param type of the address, `rfc822` mostly; `utf-8` has a form of its own (RFC 6533 §3)
/// @param encoded as it was written, and as it goes on
public record OriginalRecipient(String type, String encoded) {
    /// RFC 3461 §5.4; what goes on, and into a report, is no longer than that.
    private static final int LIMIT = 500;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-F]{1,6})}");

    /// @throws IllegalArgumentException when it isn't an address of that type
    public OriginalRecipient {
        if (!isValid(type, encoded)) {
            throw new IllegalArgumentException("not an original recipient");
        }
    }

    /// @param encoding without SMTPUTF8 all of it is US-ASCII
    public static Optional<OriginalRecipient> parse(String text, HeaderEncoding encoding) {
        var semicolon = text.indexOf(';');
        if (semicolon < 0 || !encoding.holds(text)) {
            return Optional.empty();
        }
        var type = text.substring(0, semicolon);
        var encoded = text.substring(semicolon + 1);
        return isValid(type, encoded) ? Optional.of(new OriginalRecipient(type, encoded)) : Optional.empty();
    }

    /// Reads the form that [#toString] writes.
    ///
    /// @throws IllegalArgumentException when it isn't of that form
    public static OriginalRecipient of(String text) {
        return parse(text, HeaderEncoding.UTF8)
                .orElseThrow(() -> new IllegalArgumentException("not an original recipient"));
    }

    /// About how many octets of memory it takes.
    int memoryBytes() {
        return TextMemory.OBJECT_BYTES + TextMemory.bytes(type) + TextMemory.bytes(encoded);
    }

    /// For a wire without SMTPUTF8: what is beyond US-ASCII as `\x{…}`.
    public OriginalRecipient toAscii() {
        return new OriginalRecipient(type, ascii(encoded));
    }

    /// As a field of a report has it (RFC 3464 §2.3.1), in US-ASCII.
    public String fieldValue() {
        return type + "; " + (isWide(type) ? ascii(encoded) : new Xtext(encoded).decoded());
    }

    @Override
    public String toString() {
        return type + ";" + encoded;
    }

    private static boolean isValid(String type, String encoded) {
        if (type.length() + 1 + ascii(encoded).length() > LIMIT || !TYPE.matcher(type).matches()) {
            return false;
        }
        return isWide(type) ? isWideForm(encoded) : Xtext.isXtext(encoded);
    }

    private static boolean isWide(String type) {
        return type.toLowerCase(Locale.ROOT).equals("utf-8");
    }

    /// RFC 6533 §3: neither blank, `+` nor `=`, and no backslash but in an escape; no escape hides a control character.
    private static boolean isWideForm(String encoded) {
        var escapesAreSound = ESCAPE.matcher(encoded)
                .results()
                .map(match -> Integer.parseInt(match.group(1), 16))
                .allMatch(c -> c >= ' ' && c < 127 || Character.isValidCodePoint(c) && Address.isWideText(c));
        var plain = ESCAPE.matcher(encoded).replaceAll("");
        return escapesAreSound
                && !encoded.isEmpty()
                && plain.codePoints().allMatch(c -> c > ' ' && c < 127 ? "+=\\".indexOf(c) < 0 : Address.isWideText(c));
    }

    private static String ascii(String text) {
        return text.codePoints()
                .mapToObj(c -> c < 128 ? Character.toString(c) : "\\x{%X}".formatted(c))
                .collect(Collectors.joining());
    }
}
