package facteur.mail.message;

import facteur.mail.smtp.HeaderEncoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One field of a header, byte for byte as it came or as we wrote it: name, colon, value with its folding, CRLF.
///
/// Immutable; safe to share between threads.
public final class HeaderField {
    private static final int CRLF_BYTES = 2;

    private final byte[] raw;
    private final String name;
    private final int valueStart;

    private HeaderField(byte[] raw, String name, int valueStart) {
        this.raw = raw;
        this.name = name;
        this.valueStart = valueStart;
    }

    /// A field of ours. The value may be folded (CRLF before a blank); it is written as it stands.
    ///
    /// @throws IllegalArgumentException when the name is no field name, or the value would start a field of its own
    public static HeaderField of(String name, String value) {
        if (breaksOut(value)) {
            throw new IllegalArgumentException("a line end in the value of " + name);
        }
        if (!isName(name)) {
            throw new IllegalArgumentException("not a field name: " + name);
        }
        return new HeaderField((name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8), name, name.length() + 1);
    }

    private static boolean isName(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!isOfName(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// Whether it holds a NUL, or a CR or LF that folds no line (RFC 5322 §2.2.3).
    private static boolean breaksOut(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == '\r' && (value.startsWith("\n ", i + 1) || value.startsWith("\n\t", i + 1))) {
                i++;
            } else if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }

    /// A field of free text, encoded where it goes beyond US-ASCII (RFC 2047 §5).
    ///
    /// @throws IllegalArgumentException as [#of]
    public static HeaderField ofText(String name, String text) {
        return of(name, HeaderEncoding.ASCII.holds(text) ? text : String.join("\r\n ", EncodedWord.encode(text)));
    }

    /// @param raw the whole field with its CRLF; taken over, not copied
    /// @throws IllegalArgumentException when it doesn't start with a field name and a colon
    static HeaderField of(byte[] raw) {
        var colon = colon(raw, 0, raw.length);
        if (colon < 0) {
            throw new IllegalArgumentException("not a header field");
        }
        var nameEnd = colon;
        while (isBlank(raw[nameEnd - 1])) {
            nameEnd--;
        }
        return new HeaderField(raw, new String(raw, 0, nameEnd, StandardCharsets.US_ASCII), colon + 1);
    }

    /// Where the colon is if the line starts a field (RFC 5322 §3.6.8; §4.5: blanks before the colon); -1 otherwise.
    static int colon(byte[] line, int from, int to) {
        var i = from;
        while (i < to && isOfName(line[i])) {
            i++;
        }
        if (i == from) {
            return -1;
        }
        while (i < to && isBlank(line[i])) {
            i++;
        }
        return i < to && line[i] == ':' ? i : -1;
    }

    private static boolean isOfName(int c) {
        return c > ' ' && c < 127 && c != ':';
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /// As written; compare with [#is].
    public String name() {
        return name;
    }

    public boolean is(String fieldName) {
        return name.equalsIgnoreCase(fieldName);
    }

    /// Whether it is one of these few.
    public boolean isAny(List<String> fieldNames) {
        for (var fieldName : fieldNames) {
            if (is(fieldName)) {
                return true;
            }
        }
        return false;
    }

    /// The value unfolded (RFC 5322 §2.2.3) and trimmed; UTF-8, or what Western programs write when it isn't valid UTF-8.
    /// Encoded words stay encoded.
    public String value() {
        return isPlain() ? plainValue() : unfoldedValue();
    }

    String unfoldedValue() {
        return MailCharset.guess(valueOctets()).replace("\r\n", "").strip();
    }

    /// On one line and in US-ASCII: most are, and each is asked for its value more than once.
    private boolean isPlain() {
        return Octets.lineEnd(raw, valueStart, raw.length) == raw.length - CRLF_BYTES
                && raw[raw.length - CRLF_BYTES] == '\r'
                && raw[raw.length - 1] == '\n'
                && Octets.isAscii(raw, valueStart, raw.length);
    }

    private String plainValue() {
        var from = valueStart;
        var to = raw.length - CRLF_BYTES;
        while (from < to && isBlank(raw[from])) {
            from++;
        }
        return new String(raw, from, to - from, StandardCharsets.US_ASCII).strip();
    }

    /// The value for people: its encoded words (RFC 2047) decoded.
    public String text() {
        return EncodedText.readable(value());
    }

    /// The exact value: unfolded, its encoded words decoded, trimmed; what is beyond US-ASCII must be UTF-8. A tab
    /// that a line is folded with stands for a blank: some programs fold so.
    public Decoded decoded() {
        return isPlain() ? EncodedText.exact(plainValue()) : unfoldedDecoded();
    }

    Decoded unfoldedDecoded() {
        return MailCharset.decode(valueOctets(), StandardCharsets.UTF_8)
                .map(text -> EncodedText.exact(text.replace("\r\n\t", " ").replace("\r\n", "").strip()))
                .orElseGet(() -> new Decoded.Undecodable("octets that are no UTF-8"));
    }

    /// Whether the value is UTF-8, or US-ASCII, as RFC 5322 and RFC 6532 want it.
    public boolean isUtf8() {
        return MailCharset.decode(valueOctets(), StandardCharsets.UTF_8).isPresent();
    }

    private byte[] valueOctets() {
        return Arrays.copyOfRange(raw, valueStart, raw.length);
    }

    public int sizeBytes() {
        return raw.length;
    }

    /// The whole field with its CRLF; not a copy: to be read only.
    public byte[] octets() {
        return raw;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderField that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /// The whole field without its last line end.
    @Override
    public String toString() {
        return new String(raw, StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
